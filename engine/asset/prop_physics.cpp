#include "engine/asset/prop_physics.h"

#include <cmath>
#include <numbers>
#include <string_view>

namespace oddroad::asset {

namespace {

// One type at its typical size. Mass grows with the volume for things that are full, with the
// surface for shells and sheets.
enum class Filling { kSolid, kShell };
struct Row {
  std::string_view type;
  double mass_kg;
  Filling filling;
  PropPhysics::Hull hull;
  double friction;
  double restitution;
  double drag_coefficient;
};

constexpr Row kRows[] = {
    {"bin", 13, Filling::kShell, PropPhysics::kBox, .45, .20, 1.05},
    {"cardboard_box", 3, Filling::kShell, PropPhysics::kBox, .45, .10, 1.05},
    {"traffic_cone", 4.5, Filling::kShell, PropPhysics::kBox, .70, .25, .60},
};

const Row* find_row(const std::string& type) {
  for (const Row& row : kRows) {
    if (row.type == type) return &row;
  }
  return nullptr;
}

double scale(const Row& row, const math::Vec3d& size, const math::Vec3d& typical) {
  const auto area = [](const math::Vec3d& s) {
    return s.x * s.y + s.y * s.z + s.z * s.x;
  };
  return row.filling == Filling::kSolid
             ? size.x * size.y * size.z / (typical.x * typical.y * typical.z)
             : area(size) / area(typical);
}

double mean_area_m2(PropPhysics::Hull hull, const math::Vec3d& h) {
  constexpr double kPi = std::numbers::pi;
  const double box[3] = {4 * h.y * h.z, 4 * h.x * h.z, 4 * h.x * h.y};
  switch (hull) {
    case PropPhysics::kCylinderX:
      return (kPi / 4 * box[0] + box[1] + box[2]) / 3;
    case PropPhysics::kCylinderY:
      return (box[0] + kPi / 4 * box[1] + box[2]) / 3;
    case PropPhysics::kCylinderZ:
      return (box[0] + box[1] + kPi / 4 * box[2]) / 3;
    case PropPhysics::kSphere:
      return kPi / 4 * (box[0] + box[1] + box[2]) / 3;
    case PropPhysics::kBox:
      break;
  }
  return (box[0] + box[1] + box[2]) / 3;
}

}  // namespace

std::optional<PropPhysics> prop_physics(const ModelRequest& request) {
  if (request.file) return std::nullopt;
  const Row* row = find_row(request.type);
  if (row == nullptr) return std::nullopt;
  const auto size = model_size(request);
  const auto typical = model_size({request.type, request.seed, {}, {}});
  if (!size || !typical) return std::nullopt;
  const auto extent = [](const ModelSize& s) {
    return math::Vec3d(s.length_m, s.width_m, s.height_m);
  };
  PropPhysics out;
  out.half_extent_m = 0.5 * extent(*size);
  out.mass_kg = row->mass_kg * scale(*row, extent(*size), extent(*typical));
  out.hull = row->hull;
  out.friction = row->friction;
  out.restitution = row->restitution;
  out.drag_area_m2 = row->drag_coefficient * mean_area_m2(row->hull, out.half_extent_m);
  out.centre_m = {out.half_extent_m.x - size->rear_overhang_m, 0, out.half_extent_m.z};
  return out;
}

}  // namespace oddroad::asset
