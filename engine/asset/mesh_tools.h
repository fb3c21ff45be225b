// Shapes that generators are built from. Every function returns a closed or open piece of surface
// with outward counter-clockwise winding, normals, and uvs in metres; callers append pieces with
// TriangleMesh::append. Pure: equal arguments give equal bits. Lengths in metres, angles in
// radians.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/math/mesh.h"

namespace oddroad::asset {

using math::Affine3f;
using math::TriangleMesh;
using math::Vec2f;
using math::Vec3f;

inline constexpr float kPi = 3.14159265358979323846f;
// Faces that meet at a smaller angle than this are shaded as one smooth surface.
inline constexpr float kSmoothCrease = 0.7f;

// A loop of points (loft) or a polygon outline; the last point joins the first.
using Ring = std::vector<Vec3f>;

// --- solids -------------------------------------------------------------------------------------

// Axis-aligned box about a centre. bevel > 0 chamfers all twelve edges.
TriangleMesh box(const Vec3f& centre, const Vec3f& size, std::uint16_t material, float bevel = 0);
// Frustum from a to b with radii there (0 = cone tip), closed by discs where caps is set.
TriangleMesh cylinder(const Vec3f& a, const Vec3f& b, float radius_a, float radius_b, int sides,
                      std::uint16_t material, bool caps = true);
// Round tube along a path with one radius per path point (or one for all). Frames are carried
// along without twist. A closed path repeats its first point as its last.
TriangleMesh tube(std::span<const Vec3f> path, std::span<const float> radii, int sides,
                  std::uint16_t material, bool caps = true);
// Ellipsoid with poles on z.
TriangleMesh ellipsoid(const Vec3f& centre, const Vec3f& radii, int segments, int rings,
                       std::uint16_t material);

struct LatheOptions {
  int segments = 24;
  float crease_rad = kSmoothCrease;
  float begin_rad = 0;        // sweep about z, counter-clockwise from +x
  float sweep_rad = 2 * kPi;  // less than a turn leaves the sides open
};
// Surface of revolution about z. Profile points are (radius, z); the outside lies to the right of
// the direction in which the profile runs: bottom axis, out, up, back to the top axis.
TriangleMesh lathe(std::span<const Vec2f> profile, std::uint16_t material,
                   const LatheOptions& options = {});

struct LoftOptions {
  bool closed_rings = true;  // the last point of a ring joins its first
  bool cap_begin = true;     // flat lids, triangulated as polygons (rings may be non-convex)
  bool cap_end = true;
  float crease_rad = kSmoothCrease;
};
// Skin over rings of equal point count. Rings run counter-clockwise when the last ring is looked at
// from beyond it towards the first (right-handed about the direction of travel).
TriangleMesh loft(std::span<const Ring> rings, std::uint16_t material,
                  const LoftOptions& options = {});

// Prism over a simple polygon given counter-clockwise in x-y, from z0 up to z1. bevel > 0 chamfers
// the upper and lower rim inwards. Holes are not supported: lay a frame with frame_prism.
TriangleMesh extrude(std::span<const Vec2f> polygon, float z0, float z1, std::uint16_t material,
                     float bevel = 0);
// The same, with the polygon drawn in any plane: T maps its (x, y, z) to the mesh.
TriangleMesh extrude(std::span<const Vec2f> polygon, float z0, float z1, const Affine3f& T,
                     std::uint16_t material, float bevel = 0);
// Prism between two outlines of equal point count (outer counter-clockwise, inner likewise).
TriangleMesh frame_prism(std::span<const Vec2f> outer, std::span<const Vec2f> inner, float z0,
                         float z1, const Affine3f& T, std::uint16_t material);

// --- sheets -------------------------------------------------------------------------------------

// (columns x rows) quads through point(u, v), u and v in [0, 1]; the front side sees u to the right
// and v up. uvs are arc lengths along u and v.
TriangleMesh grid(int columns, int rows, const std::function<Vec3f(float, float)>& point,
                  std::uint16_t material, float crease_rad = kSmoothCrease);
// A simple polygon in the x-y plane (counter-clockwise), facing +z of T.
TriangleMesh flat_polygon(std::span<const Vec2f> polygon, const Affine3f& T,
                          std::uint16_t material);

// --- helpers ------------------------------------------------------------------------------------

// Ear clipping of a simple counter-clockwise polygon; indices into it.
std::vector<std::array<std::uint32_t, 3>> triangulate(std::span<const Vec2f> polygon);
// Catmull-Rom curve (centripetal) through the points, at most max_step between samples. A point
// with corner[i] != 0 splits the curve: both sides end there with their own tangent. An empty
// corner list means none; the ends are always corners.
std::vector<Vec2f> spline(std::span<const Vec2f> points, std::span<const char> corner,
                          float max_step);
std::vector<Vec3f> spline(std::span<const Vec3f> points, std::span<const char> corner,
                          float max_step);
// Regular outline about the origin in x-y, counter-clockwise, from +x.
std::vector<Vec2f> circle(float radius, int sides);
// Rectangle about the origin with quarter-circle corners, counter-clockwise.
std::vector<Vec2f> rounded_rectangle(float width, float height, float radius, int corner_steps = 3);

Affine3f translation(const Vec3f& t);
// Right-handed rotation about an axis (need not be unit) through the origin.
Affine3f rotation(const Vec3f& axis, float angle_rad);
Affine3f scaling(const Vec3f& s);
// Frame with z along `direction`, x as near as possible to `hint`.
Affine3f frame_along(const Vec3f& origin, const Vec3f& direction, const Vec3f& hint = {1, 0, 0});

TriangleMesh transformed(const TriangleMesh& mesh, const Affine3f& T);
// The mirror image about the x-z plane (y -> -y), winding kept outward.
TriangleMesh mirrored_y(const TriangleMesh& mesh);
// The same surface seen from the other side.
TriangleMesh flipped(const TriangleMesh& mesh);
void set_material(TriangleMesh& mesh, std::uint16_t material);
// Replaces uvs by metres in the plane that each vertex normal faces most (x, y or z projection).
void planar_uvs(TriangleMesh& mesh);
// Signed volume enclosed (positive for outward winding); meaningful for closed meshes.
double signed_volume(const TriangleMesh& mesh);

}  // namespace oddroad::asset
