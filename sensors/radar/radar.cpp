#include "sensors/radar/radar.h"

#include <algorithm>
#include <cmath>

#include "engine/core/random.h"
#include "sensors/radar/cfar.h"
#include "sensors/radar/detector.h"
#include "sensors/radar/multipath.h"
#include "sensors/radar/signal.h"

namespace oddroad::radar {

using capture::RadarDetection;

std::int64_t begin_ns(const RadarModel& model, std::int64_t stamp_ns) {
  std::int64_t earliest = 0;
  for (const Scan& s : model.scans) earliest = std::min(earliest, s.offset_ns);
  return stamp_ns + earliest;
}

std::int64_t end_ns(const RadarModel& model, std::int64_t stamp_ns) {
  std::int64_t last = 0;
  for (const Scan& s : model.scans) last = std::max(last, s.offset_ns);
  return stamp_ns + last + world::kMillisecondNs;
}

std::vector<RadarDetection> measure(const RadarSettings& settings,
                                    const std::vector<Reflector>& reflectors,
                                    const world::SceneWindow& window,
                                    const scene::RayCaster& caster, const math::Pose& T_ego_radar,
                                    std::int64_t stamp_ns, std::uint64_t key) {
  const double attenuation =
      settings.weather
          ? rain_attenuation_db_per_m(window.environment.rain_mm_per_h, settings.model.frequency_hz)
          : 0;
  std::vector<RadarDetection> out;
  for (std::size_t k = 0; k < settings.model.scans.size(); ++k) {
    const Scan& scan = settings.model.scans[k];
    const Eye eye(window, caster, T_ego_radar, stamp_ns + scan.offset_ns);
    core::RandomStream jitter(core::hash64(k, key), "rays");
    const double u = jitter.uniform(), v = jitter.uniform();
    Echoes echoes = direct_echoes(eye, scan, reflectors, settings.clutter, u, v);
    std::vector<Scatterer>& all = echoes.scatterers;
    if (settings.multipath) {
      for (const auto& more :
           {ghosts(eye, echoes, reflectors), under_vehicles(eye, scan, reflectors, u)}) {
        all.insert(all.end(), more.begin(), more.end());
      }
    }
    std::vector<Cell> cells = make_cells(scan, all, attenuation);
    if (settings.clutter) set_levels(scan, all, attenuation, cells);
    const math::Vec3d velocity = glm::transpose(eye.T_world_radar().linear) * eye.velocity_mps();
    for (const auto& more : {detect(settings, k, cells, velocity, key),
                             settings.clutter ? false_alarms(settings, k, velocity, key)
                                              : std::vector<RadarDetection>()}) {
      out.insert(out.end(), more.begin(), more.end());
    }
  }
  if (out.size() > settings.model.detections) {
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
      return a.snr_db > b.snr_db;
    });
    out.resize(settings.model.detections);
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return a.range_m < b.range_m;
  });
  return out;
}

}  // namespace oddroad::radar
