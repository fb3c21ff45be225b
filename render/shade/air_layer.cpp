#include "render/shade/air_layer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/world/falling_water.h"

namespace oddroad::shade {
namespace {

constexpr double kEvenFogTopM = 150;
constexpr double kDustTopM = 500;
constexpr double kCloudBaseM = 1000;
constexpr double kLongestPathM = 50'000;
const Vec3d kDustTint(1.0, 0.82, 0.60);  // of mineral dust: absorbs blue
constexpr double kDarkestShare = 0.05;

}  // namespace

AirLayer::AirLayer(const world::Environment& e)
    : fog_per_m_(world::extinction_per_m(e.fog_visibility_m)),
      fog_top_m_(e.fog_height_m > 0 ? e.fog_height_m : kEvenFogTopM),
      dust_per_m_(world::extinction_per_m(e.dust_visibility_m)),
      falling_per_m_(world::rain_extinction_per_m(e.rain_mm_per_h) +
                     world::snow_extinction_per_m(e.snow_mm_per_h)) {
  even_per_m_ = dust_per_m_ + falling_per_m_;
  const double dusty = per_m() > 0 ? dust_per_m_ / per_m() : 0;
  tint_ = Vec3d(1) * (1 - dusty) + kDustTint * dusty;
}

double AirLayer::depth(double sine) const {
  const auto path = [&](double top) {
    return std::min(top / std::max(sine, 1e-6), kLongestPathM);
  };
  return fog_per_m_ * path(fog_top_m_) + dust_per_m_ * path(kDustTopM) +
         falling_per_m_ * path(kCloudBaseM);
}

// Rain and snow fall from clouds whose daylight is known already.
world::Daylight AirLayer::left_of(const world::Daylight& light, double sine) const {
  const double up = std::max(sine, 0.0);
  const double zenith = fog_per_m_ * fog_top_m_ + dust_per_m_ * kDustTopM;
  const double streams = 1 / (1 + 0.75 * (1 - kFogAsymmetry) * zenith);
  const double total = (light.direct_normal_lux * up + light.diffuse_horizontal_lux) * streams;
  world::Daylight out;
  out.direct_normal_lux = light.direct_normal_lux * std::exp(-depth(up));
  out.diffuse_horizontal_lux =
      std::max(total - out.direct_normal_lux * up, kDarkestShare * light.diffuse_horizontal_lux);
  return out;
}

double henyey_greenstein(double cosine, double g) {
  const double base = 1 + g * g - 2 * g * cosine;
  return (1 - g * g) / (4 * std::numbers::pi * base * std::sqrt(base));
}

}  // namespace oddroad::shade
