#include "render/shade/weather_record.h"

#include <algorithm>

#include "engine/core/random.h"
#include "render/scene/puddle_level.h"
#include "render/shade/air_layer.h"

namespace oddroad::shade {

shaders::ShadeWeather weather_record(const world::Environment& e, const SkyMap& sky,
                                     std::int64_t stamp_ns) {
  constexpr double kRiseMps = 1.4;      // of warm smoke
  constexpr double kCalmMps = 0.4;      // banks drift even without wind
  constexpr double kElsewhereM = 1000;  // every clip has banks of its own
  const double seconds = static_cast<double>(stamp_ns) * 1e-9;
  core::RandomStream place(e.sky_seed, "fog banks");
  const double from_x = kElsewhereM * place.uniform();
  const double from_y = kElsewhereM * place.uniform();
  shaders::ShadeWeather out{};
  out.fog = {sky.fog_per_m, e.fog_height_m > 0 ? 1 / e.fog_height_m : 0,
             std::clamp(e.fog_banks, 0.0, 1.0), sky.even_per_m};
  out.beam = {sky.beam_lux, kFogAsymmetry};
  out.drift = {from_x - (e.wind_x_mps + kCalmMps) * seconds, from_y - e.wind_y_mps * seconds,
               seconds, e.rain_mm_per_h};
  out.water = {e.wetness, scene::puddle_level(e.puddles), 0, 0};
  out.snow = {e.snow_cover, e.snow_depth_m, e.snow_on_road, 0};
  out.plume = {e.smoke_x_m, e.smoke_y_m, e.smoke_z_m, std::max(e.smoke_radius_m, 0.1)};
  out.plume_air = {e.wind_x_mps / kRiseMps, e.wind_y_mps / kRiseMps,
                   world::extinction_per_m(e.smoke_visibility_m), 0};
  return out;
}

}  // namespace oddroad::shade
