#include "engine/sim/crowd.h"

#include <algorithm>
#include <cmath>

namespace oddroad::sim {
namespace {

using math::Vec2d;

constexpr double kReach_m = 5;
constexpr double kClose_mps2 = 25;
constexpr double kCloseRange_m = 0.08;

Vec2d left_of(const Vec2d& v) {
  return {-v.y, v.x};
}

// e: unit, from self to the other; d: between the centres.
Vec2d anticipation(const Vec2d& closing_mps, const Vec2d& e, double d) {
  constexpr double kA_mps2 = 5.1;
  constexpr double kLambda = 2.0;
  constexpr double kGamma = 0.35;
  constexpr double kNarrow = 2.0;
  constexpr double kWide = 3.0;
  constexpr double kBias_rad = 0.005;  // passes on one side rather than hesitating
  const Vec2d interaction = kLambda * closing_mps + e;
  const double strength = glm::length(interaction);
  if (strength < 1e-9) return Vec2d(0);
  const Vec2d t = interaction / strength;
  const double range = kGamma * strength;
  const double theta = std::atan2(t.x * e.y - t.y * e.x, glm::dot(t, e)) + range * kBias_rad;
  const double slow = std::exp(-d / range - std::pow(kWide * range * theta, 2));
  const double turn = std::exp(-d / range - std::pow(kNarrow * range * theta, 2));
  const double side = theta > 0 ? 1 : -1;
  return -kA_mps2 * (slow * t + side * turn * left_of(t));
}

Vec2d from_walker(const Body& self, const Body& other) {
  const Vec2d between(other.position - self.position);
  const double d = glm::length(between);
  if (d < 1e-6) return Vec2d(kClose_mps2, 0);
  const Vec2d e = between / d;
  const double room = kShoulder_m + std::max(kShoulder_m, 0.5 * other.footprint.width_m());
  const Vec2d closing(self.velocity_mps - other.velocity_mps);
  return anticipation(closing, e, d) - kClose_mps2 * std::exp((room - d) / kCloseRange_m) * e;
}

// Pushes off the nearest point of an outline and along it, the way one is going.
Vec2d from_obstacle(const Body& self, const Outline& box, const Vec2d& direction) {
  const Vec2d p(self.position);
  const Vec2d off = p - box.centre;
  const Vec2d f = box.forward;
  const double x = glm::dot(off, f);
  const double y = glm::dot(off, box.left());
  const Vec2d nearest = box.centre + std::clamp(x, -box.half_length_m, box.half_length_m) * f +
                        std::clamp(y, -box.half_width_m, box.half_width_m) * box.left();
  const Vec2d away = p - nearest;
  const double d = glm::length(away);
  const Vec2d n = d > 1e-6 ? away / d : -direction;
  constexpr double kRange_m = 0.2;  // obstacles are given a wider berth than people
  const double push = kClose_mps2 * std::exp((kShoulder_m - d) / kRange_m);
  const double facing = -glm::dot(n, direction);
  if (facing <= 0) return push * n;
  // Round the nearer end.
  Vec2d along = left_of(n);
  const double lead = glm::dot(off, along);
  if (lead < 0 || (lead == 0 && glm::dot(along, direction) < 0)) along = -along;
  return push * (n + facing * along);
}

}  // namespace

Vec2d social_acceleration(const Body& self, const Bodies& bodies, const Vec2d& direction) {
  Vec2d sum(0);
  for (const Body& other : bodies) {
    if (other.name == self.name || other.name == self.carried_by) continue;
    const Vec2d between(other.position - self.position);
    const double reach = kReach_m + other.footprint.radius_m();
    if (glm::dot(between, between) > reach * reach) continue;
    if (std::abs(other.position.z - self.position.z) > 2) continue;
    if (walks(other)) {
      sum += from_walker(self, other);
    } else if (other.speed_mps < 0.1 && other.height_m > 0.15) {
      sum += from_obstacle(self, other.outline(), direction);
    }
  }
  const double size = glm::length(sum);
  if (size < 1e-3) return Vec2d(0);
  return size > kMostSocial_mps2 ? kMostSocial_mps2 / size * sum : sum;
}

}  // namespace oddroad::sim
