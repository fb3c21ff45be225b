#include "engine/sim/leader.h"

#include <algorithm>
#include <cmath>

#include "engine/sim/relations.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;

constexpr double kSideMargin_m = 0.15;  // beside the body that a driver keeps free
constexpr double kForesight_s = 1.0;    // how far a driver extrapolates who walks into the lane
constexpr double kSight_m = 150;

// The smallest sideways distance of b's centre from our middle within the driver's foresight.
double foreseen_lateral(const Shadow& shadow, const Body& b, double own_lateral) {
  const double now = shadow.lateral_m - own_lateral;
  const Vec2d left(-std::sin(shadow.heading_rad), std::cos(shadow.heading_rad));
  const double later = now + kForesight_s * glm::dot(Vec2d(b.velocity_mps), left);
  if ((now > 0) != (later > 0)) return 0;
  return std::min(std::abs(now), std::abs(later));
}

}  // namespace

Leader leader_on(const Track& track, double s, double lateral, const Bodies& bodies,
                 const Body& self) {
  Leader best;
  const double front = s + self.footprint.front_m;
  for (const Body& other : bodies) {
    if (other.name == self.name) continue;
    const Vec2d between(other.position - self.position);
    if (glm::length(between) > kSight_m) continue;
    if (!same_height(self, other)) continue;
    const Shadow shadow = shadow_on_track(track, s + glm::dot(between, self.forward()), other);
    if (shadow.front_m < front) continue;  // beside or behind
    const double room = shadow.half_width_m + 0.5 * self.footprint.width_m() + kSideMargin_m;
    const double aside = walks(other) ? foreseen_lateral(shadow, other, lateral)
                                      : std::abs(shadow.lateral_m - lateral);
    if (aside > room) continue;
    const double gap = std::max(0.0, shadow.rear_m - front);
    if (gap >= best.gap_m) continue;
    const Vec2d along(std::cos(shadow.heading_rad), std::sin(shadow.heading_rad));
    best = {gap, std::max(0.0, glm::dot(Vec2d(other.velocity_mps), along))};
  }
  return best;
}

}  // namespace oddroad::sim
