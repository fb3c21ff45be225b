// Grid lines along bumper edges and arch lips, so that their highlights run straight.
#include <cmath>
#include <numbers>

#include "engine/asset/vehicle_features.h"
#include "engine/asset/vehicle_skin.h"

namespace oddroad::asset {

using math::Vec2d;
using math::Vec3d;

namespace {

// The crown lowers an edge of the silhouette towards the side; a slanted plane follows it.
void split_along_edge(BodySkin& skin, const VehicleShape& s, const OutlinePoint& edge) {
  const double fall = 0.05 / s.width_m;
  const bool front = edge.x_m > 0;
  const double limit = s.from_front(front ? 0.10 : 0.88);
  for (const double offset : {-0.035, 0.0, 0.035}) {
    const Vec3d n = glm::normalize(Vec3d(0, fall, 1));
    const CutPlane plane{n, n.z * (edge.z_m + offset)};
    cut_skin(skin, {plane}, 0, [&](const Vec3d& p, const Vec3d&, std::uint16_t) {
      return front ? p.x > limit : p.x < limit;
    });
  }
}

void split_round_arch(BodySkin& skin, const VehicleShape& s, double axle_x, double radius) {
  std::vector<Vec2d> ring;
  for (int i = 0; i <= 16; ++i) {
    const double a = std::numbers::pi * (-0.1 + 1.2 * i / 16);
    ring.emplace_back(axle_x + radius * std::cos(a), s.tyre_radius_m + radius * std::sin(a));
  }
  const double inner = 0.3 * s.width_m;
  cut_skin(skin, prism(ring, {1, 0, 0}, {0, 0, 1}), 0,
           [inner](const Vec3d& p, const Vec3d& n, std::uint16_t) {
             return p.y > inner && n.y > 0.3;
           });
}

void snap(BodySkin& skin, const BodyField& field, std::size_t first) {
  for (std::size_t v = first; v < skin.positions.size(); ++v) {
    Vec3d& p = skin.positions[v];
    const bool middle = p.y == 0;
    for (int i = 0; i < 3; ++i) {
      p -= field(p) * field.normal(p);
      if (middle) p.y = 0;
    }
    skin.normals[v] = field.normal(p);
  }
}

}  // namespace

void refine_skin(BodySkin& skin, const BodyField& field) {
  const VehicleShape& s = field.shape();
  const std::size_t before = skin.positions.size();
  for (const OutlinePoint& point : s.top) {
    const double u = s.fraction(point.x_m);
    if (point.corner && (u < 0.05 || u > 0.94)) split_along_edge(skin, s, point);
  }
  for (const double axle_x : {0.0, s.wheelbase_m}) {
    for (const double out : {0.025, 0.10}) {
      split_round_arch(skin, s, axle_x, s.arch_radius_m + out);
    }
  }
  snap(skin, field, before);
}

}  // namespace oddroad::asset
