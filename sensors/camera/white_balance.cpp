#include "sensors/camera/white_balance.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sensors/camera/colour_response.h"
#include "sensors/camera/colour_temperature.h"

namespace oddroad::camera {
namespace {

constexpr double kColdest = 10500;  // bluer things are sky
constexpr double kWarmest = 2300;
constexpr double kUsual = 6000;     // until something is known
constexpr double kDaylight = 6500;  // warmth is counted from here
// Tints of what may be grey. Foliage is green, and so are few lights; mixtures of lamps and blue
// sky lie on the other side of the line of lights.
constexpr double kGreenest = 0.2, kPinkest = -0.6;
constexpr int kSteps = 128;  // of the line, evenly in reciprocal kelvin

// A light's colour in raw values.
struct RawLight {
  double warmth;  // log2(red / blue)
  double green;   // log2(green^2 / (red blue))
};

RawLight raw_light(double kelvin) {
  const math::Vec3f raw = response_matrix() * math::Vec3f(light_of_temperature(kelvin));
  const auto r = static_cast<double>(raw.x), g = static_cast<double>(raw.y),
             b = static_cast<double>(raw.z);
  return {std::log2(r / b), std::log2(g * g / (r * b))};
}

// The line of lights by warmth: from cold to warm.
struct LightLine {
  std::vector<RawLight> lights;

  LightLine() {
    for (int k = 0; k <= kSteps; ++k) lights.push_back(raw_light(kelvin_at(k)));
  }
  static double kelvin_at(double step) {
    return 1 / (1 / kColdest + (1 / kWarmest - 1 / kColdest) * step / kSteps);
  }
  // Where on the line a warmth lies; outside of it below 0 or above kSteps.
  [[nodiscard]] double find(double warmth) const {
    if (warmth < lights.front().warmth) return -1;
    if (warmth > lights.back().warmth) return kSteps + 1;
    const auto it = std::lower_bound(lights.begin(), lights.end(), warmth,
                                     [](const RawLight& light, double value) {
                                       return light.warmth < value;
                                     });
    if (it == lights.begin()) return 0;
    const double span = it->warmth - (it - 1)->warmth;
    return static_cast<double>(it - lights.begin()) - (it->warmth - warmth) / span;
  }
};

const LightLine& light_line() {
  static const LightLine line;
  return line;
}

// Of a raw colour whose warmth lies at a step of the line.
double tint_of(const math::Vec3d& raw, double at) {
  const RawLight& light = light_line().lights[static_cast<std::size_t>(at)];
  return std::log2(raw.y * raw.y / (raw.x * raw.z)) - light.green;
}

}  // namespace

void GreyLight::add(const math::Vec3f& radiance) {
  static const glm::mat3 response = response_matrix();
  const math::Vec3f raw = response * radiance;
  if (!(raw.x > 1e-6f && raw.y > 1e-6f && raw.z > 1e-6f)) return;
  const double at = light_line().find(std::log2(raw.x / raw.z));
  if (at < 0 || at > kSteps) return;
  const double tint = tint_of(raw, at);
  if (tint > kGreenest || tint < kPinkest) return;
  grey_ += math::Vec3d(raw / raw.y);
  count_ += 1;
}

WhiteLight GreyLight::light() const {
  if (count_ == 0) return {};
  const double at =
      std::clamp(light_line().find(std::log2(grey_.x / grey_.z)), 0.0, static_cast<double>(kSteps));
  return {LightLine::kelvin_at(at), tint_of(grey_, at)};
}

std::array<float, 3> white_gains(const WhiteLight& light) {
  math::Vec3f raw = response_matrix() * math::Vec3f(light_of_temperature(light.kelvin));
  raw.y *= static_cast<float>(std::exp2(light.tint / 2));
  const float most = std::max({raw.x, raw.y, raw.z});
  return {most / raw.x, most / raw.y, most / raw.z};
}

WhiteLight AutoWhite::update(const WhiteLight& measured, double seconds,
                             const WhiteBalanceSettings& settings) {
  const double lowest = 1 / settings.to_kelvin, highest = 1 / settings.from_kelvin;
  const bool known = measured.kelvin > 0;
  const bool first = mired_ == 0;
  double wanted = first ? 1 / kUsual : mired_;
  if (known) {
    const double warm = std::max(1 / measured.kelvin - 1 / kDaylight, 0.0);
    wanted = 1 / measured.kelvin - settings.warmth * warm;
  }
  const double share = first || settings.time_s <= 0 ? 1 : 1 - std::exp(-seconds / settings.time_s);
  mired_ += (std::clamp(wanted, lowest, highest) - mired_) * share;
  if (known) tint_ += (measured.tint - tint_) * share;
  return {1 / mired_, tint_};
}

}  // namespace oddroad::camera
