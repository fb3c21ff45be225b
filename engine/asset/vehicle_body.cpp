#include "engine/asset/vehicle_body.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/vehicle_features.h"
#include "engine/asset/vehicle_paint.h"
#include "engine/asset/vehicle_skin.h"

namespace oddroad::asset {

using math::Vec3d;
using math::Vec3f;
using namespace surface;

namespace {

void mark_underside(BodySkin& skin) {
  for (std::size_t t = 0; t < skin.triangles.size(); ++t) {
    Vec3d n(0);
    for (const std::uint32_t v : skin.triangles[t]) n += skin.normals[v];
    if (skin.tags[t] != kWheelHouseTag && n.z < -0.7 * 3) skin.tags[t] = kUnderbody;
  }
}

// A quad between two edges; nothing where they coincide.
void add_wall(math::TriangleMesh& mesh, const Vec3d& a, const Vec3d& b, const Vec3d& c,
              const Vec3d& d, std::uint16_t tag) {
  if (glm::distance(a, d) < 1e-5 && glm::distance(b, c) < 1e-5) return;
  mesh.add_quad(Vec3f(a), Vec3f(b), Vec3f(c), Vec3f(d), tag);
}

// Flange, liner and inner wall of the wheel houses on the left side, from the open edges.
math::TriangleMesh wheel_houses(const VehicleShape& s,
                                const std::vector<std::array<Vec3d, 2>>& edges) {
  math::TriangleMesh mesh;
  for (const auto& [a, b] : edges) {
    const bool front = a.x > 0.5 * s.wheelbase_m;
    const double inner = wheel_house_depth_y(s, front);
    const auto pushed = [&](const Vec3d& p, double by) {
      return Vec3d(p.x, std::max(inner, p.y - by), p.z);
    };
    const Vec3d a1 = pushed(a, .016), b1 = pushed(b, .016);
    const Vec3d a2 = pushed(a, 9), b2 = pushed(b, 9);
    const bool low = std::max(a.z, b.z) < s.sill_top_z_m || is_tall(s.style);
    // The kept skin runs a -> b; the wall runs back.
    add_wall(mesh, b, a, a1, b1, low ? kPlastic : kPaint);
    add_wall(mesh, b1, a1, a2, b2, kUnderbody);
    const Vec3d hub(front ? s.wheelbase_m : 0.0, inner, s.tyre_radius_m);
    const Vec3d n = glm::cross(a2 - hub, b2 - hub);
    if (std::abs(n.y) < 1e-9) continue;
    const Vec3f out(0, 1, 0);
    const auto i = mesh.add_vertex(Vec3f(hub), out, {hub.x, hub.z});
    const auto j = mesh.add_vertex(Vec3f(a2), out, {a2.x, a2.z});
    const auto k = mesh.add_vertex(Vec3f(b2), out, {b2.x, b2.z});
    if (n.y > 0) {
      mesh.add_triangle(i, j, k, kUnderbody);
    } else {
      mesh.add_triangle(i, k, j, kUnderbody);
    }
  }
  mesh.remove_degenerate();
  return mesh;
}

}  // namespace

math::TriangleMesh build_body_shell(const BodyField& field) {
  BodySkin skin = build_half_skin(field);
  refine_skin(skin, field);
  FeaturePen pen(skin, field);
  draw_sides(pen);
  draw_windows(pen);
  draw_front(pen);
  draw_rear(pen);
  draw_lamps(pen);
  mark_wheel_houses(pen);
  repair_skin(skin);
  simplify_skin(skin);
  mark_underside(skin);
  inset_skin(skin, kPressedTag, 0.009, kPaint);
  std::replace(skin.tags.begin(), skin.tags.end(), kPressedTag, std::uint16_t{kPaint});
  inset_skin(skin, kGrille, 0.022, kGap);
  inset_skin(skin, kGlass, 0.004, kBlackGloss);
  inset_skin(skin, kPrivacy, 0.004, kBlackGloss);
  std::vector<std::array<Vec3d, 2>> edges;
  remove_tag(skin, kWheelHouseTag, edges);
  const math::TriangleMesh houses = wheel_houses(field.shape(), edges);
  mirror_skin(skin);
  math::TriangleMesh mesh = to_mesh(skin);
  mesh.append(houses);
  mesh.append(houses, math::Affine3f{glm::mat3(1, 0, 0, 0, -1, 0, 0, 0, 1), Vec3f(0)});
  return mesh;
}

}  // namespace oddroad::asset
