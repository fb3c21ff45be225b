#include "engine/verify/ground_outline.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace oddroad::verify {
namespace {

using math::Vec2d;

double distance_to_side(const Vec2d& p, const Vec2d& a, const Vec2d& b) {
  const Vec2d side = b - a;
  const double u = glm::dot(p - a, side) / std::max(glm::dot(side, side), 1e-30);
  return glm::length(p - a - side * std::clamp(u, 0.0, 1.0));
}

// Shortest way from a corner of one to a side of the other.
double corner_distance(const GroundOutline& a, const GroundOutline& b) {
  double least = std::numeric_limits<double>::infinity();
  for (const Vec2d& corner : a.corners) {
    for (std::size_t k = 0; k < 4; ++k) {
      least = std::min(least, distance_to_side(corner, b.corners[k], b.corners[(k + 1) % 4]));
    }
  }
  return least;
}

// How far b's nearest corner lies beyond the side of `a` that keeps them apart best.
double beyond_sides(const GroundOutline& a, const GroundOutline& b) {
  double most = -std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < 4; ++k) {
    const Vec2d side = glm::normalize(a.corners[(k + 1) % 4] - a.corners[k]);
    const Vec2d outward(side.y, -side.x);
    double nearest = std::numeric_limits<double>::infinity();
    for (const Vec2d& corner : b.corners) {
      nearest = std::min(nearest, glm::dot(corner - a.corners[k], outward));
    }
    most = std::max(most, nearest);
  }
  return most;
}

}  // namespace

GroundOutline outline_of(const math::Aabb& box, const math::Pose& pose) {
  const math::Vec3d ahead = pose.rotation * math::Vec3d(1, 0, 0);
  const Vec2d x = glm::normalize(Vec2d(ahead));
  const Vec2d y(-x.y, x.x);
  const Vec2d origin(pose.translation);
  GroundOutline out;
  out.corners = {
      origin + x * box.lower.x + y * box.lower.y, origin + x * box.upper.x + y * box.lower.y,
      origin + x * box.upper.x + y * box.upper.y, origin + x * box.lower.x + y * box.upper.y};
  out.low_m = pose.translation.z + box.lower.z;
  out.high_m = pose.translation.z + box.upper.z;
  return out;
}

double separation_m(const GroundOutline& a, const GroundOutline& b) {
  const double apart = std::max(beyond_sides(a, b), beyond_sides(b, a));
  return apart <= 0 ? apart : std::min(corner_distance(a, b), corner_distance(b, a));
}

GroundOutline moved(GroundOutline outline, const Vec2d& way_m) {
  for (Vec2d& corner : outline.corners) corner += way_m;
  return outline;
}

}  // namespace oddroad::verify
