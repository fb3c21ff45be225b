#include "engine/sim/outline.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace oddroad::sim {
namespace {

using math::Vec2d;

// True if some axis of `a` separates the two (separating axis theorem, one half of it).
bool separated_by_axes_of(const Outline& a, const Outline& b) {
  const Vec2d between = b.centre - a.centre;
  for (const Vec2d& axis : {a.forward, a.left()}) {
    if (std::abs(glm::dot(between, axis)) > a.reach(axis) + b.reach(axis)) return true;
  }
  return false;
}

// The point of a filled rectangle nearest to p.
Vec2d nearest_point(const Outline& box, const Vec2d& p) {
  const Vec2d d = p - box.centre;
  const double x = std::clamp(glm::dot(d, box.forward), -box.half_length_m, box.half_length_m);
  const double y = std::clamp(glm::dot(d, box.left()), -box.half_width_m, box.half_width_m);
  return box.centre + x * box.forward + y * box.left();
}

}  // namespace

Footprint footprint_of(const math::Aabb& box) {
  return {box.upper.x, -box.lower.x, box.upper.y, -box.lower.y};
}

std::array<Vec2d, 4> Outline::corners() const {
  const Vec2d f = half_length_m * forward;
  const Vec2d l = half_width_m * left();
  return {centre + f + l, centre - f + l, centre - f - l, centre + f - l};
}

double Outline::reach(const Vec2d& direction) const {
  return half_length_m * std::abs(glm::dot(forward, direction)) +
         half_width_m * std::abs(glm::dot(left(), direction));
}

Outline outline_at(const Footprint& f, const Vec2d& origin, double yaw_rad) {
  Outline out;
  out.forward = {std::cos(yaw_rad), std::sin(yaw_rad)};
  out.half_length_m = 0.5 * f.length_m();
  out.half_width_m = 0.5 * f.width_m();
  out.centre = origin + 0.5 * (f.front_m - f.rear_m) * out.forward +
               0.5 * (f.left_m - f.right_m) * out.left();
  return out;
}

FreeGap free_gap(const Outline& a, const Outline& b) {
  if (!separated_by_axes_of(a, b) && !separated_by_axes_of(b, a)) return {};
  // Of two convex outlines that do not overlap, the nearest points include a corner of one.
  FreeGap best{std::numeric_limits<double>::infinity(), {0, 0}};
  const auto consider = [&best](const Vec2d& on_a, const Vec2d& on_b) {
    const double d = glm::length(on_b - on_a);
    if (d < best.distance_m) best = {d, d > 0 ? (on_b - on_a) / d : Vec2d(0)};
  };
  for (const Vec2d& p : a.corners()) consider(p, nearest_point(b, p));
  for (const Vec2d& p : b.corners()) consider(nearest_point(a, p), p);
  return best;
}

}  // namespace oddroad::sim
