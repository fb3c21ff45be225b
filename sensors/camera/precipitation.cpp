#include "sensors/camera/precipitation.h"

#include <algorithm>
#include <cmath>

#include "sensors/camera/halos.h"
#include "sensors/camera/pane_drops.h"
#include "sensors/camera/record_distance.h"
#include "sensors/camera/spray.h"
#include "sensors/camera/streaks.h"

namespace oddroad::camera {

using math::Vec3d;
using math::Vec3f;

namespace {

// Nothing falls below bridges, roofs and crowns.
std::vector<std::uint8_t> sheltered(const std::vector<Particle>& particles,
                                    const scene::CameraView& view, const scene::RayCaster& caster) {
  constexpr float kCloudsM = 60;
  scene::RayBatch rays;
  rays.resize(particles.size());
  for (std::size_t i = 0; i < particles.size(); ++i) {
    rays.set(i, particles[i].place, Vec3d(0, 0, 1), view.stamp_ns, kCloudsM);
  }
  std::vector<std::uint8_t> out;
  if (!particles.empty()) caster.occluded(rays, scene::RayKind::kShadow, false, out);
  return out;
}

std::vector<Particle> seen_particles(const world::SceneWindow& window,
                                     const scene::CameraView& view, const scene::RayCaster& caster,
                                     const scene::VisibilityRecord& record,
                                     const Exposure& exposure, std::uint64_t key) {
  const auto all = falling_particles(window.environment, view, exposure, key);
  const auto dry = sheltered(all, view, caster);
  const RecordDistance distance(window, view, record);
  std::vector<Particle> out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (dry[i] != 0) continue;
    const Particle& p = all[i];
    const double surface_m = distance.at(static_cast<int>(p.u_px), static_cast<int>(p.v_px));
    if (surface_m > p.distance_m) out.push_back(p);
  }
  return out;
}

Exposure exposure_of(const world::SceneWindow& window, const scene::CameraView& view,
                     double time_s) {
  Exposure out;
  out.time_s = time_s;
  if (window.ego != nullptr) {
    out.camera_velocity_mps = world::state_at(*window.ego, view.stamp_ns).velocity_mps;
  }
  return out;
}

}  // namespace

void add_precipitation(const world::SceneWindow& window, const scene::CameraView& view,
                       const scene::RayCaster& caster, const scene::VisibilityRecord& record,
                       double time_s, std::uint64_t key, std::uint64_t camera_key,
                       capture::Image<Vec3f>& radiance) {
  const world::Environment& weather = window.environment;
  add_halos(window, view, record, radiance);
  if (weather.water_film_mm > 0.05) add_spray(window, view, record, radiance);
  if (weather.rain_mm_per_h <= 0 && weather.snow_mm_per_h <= 0) return;
  const Exposure exposure = exposure_of(window, view, time_s);
  draw_streaks(seen_particles(window, view, caster, record, exposure, key), view, exposure,
               surroundings_of(radiance, record), radiance);
  add_pane_drops(weather.rain_mm_per_h, view.stamp_ns, camera_key, radiance);
}

}  // namespace oddroad::camera
