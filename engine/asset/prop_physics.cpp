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

constexpr Filling kSolid = Filling::kSolid;
constexpr Filling kShell = Filling::kShell;
constexpr Row kRows[] = {
    {"bin", 13, kShell, PropPhysics::kBox, .45, .20, 1.05},
    {"cardboard_box", 3, kShell, PropPhysics::kBox, .45, .10, 1.05},
    {"debris.bag", .02, kShell, PropPhysics::kSphere, .40, .05, .80},
    {"debris.barrel", 20, kShell, PropPhysics::kCylinderZ, .40, .30, .90},
    {"debris.beam", 17, kSolid, PropPhysics::kBox, .50, .30, 1.20},
    {"debris.branch", 8, kSolid, PropPhysics::kBox, .60, .15, .60},
    {"debris.bucket", 1, kShell, PropPhysics::kCylinderZ, .40, .30, .90},
    {"debris.bumper", 5, kShell, PropPhysics::kBox, .35, .30, 1.20},
    {"debris.concrete_block", 25, kSolid, PropPhysics::kBox, .65, .10, 1.05},
    {"debris.crate", 60, kSolid, PropPhysics::kBox, .50, .15, 1.05},
    {"debris.exhaust", 8, kShell, PropPhysics::kBox, .40, .25, 1.00},
    {"debris.football", .43, kShell, PropPhysics::kSphere, .50, .75, .47},
    {"debris.fridge", 65, kSolid, PropPhysics::kBox, .40, .15, 1.05},
    {"debris.gas_bottle", 22, kSolid, PropPhysics::kCylinderZ, .40, .25, .80},
    {"debris.ice_slab", 70, kSolid, PropPhysics::kBox, .20, .10, 1.20},
    {"debris.jerry_can", 4, kShell, PropPhysics::kBox, .40, .25, 1.05},
    {"debris.ladder", 8, kShell, PropPhysics::kBox, .40, .30, .60},
    {"debris.manhole_cover", 75, kSolid, PropPhysics::kCylinderZ, .45, .15, 1.10},
    {"debris.mattress", 20, kSolid, PropPhysics::kBox, .60, .15, 1.20},
    {"debris.pallet", 25, kSolid, PropPhysics::kBox, .50, .25, 1.10},
    {"debris.plank", 10, kSolid, PropPhysics::kBox, .50, .30, 1.20},
    {"debris.refuse_sack", 8, kSolid, PropPhysics::kBox, .50, .05, .80},
    {"debris.rock", 48, kSolid, PropPhysics::kBox, .65, .20, .80},
    {"debris.roll_cage", 40, kShell, PropPhysics::kBox, .40, .20, .50},
    {"debris.roof_box", 15, kShell, PropPhysics::kBox, .35, .25, .80},
    {"debris.shopping_trolley", 22, kShell, PropPhysics::kBox, .35, .25, .40},
    {"debris.sofa", 45, kSolid, PropPhysics::kBox, .50, .15, 1.05},
    {"debris.suitcase", 18, kSolid, PropPhysics::kBox, .40, .20, 1.05},
    {"debris.tread", 6, kShell, PropPhysics::kBox, .70, .40, 1.20},
    {"debris.trunk", 620, kSolid, PropPhysics::kCylinderX, .60, .15, .90},
    {"debris.tyre", 9, kShell, PropPhysics::kCylinderZ, .70, .60, 1.00},
    {"debris.wheel", 18, kShell, PropPhysics::kCylinderZ, .70, .55, 1.00},
    {"traffic_cone", 4.5, kShell, PropPhysics::kBox, .70, .25, .60},
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
  const auto is_on = [&](const char* name) {
    const auto found = request.numbers.find(name);
    return found != request.numbers.end() && found->second > .5;
  };
  if (is_on("standing")) out.hull = PropPhysics::kCylinderY;  // tyres, wheels
  if (is_on("lying")) out.hull = PropPhysics::kCylinderX;     // barrels, bottles, buckets
  out.friction = row->friction;
  out.restitution = row->restitution;
  out.drag_area_m2 = row->drag_coefficient * mean_area_m2(row->hull, out.half_extent_m);
  out.centre_m = {out.half_extent_m.x - size->rear_overhang_m, 0, out.half_extent_m.z};
  return out;
}

}  // namespace oddroad::asset
