#include "engine/world/spray.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace oddroad::world {

using math::Vec3d;

namespace {

constexpr double kSlowest_mps = 8;
constexpr double kFastest_mps = 25;
constexpr double kLeastWheelbase_m = 1.8;
constexpr int kPuffs = 14;  // a wheel
constexpr double kLife_s = 1.1;

std::vector<SprayPuff> puffs_of(const InstanceInfo& thing, std::int64_t stamp_ns, double film_mm) {
  std::vector<SprayPuff> out;
  const ActorState state = state_at(*thing.actor, stamp_ns);
  const double speed = glm::length(state.velocity_mps);
  if (speed < kSlowest_mps) return out;
  const math::Affine3d pose = pose_at(*thing.actor, stamp_ns);
  const math::Aabb box = thing.model->box;
  const double width = box.upper.y - box.lower.y;
  const double heavy = std::clamp((box.upper.z - 1.2) / 2.0, 0.3, 1.0);
  const double pace = std::min(speed / kFastest_mps, 1.3);
  const double thrown = 0.5 * heavy * pace * pace * std::min(film_mm, 1.5);
  for (const double side : {-0.40, 0.40}) {
    for (int k = 0; k < kPuffs; ++k) {
      const double age = kLife_s * (k + 0.5) / kPuffs;
      // Drag stops the droplets within a few tenths of a second; the wake still draws them along.
      const double left_behind = speed * (age - 0.35 * (1 - std::exp(-age / 0.35)));
      SprayPuff puff;
      puff.spread_m = (0.16 + 0.55 * age) * (0.6 + 0.6 * heavy);
      puff.centre = pose.point({box.lower.x - 0.1, side * width, 0.25 + 0.45 * age * heavy});
      puff.centre -= state.velocity_mps / speed * left_behind;
      const double thinned = 0.16 / (0.16 + 0.55 * age);
      puff.extinction_per_m = thrown * thinned * std::exp(-age / 0.5);
      out.push_back(puff);
    }
  }
  return out;
}

}  // namespace

std::vector<std::vector<SprayPuff>> spray_in(const SceneWindow& window, std::int64_t stamp_ns) {
  std::vector<std::vector<SprayPuff>> out;
  const double film_mm = window.environment.water_film_mm;
  if (film_mm <= 0) return out;
  for (const InstanceInfo& thing : window.instances) {
    if (thing.actor == nullptr || thing.is_ego || thing.model->wheelbase_m < kLeastWheelbase_m) {
      continue;
    }
    auto puffs = puffs_of(thing, stamp_ns, film_mm);
    if (!puffs.empty()) out.push_back(std::move(puffs));
  }
  return out;
}

double spray_depth(const std::vector<SprayPuff>& puffs, const Vec3d& origin, const Vec3d& direction,
                   double distance_m) {
  double depth = 0;
  for (const SprayPuff& puff : puffs) {
    const Vec3d to = puff.centre - origin;
    const double along = glm::dot(to, direction);
    const double off2 = glm::dot(to, to) - along * along;
    const double s = puff.spread_m;
    if (along < 0 || off2 > 9 * s * s) continue;
    // The integral of a normal distribution, cut at the surface behind (logistic approximation).
    const double reached = 1 / (1 + std::exp(-1.7 * (distance_m - along) / s));
    depth += puff.extinction_per_m * std::sqrt(2 * std::numbers::pi) * s *
             std::exp(-0.5 * off2 / (s * s)) * reached;
  }
  return depth;
}

double spray_extinction_per_m(const std::vector<SprayPuff>& puffs, const Vec3d& at) {
  double sum = 0;
  for (const SprayPuff& puff : puffs) {
    const Vec3d off = at - puff.centre;
    const double s2 = puff.spread_m * puff.spread_m;
    const double r2 = glm::dot(off, off);
    if (r2 < 9 * s2) sum += puff.extinction_per_m * std::exp(-0.5 * r2 / s2);
  }
  return sum;
}

}  // namespace oddroad::world
