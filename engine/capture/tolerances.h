// Every tolerance of labels and checks, with its cause. Widening one is a change of its own.
#pragma once

namespace oddroad::capture {

// A point counts as inside a 3-D box up to this far outside: points and matrices are single
// precision (some micrometres at 100 m), and a noise-free point lies exactly on the box's face.
inline constexpr double kBoxMarginM = 1e-3;

// Either answer counts where a triangle's edge passes this close to a pixel's centre: rasterizers
// snap vertices to 1/256 px, and single-precision rays start some micrometres beside their place.
inline constexpr double kEdgePx = 1.0 / 128;

// And either of two surfaces there that lie this share of the range behind one another: at a fold
// that is seen along its faces, single-precision distances cannot tell which face comes first. They
// are off by 1e-7 of the coordinates that a ray crosses (1.5 x 6e-8 is the most seen), over the
// sine between ray and surface; what is met at less than 0.02 is decided in double precision
// (render/scene/confirm.h), so that 5e-6 of the coordinates are left: the range, and as much again
// for a camera as far from the clip's origin.
inline constexpr double kFoldShare = 1e-5;

// A number stored as float32 is off by up to 6e-8 of itself; twice that, for one rounded from
// double and compared with one that was not.
inline constexpr double kFloatShare = 1.2e-7;

// Unit vectors stored as three float32, compared by the length of their difference.
inline constexpr double kUnitVector = 5e-7;

// Poses, boxes and motion of a clip that is played again, in metres, radians and their rates: the
// same program gives the same bits on one kind of CPU; sine and cosine of another differ in the
// last bit, and a matrix between two milliseconds is a rotation only up to 1e-8.
inline constexpr double kRebuiltM = 1e-6;

// Positions and headings of tracks against velocities and yaw rates: what a simulation step of 10
// ms changes by braking (10 m/s2) or steering (5 rad/s2) holds for the whole step.
inline constexpr double kSpeedMps = 0.1;
inline constexpr double kYawRateRps = 0.05;

// A point against its beam's ray: directions and origins of beams are float32, as are coordinates.
inline constexpr double kBeamM = 1e-6;

// Either answer counts where a triangle's edge passes this close to a beam: single-precision rays.
// At 256 m from the clip's origin a float32 is a multiple of 3e-5 m, and a ray on its way into an
// instance is rounded some ten times.
inline constexpr double kBeamEdgeM = 3e-4;
// And this share of the range: so are directions, whose components are multiples of 6e-8.
inline constexpr double kBeamEdgeShare = 2e-6;

// Light that goes through a pane goes on 0.2 mm behind it, or it would meet the pane again; what
// lies nearer to a pane than that and single precision may be met or not (a sill that touches the
// glass).
inline constexpr double kPaneM = 2e-4 + kBeamEdgeM;

// Measured against true range: the noise is normal, with the device's own deviation and the jitter
// of a threshold crossing, at most 0.09 m / sqrt(2). Six deviations are passed once in 5e8 points.
inline constexpr double kRangeJitterM = 0.064;
inline constexpr double kNoiseSigmas = 6;

// Echoes that outshine a white wall ten times cross the threshold early, by up to kWalkM. Every
// model's scale writes more than kBrightCode for them.
inline constexpr double kWalkM = 0.05;
inline constexpr double kBrightCode = 0.5;

// Flow and keypoints in the image: float32 displacements, and rows of a rolling shutter that are
// looked for until 1e-4 px are left and then lie between whole rows. Plus kProjectionShare of long
// displacements: near the image plane of a pinhole they grow without bound.
inline constexpr double kProjectedPx = 2e-3;
inline constexpr double kProjectionShare = 2e-6;

// What hides a point from a neighbouring frame or of a keypoint is told from its own surface by a
// margin (labels/flow.h: 5 mm or 1e-4 of the distance); within half and twice of it either answer
// counts, because the rays that decide are single precision.
inline constexpr double kHiddenM = 5e-3;
inline constexpr double kHiddenShare = 1e-4;
// So far, as a share of the range, they pass beside their place: 6e-8 of it, rounded ten times.
// Over the cosine of the incidence it is how far off a hit is: more than half the margin for a
// surface seen edge-on, whose points either answer fits.
inline constexpr double kRayShare = 6e-7;

// Keypoints in metres: those of wheels move by single-precision matrices.
inline constexpr double kKeypointM = 2e-5;

// A point in the middle of a map's lane: polylines are rounded to 0.1 mm, and single-precision maps
// of a kilometre are no finer.
inline constexpr double kLaneM = 1e-3;

// Without noise: a point against the distances of the pixels round it, which bend within a pixel.
inline constexpr double kPatchM = 0.02;
inline constexpr double kPatchShare = 1e-3;

// The arc cosine of a float32-sized error is steep near 0: sqrt(2 x 1e-7).
inline constexpr double kIncidenceRad = 5e-4;

// Gaps between outlines of recorded poses against those of the simulation's bodies: recorded bodies
// pitch and roll about their origin, which turns and shortens the box at rest by some centimetres,
// and traffic has the sizes of the catalog, from which the models' boxes differ by up to 4 cm.
inline constexpr double kOutlineM = 0.05;

// Velocities of surface points are differences over a millisecond of places whose matrices are
// float32: 8e-6 m at 100 m, over 1 ms.
inline constexpr double kPointSpeedMps = 0.02;

}  // namespace oddroad::capture
