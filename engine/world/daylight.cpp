#include "engine/world/daylight.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace oddroad::world {
namespace {

struct SkyCondition {
  double extinction;  // per air mass
  double a, b, c;     // diffuse horizontal = a + b sin^c(elevation), kilolux
};
constexpr double kSolarKilolux = 127.5;
constexpr SkyCondition kClear{0.21, 0.8, 15.5, 0.5};
constexpr SkyCondition kPartly{0.80, 0.3, 45.0, 1.0};
constexpr SkyCondition kOvercast{1e9, 0.3, 21.0, 1.0};

// Illuminance of a clear sky with the sun below the horizon: degrees, lux.
constexpr std::array<std::array<double, 2>, 9> kTwilight{{{-18, 6e-4},
                                                          {-12, 8e-3},
                                                          {-9, 0.2},
                                                          {-6, 3.4},
                                                          {-4, 26},
                                                          {-3, 65},
                                                          {-2, 140},
                                                          {-1, 260},
                                                          {0, 400}}};

double air_mass(double elevation_deg) {
  return 1 / (std::sin(elevation_deg * M_PI / 180) +
              0.50572 * std::pow(elevation_deg + 6.07995, -1.6364));
}

double twilight_lux(double elevation_deg) {
  if (elevation_deg <= kTwilight.front()[0]) return kTwilight.front()[1];
  for (std::size_t i = 1; i < kTwilight.size(); ++i) {
    if (elevation_deg > kTwilight[i][0]) continue;
    const double u =
        (elevation_deg - kTwilight[i - 1][0]) / (kTwilight[i][0] - kTwilight[i - 1][0]);
    return std::exp(std::log(kTwilight[i - 1][1]) * (1 - u) + std::log(kTwilight[i][1]) * u);
  }
  return kTwilight.back()[1];
}

Daylight of(const SkyCondition& sky, double elevation_deg) {
  if (elevation_deg <= 0) return {0, twilight_lux(elevation_deg)};
  const double sine = std::sin(elevation_deg * M_PI / 180);
  Daylight out;
  out.direct_normal_lux =
      1000 * kSolarKilolux * std::exp(-sky.extinction * air_mass(elevation_deg));
  out.diffuse_horizontal_lux = 1000 * (sky.a + sky.b * std::pow(sine, sky.c));
  // The equations are for the day: over the first degrees they take over from the twilight.
  const double u = std::clamp(elevation_deg / 4, 0.0, 1.0);
  const double day = u * u * (3 - 2 * u);
  out.diffuse_horizontal_lux = twilight_lux(0) * (1 - day) + out.diffuse_horizontal_lux * day;
  return out;
}

Daylight blend(const Daylight& a, const Daylight& b, double u) {
  return {a.direct_normal_lux * (1 - u) + b.direct_normal_lux * u,
          a.diffuse_horizontal_lux * (1 - u) + b.diffuse_horizontal_lux * u};
}

}  // namespace

Daylight daylight(double sun_elevation_rad, double cloud_cover) {
  const double degrees = sun_elevation_rad * 180 / M_PI;
  const double cover = std::clamp(cloud_cover, 0.0, 1.0);
  if (degrees <= 0) return {0, twilight_lux(degrees) * (1 - 0.4 * cover)};
  Daylight out = cover < 0.5 ? blend(of(kClear, degrees), of(kPartly, degrees), 2 * cover)
                             : blend(of(kPartly, degrees), of(kOvercast, degrees), 2 * cover - 1);
  // Meets the clouded twilight at the horizon.
  const double low = std::clamp(1 - degrees / 4, 0.0, 1.0);
  out.diffuse_horizontal_lux *= 1 - 0.4 * cover * low * low;
  return out;
}

}  // namespace oddroad::world
