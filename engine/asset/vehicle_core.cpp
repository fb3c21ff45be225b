#include "engine/asset/vehicle_core.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/vehicle_features.h"
#include "engine/asset/vehicle_field.h"

namespace oddroad::asset {

using math::Vec3d;

namespace {

// Deeper than lamps, handles and plates are let into the skin and than the skin is simplified.
constexpr double kDeep_m = 0.1;
constexpr double kAroundWheels_m = 0.05;
constexpr double kStep_m = 0.05;

}  // namespace

std::optional<VehicleCore> VehicleCore::of(const ModelRequest& request) {
  const auto shape = draw_vehicle_shape(request);
  if (!shape || shape->style == BodyStyle::kPickup || shape->opening_door) return std::nullopt;
  return VehicleCore(std::make_shared<BodyField>(*shape));
}

VehicleCore::VehicleCore(std::shared_ptr<const BodyField> field) : field_(std::move(field)) {
  const VehicleShape& shape = field_->shape();
  const Vec3d in(kDeep_m);
  box_.lower = Vec3d(-shape.rear_overhang_m, -0.5 * shape.width_m, shape.sill_z_m) + in;
  box_.upper = Vec3d(shape.nose_x_m(), 0.5 * shape.width_m, shape.height_m) - in;
}

// `distance_m`: how far off anything deep is at least, roughly.
bool VehicleCore::is_deep(const Vec3d& p, double& distance_m) const {
  const VehicleShape& shape = field_->shape();
  const double f = (*field_)(p);
  distance_m = f + kDeep_m;
  if (f > -kDeep_m) return false;
  // Wheel houses are hollow, outwards of their inner walls.
  const bool front = p.x > 0.5 * shape.wheelbase_m;
  const double reach = shape.arch_radius_m + kAroundWheels_m;
  const bool beside_axle =
      std::abs(p.x - (front ? shape.wheelbase_m : 0)) < reach && p.z < shape.tyre_radius_m + reach;
  if (!beside_axle || std::abs(p.y) < wheel_house_depth_y(shape, front) - kAroundWheels_m) {
    return true;
  }
  distance_m = 0;
  return false;
}

bool VehicleCore::blocks(const Vec3d& from, const Vec3d& to) const {
  const Vec3d along = to - from;
  double first = 0, last = 1;
  for (int axis = 0; axis < 3; ++axis) {
    if (std::abs(along[axis]) < 1e-12) {
      if (from[axis] < box_.lower[axis] || from[axis] > box_.upper[axis]) return false;
      continue;
    }
    const double a = (box_.lower[axis] - from[axis]) / along[axis];
    const double b = (box_.upper[axis] - from[axis]) / along[axis];
    first = std::max(first, std::min(a, b));
    last = std::min(last, std::max(a, b));
  }
  if (first > last) return false;
  double distance = 0;
  // Most lines that meet the inside are deep there half way through.
  if (is_deep(from + 0.5 * (first + last) * along, distance)) return true;
  const double length = glm::length(along);
  for (double t = first; t <= last; t += std::max(kStep_m, 0.5 * distance) / length) {
    if (is_deep(from + t * along, distance)) return true;
  }
  return false;
}

}  // namespace oddroad::asset
