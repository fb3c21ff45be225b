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

// How far the hull reaches from its centre along a unit direction, by its corners or its rims.
double reach_m(const LooseHull& hull, const math::Pose& pose, const math::Vec3d& direction) {
  const math::Vec3d d = glm::conjugate(pose.rotation) * direction;
  const math::Vec3d& h = hull.half_m;
  if (hull.round_about == 3) return h.z;
  if (hull.round_about < 0) return glm::dot(glm::abs(d), h);
  const int axis = hull.round_about, u = (axis + 1) % 3, v = (axis + 2) % 3;
  return h[axis] * std::abs(d[axis]) + 0.5 * (h[u] + h[v]) * std::hypot(d[u], d[v]);
}

}  // namespace

GroundOutline outline_of(const LooseHull& hull, const math::Pose& pose) {
  constexpr double kUpright = 0.3;  // sine of 17 degrees
  const math::Vec3d ahead = pose.rotation * math::Vec3d(1, 0, 0);
  const math::Vec3d aside = pose.rotation * math::Vec3d(0, 1, 0);
  const bool lies = std::hypot(ahead.x, ahead.y) > kUpright;
  const Vec2d x = glm::normalize(lies ? Vec2d(ahead) : Vec2d(aside.y, -aside.x));
  const Vec2d y(-x.y, x.x);
  const math::Vec3d middle = pose * hull.centre_m;
  const Vec2d along = reach_m(hull, pose, {x, 0}) * x, across = reach_m(hull, pose, {y, 0}) * y;
  const double up = reach_m(hull, pose, {0, 0, 1});
  const Vec2d centre(middle);
  return {{centre - along - across, centre + along - across, centre + along + across,
           centre - along + across},
          middle.z - up,
          middle.z + up};
}

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
