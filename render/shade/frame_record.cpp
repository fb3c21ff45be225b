#include "render/shade/frame_record.h"

#include <cmath>

#include "render/shade/weather_record.h"

namespace oddroad::shade {
namespace {

constexpr double kSunRadiusRad = 0.004654;

}  // namespace

void set_rows(glm::vec4 (&rows)[3], const math::Affine3d& T) {
  const math::Affine3f f = math::to_float(T);
  for (int r = 0; r < 3; ++r) {
    rows[r] = {f.linear[0][r], f.linear[1][r], f.linear[2][r], f.translation[r]};
  }
}

shaders::ShadeFrame frame_record(const world::Environment& environment, const SkyMap& sky,
                                 const PackedSky& packed, const LightRecords& lights,
                                 const scene::CameraView& view) {
  shaders::ShadeFrame out{};
  set_rows(out.world_from_camera, view.T_world_camera);
  out.lens = glm::vec4(view.camera.fx_px, view.camera.fy_px, view.camera.cx_px, view.camera.cy_px);
  out.projection = glm::vec4(view.single_projection() ? 0 : 1, 0, 0, 0);
  out.sun_direction = glm::vec4(math::Vec3f(sky.to_sun), std::cos(kSunRadiusRad));
  const double disc = 2 * M_PI * (1 - std::cos(kSunRadiusRad));
  out.sun_illuminance = glm::vec4(sky.sun_illuminance_lux, 1 / disc);
  out.ground_radiance = glm::vec4(sky.ground_radiance, packed.mirror_levels);
  for (int k = 0; k < 9; ++k) out.sky_sh[k] = glm::vec4(sky.ambient_sh[k], 0);
  out.haze = glm::vec4(sky.haze_per_m, packed.unit_cd_m2);
  for (int k = 0; k < ODDROAD_HORIZON_STEPS; ++k) out.horizon[k] = glm::vec4(sky.horizon[k], 0);
  out.light_grid = lights.grid;
  out.weather = weather_record(environment, sky, view.stamp_ns);
  return out;
}

}  // namespace oddroad::shade
