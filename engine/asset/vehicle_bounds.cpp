#include "engine/asset/vehicle_bounds.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/vehicle_details.h"
#include "engine/asset/vehicle_duty.h"
#include "engine/asset/vehicle_features.h"
#include "engine/asset/vehicle_field.h"

namespace oddroad::asset {

using math::Aabb;
using math::Vec3d;

namespace {

// Deeper than lamps, handles and plates are let into the skin and than the skin is simplified.
constexpr double kDeep_m = 0.05;
constexpr double kAroundWheels_m = 0.05;
constexpr double kStep_m = 0.05;
constexpr double kFineStep_m = 0.02;
// Wheels as far as springs and steering move them.
constexpr double kSprung_m = 0.1;
constexpr double kTurnedWheel_m = 0.2;

// How far handles, plates, rails and bumpers' corners stand out at a height at most, by the field's
// measure: 0.10, 0.04 and 0.07 m, on vans 0.02 m; the rest is for what lies between two places
// looked at.
double proud_m(const VehicleShape& shape, double z_m) {
  if (shape.style == BodyStyle::kVan) return 0.04;
  const double low = std::clamp((z_m - shape.sill_z_m - 0.15) / 0.1, 0.0, 1.0);
  const double high = std::clamp((z_m / shape.height_m - 0.85) / 0.08, 0.0, 1.0);
  return 0.12 - 0.06 * low + 0.03 * high;
}
constexpr double kProudest_m = 0.12;

// The part of the segment that lies in the box, as fractions of its length.
std::optional<std::pair<double, double>> within(const Aabb& box, const Vec3d& from,
                                                const Vec3d& along) {
  double first = 0, last = 1;
  for (int axis = 0; axis < 3; ++axis) {
    if (std::abs(along[axis]) < 1e-12) {
      if (from[axis] < box.lower[axis] || from[axis] > box.upper[axis]) return std::nullopt;
      continue;
    }
    const double a = (box.lower[axis] - from[axis]) / along[axis];
    const double b = (box.upper[axis] - from[axis]) / along[axis];
    first = std::max(first, std::min(a, b));
    last = std::min(last, std::max(a, b));
  }
  if (first > last) return std::nullopt;
  return std::pair(first, last);
}

double distance_to(const Aabb& box, const Vec3d& p) {
  return glm::length(glm::max(glm::max(box.lower - p, p - box.upper), Vec3d(0)));
}

Aabb mirror_box(const BodyField& field, double side) {
  const Aabb left = build_left_mirror(field).bounds();
  const Aabb placed = side > 0 ? left
                               : Aabb{{left.lower.x, -left.upper.y, left.lower.z},
                                      {left.upper.x, -left.lower.y, left.upper.z}};
  const Vec3d around(2 * kFineStep_m);
  return {placed.lower - around, placed.upper + around};
}

Aabb wheel_box(const VehicleShape& shape, bool front, bool at_rest) {
  const double x = front ? shape.wheelbase_m : 0;
  const double sprung = at_rest ? kFineStep_m : kSprung_m;
  const double reach = shape.tyre_radius_m + sprung;
  const double half = 0.5 * shape.width_m + (front && !at_rest ? kTurnedWheel_m : sprung);
  return {{x - reach, -half, -sprung}, {x + reach, half, shape.tyre_radius_m + reach}};
}

// Tyre, rim and the plate behind it are closed: does the segment pass through the middle of this
// wheel at rest?
bool meets_wheel(const VehicleShape& shape, const Vec3d& hub, const Vec3d& from,
                 const Vec3d& along) {
  const double radius = shape.tyre_radius_m - 0.05;
  const double half = 0.5 * shape.tyre_width_m - 0.03;
  const Aabb slab{hub - Vec3d(radius, half, radius), hub + Vec3d(radius, half, radius)};
  const auto span = within(slab, from, along);
  if (!span) return false;
  const math::Vec2d to_hub(hub.x - from.x, hub.z - from.z);
  const math::Vec2d way(along.x, along.z);
  const double way2 = glm::dot(way, way);
  const double nearest = way2 > 0 ? glm::dot(to_hub, way) / way2 : 0;
  const double t = std::clamp(nearest, span->first, span->second);
  return glm::length(to_hub - t * way) < radius;
}

}  // namespace

std::optional<VehicleBounds> VehicleBounds::of(const ModelRequest& request) {
  const auto shape = draw_vehicle_shape(request);
  if (!shape || shape->style == BodyStyle::kPickup || shape->opening_door) return std::nullopt;
  return VehicleBounds(std::make_shared<BodyField>(*shape));
}

VehicleBounds::VehicleBounds(std::shared_ptr<const BodyField> field) : field_(std::move(field)) {
  const VehicleShape& shape = field_->shape();
  const Vec3d in(kDeep_m);
  const Vec3d low(-shape.rear_overhang_m, -0.5 * shape.width_m, shape.sill_z_m);
  const Vec3d high(shape.nose_x_m(), 0.5 * shape.width_m, shape.height_m);
  inside_ = {low + in, high - in};
  const double clearance = std::min(0.20, shape.sill_z_m - 0.06) - kFineStep_m;
  const double top = shape.height_m + roof_height_m(shape.duty) + kFineStep_m;
  floor_ = underbody_box(shape);
  const Vec3d thin(0.03);
  floor_ = {floor_.lower + thin, floor_.upper - thin};
  for (const bool at_rest : {false, true}) {
    wheels_[at_rest] = {wheel_box(shape, true, at_rest), wheel_box(shape, false, at_rest)};
  }
  outer_ = {mirror_box(*field_, 1),
            mirror_box(*field_, -1),
            {{low.x, low.y, clearance}, {high.x, high.y, low.z}},
            {{low.x, low.y, high.z}, {high.x, high.y, top}}};
  around_ = {low - Vec3d(kProudest_m), high + Vec3d(kProudest_m)};
  for (const Aabb& box : outer_) around_.include(box);
  for (const Aabb& box : wheels_[false]) around_.include(box);
}

// `distance_m`: how far off anything deep is at least, roughly.
bool VehicleBounds::is_deep(const Vec3d& p, double& distance_m) const {
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

bool VehicleBounds::blocks(const Vec3d& from, const Vec3d& to, bool wheels_at_rest) const {
  const Vec3d along = to - from;
  if (within(floor_, from, along)) return true;
  if (wheels_at_rest && meets_wheels(from, along)) return true;
  const auto span = within(inside_, from, along);
  if (!span) return false;
  const auto [first, last] = *span;
  double distance = 0;
  // Most lines that meet the inside are deep there half way through.
  if (is_deep(from + 0.5 * (first + last) * along, distance)) return true;
  const double length = glm::length(along);
  for (double t = first; t <= last; t += std::max(kStep_m, 0.5 * distance) / length) {
    if (is_deep(from + t * along, distance)) return true;
  }
  return false;
}

bool VehicleBounds::meets_wheels(const Vec3d& from, const Vec3d& along) const {
  const VehicleShape& shape = field_->shape();
  for (const bool front : {true, false}) {
    const double y = wheel_y(*field_, front);
    for (const double side : {y, -y}) {
      const Vec3d hub(front ? shape.wheelbase_m : 0, side, shape.tyre_radius_m);
      if (meets_wheel(shape, hub, from, along)) return true;
    }
  }
  return false;
}

// How far off anything of it is at least, roughly; not positive: something may be here.
double VehicleBounds::room_m(const Vec3d& p, bool wheels_at_rest) const {
  double room = (*field_)(p)-proud_m(field_->shape(), p.z);
  for (const Aabb& box : outer_) room = std::min(room, distance_to(box, p));
  for (const Aabb& box : wheels_[wheels_at_rest]) room = std::min(room, distance_to(box, p));
  return room;
}

bool VehicleBounds::misses(const Vec3d& from, const Vec3d& to, bool wheels_at_rest) const {
  const Vec3d along = to - from;
  const auto span = within(around_, from, along);
  if (!span) return true;
  const auto [first, last] = *span;
  if (room_m(from + 0.5 * (first + last) * along, wheels_at_rest) <= 0) return false;
  const double length = glm::length(along);
  for (double t = first; t <= last;) {
    const double room = room_m(from + t * along, wheels_at_rest);
    if (room <= 0) return false;
    t += std::max(kFineStep_m, 0.45 * room) / length;
  }
  return true;
}

}  // namespace oddroad::asset
