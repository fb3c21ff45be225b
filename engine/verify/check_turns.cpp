// Yaw rates against recorded poses, step by step: what tumbles or rolls has no heading that turns
// as it does, so each turn of 10 ms is taken apart, and its part about the vertical is what the
// rates of the step's two ends make of it.
#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/capture/tolerances.h"
#include "engine/verify/check_clip.h"
#include "engine/verify/text.h"

namespace oddroad::verify {
namespace {

constexpr std::size_t kNumbers = 14, kRotation = 3, kYawRate = 11;
constexpr double kStep_s = 1e-9 * world::kStepNs;

glm::dquat rotation(const double* state) {
  return {state[kRotation], state[kRotation + 1], state[kRotation + 2], state[kRotation + 3]};
}

// The turn from one to the other as a spin over one step, radians a second, world axes.
math::Vec3d spin_between(const double* from, const double* to) {
  glm::dquat turn = rotation(to) * glm::conjugate(rotation(from));
  if (turn.w < 0) turn = -turn;
  const math::Vec3d sine(turn.x, turn.y, turn.z);
  const double half = glm::length(sine);
  return half > 0 ? 2 * std::atan2(half, turn.w) / (half * kStep_s) * sine : math::Vec3d(0);
}

class TurnChecker {
 public:
  TurnChecker(const Npy& timeline, Check& check) : npy_(timeline), check_(check) {}

  void run(std::size_t actor, const std::string& name) {
    std::vector<std::optional<math::Vec3d>> spins;
    for (std::size_t k = 0; k + 1 < npy_.shape[1]; ++k) {
      const double *now = state(actor, k), *next = state(actor, k + 1);
      const bool there = !std::isnan(now[0]) && !std::isnan(next[0]);
      spins.push_back(there ? std::optional(spin_between(now, next)) : std::nullopt);
    }
    for (std::size_t k = 0; k < spins.size(); ++k) {
      if (spins[k]) step(actor, name, k, spins);
    }
  }

 private:
  [[nodiscard]] const double* state(std::size_t actor, std::size_t step) const {
    return npy_.values.data() + (actor * npy_.shape[1] + step) * kNumbers;
  }

  // Within a step the rate lies between those of its ends, but for impacts and what spins out of
  // true: they change the whole spin, which shows in the steps beside it.
  void step(std::size_t actor, const std::string& name, std::size_t k,
            const std::vector<std::optional<math::Vec3d>>& spins) {
    double unsteady = 0;
    for (const std::size_t beside : {k - 1, k + 1}) {
      if (beside >= spins.size() || !spins[beside]) continue;
      unsteady = std::max(unsteady, glm::length(*spins[beside] - *spins[k]));
    }
    const double a = state(actor, k)[kYawRate], b = state(actor, k + 1)[kYawRate];
    const double slack = 0.5 * (std::abs(a - b) + unsteady) + capture::kYawRateRps;
    check_.compare(std::max(0.0, std::abs(spins[k]->z - 0.5 * (a + b)) - slack), 0, [&] {
      return Disagreement{"timeline.npy",
                          "actor " + name + " after " + std::to_string(k * 10) + " ms",
                          "turned at " + to_text(spins[k]->z) + " rad/s",
                          to_text(0.5 * (a + b)) + " rad/s by its yaw rates"};
    });
  }

  const Npy& npy_;
  Check& check_;
};

}  // namespace

void check_turns(const ClipContext& context, Report& report) {
  const Npy& npy = context.timeline;
  if (npy.shape.size() != 2 || npy.fields.size() != kNumbers) return;  // check_timeline tells
  TurnChecker checker(npy, report["turns"]);
  for (std::size_t a = 0; a < std::min(npy.shape[0], context.clip.actors.size()); ++a) {
    checker.run(a, context.clip.actors[a].name);
  }
}

}  // namespace oddroad::verify
