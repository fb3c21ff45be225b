#include <array>
#include <cmath>

#include "engine/capture/tolerances.h"
#include "engine/verify/check_clip.h"
#include "engine/verify/text.h"

namespace oddroad::verify {
namespace {

constexpr std::size_t kNumbers = 14;

std::array<double, kNumbers> numbers(const world::ActorState& s) {
  const math::Vec3d& p = s.T_world_actor.translation;
  const glm::dquat& q = s.T_world_actor.rotation;
  const math::Vec3d& v = s.velocity_mps;
  return {p.x,
          p.y,
          p.z,
          q.w,
          q.x,
          q.y,
          q.z,
          v.x,
          v.y,
          v.z,
          s.acceleration_mps2,
          s.yaw_rate_rps,
          s.steer_rad,
          s.rolled_m};
}

// NaN, and nothing else, where the actor is not there.
void check_state(const Npy& recorded, std::size_t at, const world::Actor& actor, std::int64_t step,
                 Check& check) {
  const std::int64_t t = step * world::kStepNs;
  std::array<double, kNumbers> truth;
  truth.fill(NAN);
  if (t >= actor.begin_ns() && t <= actor.end_ns()) truth = numbers(actor.state(step));
  double worst = 0;
  std::size_t field = 0;
  for (std::size_t k = 0; k < kNumbers; ++k) {
    const double value = recorded.values[at + k];
    const bool odd = std::isnan(value) != std::isnan(truth[k]);
    const double off = odd ? 1e9 : std::isnan(value) ? 0 : std::abs(value - truth[k]);
    if (off <= worst) continue;
    worst = off;
    field = k;
  }
  check.compare(worst, capture::kRebuiltM, [&] {
    return Disagreement{"timeline.npy",
                        "actor " + actor.name + " at " + std::to_string(step * 10) + " ms, " +
                            recorded.fields[field],
                        to_text(recorded.values[at + field]), to_text(truth[field])};
  });
}

}  // namespace

void check_timeline(const ClipContext& context, Report& report) {
  const Npy& recorded = context.timeline;
  const auto& actors = context.rebuilt.timeline.actors;
  const std::vector<std::string> fields = {"x",     "y",     "z",  "qw", "qx",           "qy",
                                           "qz",    "vx",    "vy", "vz", "acceleration", "yaw_rate",
                                           "steer", "rolled"};
  const auto end = context.rebuilt.timeline.end_ns / world::kStepNs;
  const std::size_t steps = actors.empty() ? 0 : static_cast<std::size_t>(end) + 1;
  Check& check = report["timeline"];
  const bool shaped = recorded.fields == fields && recorded.shape.size() == 2 &&
                      recorded.shape[0] == actors.size() && recorded.shape[1] == steps;
  if (!shaped) {
    check.disagree(1e9, [&] {
      std::string found;
      for (const std::size_t n : recorded.shape) found += std::to_string(n) + " ";
      return Disagreement{"timeline.npy", "shape and fields", found,
                          std::to_string(actors.size()) + " actors of " + std::to_string(steps) +
                              " steps of 14 numbers"};
    });
    return;
  }
  for (std::size_t a = 0; a < actors.size(); ++a) {
    for (std::size_t k = 0; k < steps; ++k) {
      check_state(recorded, (a * steps + k) * kNumbers, actors[a], static_cast<std::int64_t>(k),
                  check);
    }
  }
}

}  // namespace oddroad::verify
