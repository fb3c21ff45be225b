#include "engine/report/colors.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace oddroad::report {
namespace {

constexpr std::array<std::array<double, 3>, 7> kWarmToCold = {{{255, 245, 190},
                                                               {255, 190, 40},
                                                               {240, 70, 30},
                                                               {190, 30, 110},
                                                               {90, 40, 190},
                                                               {30, 110, 220},
                                                               {60, 220, 225}}};

Rgb8 from_hue(double hue, double saturation, double value) {
  Rgb8 out;
  for (int c = 0; c < 3; ++c) {
    const double k = std::fmod(hue * 6 + (c == 0 ? 5 : c == 1 ? 3 : 1), 6.0);
    const double share = value * (1 - saturation * std::clamp(std::min(k, 4 - k), 0.0, 1.0));
    out[c] = static_cast<std::uint8_t>(std::lround(255 * share));
  }
  return out;
}

}  // namespace

Rgb8 distance_color(double distance_m) {
  const double position =
      std::clamp(std::log(std::max(distance_m, 1e-3) / 3) / std::log(100.0 / 3), 0.0, 1.0) *
      (kWarmToCold.size() - 1);
  const auto k = std::min(static_cast<std::size_t>(position), kWarmToCold.size() - 2);
  const double u = position - static_cast<double>(k);
  Rgb8 out;
  for (int c = 0; c < 3; ++c) {
    const auto channel = static_cast<std::size_t>(c);
    out[c] = static_cast<std::uint8_t>(kWarmToCold[k][channel] * (1 - u) +
                                       kWarmToCold[k + 1][channel] * u);
  }
  return out;
}

Rgb8 id_color(std::uint16_t id) {
  if (id == 0) return Rgb8(0);
  // Steps of the golden section spread any run of ids evenly over the hues.
  const double hue = std::fmod(id * 0.6180339887498949, 1.0);
  return from_hue(hue, id % 3 == 0 ? 0.55 : 0.85, id % 2 == 0 ? 0.95 : 0.75);
}

Rgb8 class_color(const capture::Ontology& ontology, core::ClassId id) {
  const auto* known = ontology.find(id);
  return known != nullptr ? known->color : Rgb8(255, 0, 255);
}

Rgb8 ink_on(Rgb8 background) {
  const double light = 0.30 * background.x + 0.59 * background.y + 0.11 * background.z;
  return Rgb8(light > 140 ? 0 : 255);
}

}  // namespace oddroad::report
