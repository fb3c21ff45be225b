#include "sensors/ins/noise.h"

#include <cmath>

#include "engine/core/random.h"

namespace oddroad::ins {
namespace {

std::array<std::uint32_t, 4> draw(std::uint64_t key, Draw what, std::uint32_t axis,
                                  std::int64_t sample) {
  const auto n = static_cast<std::uint64_t>(sample);
  return core::philox4x32_10(
      {static_cast<std::uint32_t>(what), axis, static_cast<std::uint32_t>(n),
       static_cast<std::uint32_t>(n >> 32)},
      {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)});
}

}  // namespace

double Dice::normal(Draw what, std::uint32_t axis, std::int64_t sample) const {
  const auto bits = draw(key_, what, axis, sample);
  return core::inverse_normal_cdf(core::unit_from_bits64(bits[0], bits[1]));
}

double Dice::uniform(Draw what, std::uint32_t axis, std::int64_t sample) const {
  const auto bits = draw(key_, what, axis, sample);
  return core::unit_from_bits64(bits[0], bits[1]);
}

void GaussMarkov::step(double dt_s, double tau_s, double sigma, double normal) {
  const double decay = std::exp(-dt_s / tau_s);
  value = value * decay + sigma * std::sqrt(1 - decay * decay) * normal;
}

double quantised(double value, double step) {
  return step > 0 ? std::round(value / step) * step : value;
}

}  // namespace oddroad::ins
