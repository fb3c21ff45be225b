#include "engine/stage/paving.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace oddroad::stage {
namespace {

using math::Vec2d;
using math::Vec3d;
using math::Vec3f;

constexpr double kLift_m = .04;   // over the terrain, whose triangles are larger
constexpr double kSkirt_m = .25;  // down its rims
constexpr double kCell_m = 2;
// The verge leaves the footway level and reaches the terrain from here to there (terrain.cpp).
constexpr double kVergeBegin_m = .4, kVergeEnd_m = 2;

}  // namespace

double Paving::height(const Terrain& terrain, const RoadsidePlace& at, double beyond_m) {
  const Vec2d p = Vec2d(at.position) + beyond_m * at.outward;
  const double ground = terrain.height(p) + kLift_m;
  const double t = std::clamp((beyond_m - kVergeBegin_m) / (kVergeEnd_m - kVergeBegin_m), 0.0, 1.0);
  return std::max(ground, (1 - t) * (at.position.z - .004) + t * ground);
}

void Paving::add(const Roadside& side, const Ground& ground) {
  const double end = std::min(ground.to_m, side.length_m());
  const int columns = std::max(1, static_cast<int>(std::ceil((end - ground.from_m) / kCell_m)));
  std::vector<double> rows = {ground.near_m};
  for (const double fixed : {kVergeBegin_m, 1.2, kVergeEnd_m}) {
    if (fixed > rows.back() + .1 && fixed < ground.far_m - .1) rows.push_back(fixed);
  }
  const double begun = rows.back();
  const int more = std::max(1, static_cast<int>(std::ceil((ground.far_m - begun) / kCell_m)));
  for (int k = 1; k <= more; ++k) rows.push_back(begun + (ground.far_m - begun) * k / more);
  for (int c = 0; c < columns; ++c) {
    const double step = (end - ground.from_m) / columns;
    for (std::size_t r = 0; r + 1 < rows.size(); ++r) {
      add_cell(side,
               {ground.from_m + step * c, ground.from_m + step * (c + 1), rows[r], rows[r + 1]});
    }
  }
}

void Paving::add_cell(const Roadside& side, const Ground& cell) {
  const RoadsidePlace a = side.at(cell.from_m), b = side.at(cell.to_m);
  const auto corner = [&](const RoadsidePlace& at, double beyond) {
    const Vec2d p = Vec2d(at.position) + beyond * at.outward;
    return Vec3d(p, height(to_.terrain, at, beyond));
  };
  const std::array<Vec3d, 4> p = {corner(a, cell.near_m), corner(b, cell.near_m),
                                  corner(b, cell.far_m), corner(a, cell.far_m)};
  const Vec2d middle = .25 * Vec2d(p[0] + p[1] + p[2] + p[3]);
  // The first cells touch the raster of this road's own footway.
  const std::uint8_t other = cell.near_m < 1 ? kCoverCarriageway : kCoverPaved | kCoverGreenLane;
  if (!to_.occupied.disc_is_free(middle, 1, other)) return;
  const bool turned = glm::dot(a.outward, Vec2d(-a.forward.y, a.forward.x)) < 0;
  const auto quad = [&](const Vec3d& q0, const Vec3d& q1, const Vec3d& q2, const Vec3d& q3) {
    turned ? mesh_.add_quad(Vec3f(q0), Vec3f(q3), Vec3f(q2), Vec3f(q1), 0)
           : mesh_.add_quad(Vec3f(q0), Vec3f(q1), Vec3f(q2), Vec3f(q3), 0);
    for (std::size_t k = mesh_.uvs.size() - 4; k < mesh_.uvs.size(); ++k) {
      mesh_.uvs[k] = math::Vec2f(mesh_.positions[k]);
    }
  };
  quad(p[0], p[1], p[2], p[3]);
  const Vec3d down(0, 0, -kSkirt_m);
  for (std::size_t k = 1; k < 4; ++k) {
    const Vec3d &q0 = p[k], &q1 = p[(k + 1) % 4];
    quad(q0 + down, q1 + down, q1, q0);
  }
}

void Paving::place(const char* name, const char* class_name, const asset::Material& material) {
  if (mesh_.triangles.empty()) return;
  to_.place_mesh(name, class_name, std::move(mesh_), {material});
  mesh_ = {};
}

}  // namespace oddroad::stage
