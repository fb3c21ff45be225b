#include "engine/sim/wobble.h"

#include <algorithm>
#include <cmath>

#include "engine/core/random.h"
#include "engine/math/affine.h"

namespace oddroad::sim {

double wobble_sigma_m(double speed) {
  constexpr double kSlow_mps = 8 / 3.6;
  constexpr double kFast_mps = 20 / 3.6;
  const double u = std::clamp((speed - kSlow_mps) / (kFast_mps - kSlow_mps), 0.0, 1.0);
  return 0.15 * (1 - u) + 0.03 * u;
}

Wobble::Wobble(std::uint64_t key, std::string_view path) {
  core::RandomStream draw(key, path);
  double low_hz = 0.12;
  for (Wave& wave : waves_) {
    const double high_hz = low_hz + 0.055;
    wave.rate_rps = 2 * glm::pi<double>() * draw.uniform(low_hz, high_hz);
    wave.phase_rad = 2 * glm::pi<double>() * draw.uniform();
    low_hz = high_hz;
  }
}

Wobble::Sway Wobble::at(double time) const {
  const double scale = std::sqrt(2.0 / static_cast<double>(waves_.size()));
  Sway out;
  for (const Wave& wave : waves_) {
    const double angle = wave.rate_rps * time + wave.phase_rad;
    out.value += scale * std::sin(angle);
    out.rate += scale * wave.rate_rps * std::cos(angle);
    out.bend -= scale * wave.rate_rps * wave.rate_rps * std::sin(angle);
  }
  return out;
}

}  // namespace oddroad::sim
