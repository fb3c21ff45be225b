// Every tolerance of labels and checks, with its cause. Widening one is a change of its own.
#pragma once

namespace oddroad::capture {

// A point counts as inside a 3-D box up to this far outside: points and matrices are single
// precision (some micrometres at 100 m), and a noise-free point lies exactly on the box's face.
inline constexpr double kBoxMarginM = 1e-3;

// Either answer counts where a triangle's edge passes this close to a pixel's centre: rasterizers snap
// vertices to 1/256 px, and single-precision rays start some micrometres beside their place.
inline constexpr double kEdgePx = 1.0 / 128;

// A number stored as float32 is off by up to 6e-8 of itself; twice that, for one rounded from double
// and compared with one that was not.
inline constexpr double kFloatShare = 1.2e-7;

// Unit vectors stored as three float32, compared by the length of their difference.
inline constexpr double kUnitVector = 5e-7;

}  // namespace oddroad::capture
