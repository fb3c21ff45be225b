#include "sensors/lidar/scanner.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/world/daylight.h"
#include "sensors/lidar/cast_order.h"
#include "sensors/lidar/receiver.h"
#include "sensors/lidar/shot_reader.h"

namespace oddroad::lidar {

namespace {

// Rays are followed beyond what a device reports, to tell what is too far from the sky.
constexpr double kFarM = 1000;

double illuminance_lux(const world::Environment& e) {
  const world::Daylight light = world::daylight(e.sun_elevation_rad, e.cloud_cover);
  return light.direct_normal_lux * std::max(std::sin(e.sun_elevation_rad), 0.0) +
         light.diffuse_horizontal_lux;
}

std::vector<std::uint8_t> dead_rings(const std::vector<FaultSettings>& faults,
                                     std::int64_t stamp_ns) {
  std::vector<std::uint8_t> out;
  for (const FaultSettings& f : faults) {
    if (f.type != FaultType::kMissingRings || !f.at(stamp_ns)) continue;
    for (const int ring : f.rings) {
      const auto r = static_cast<std::size_t>(ring);
      if (out.size() <= r) out.resize(r + 1, 0);
      out[r] = 1;
    }
  }
  return out;
}

double interference(const std::vector<FaultSettings>& faults, std::int64_t stamp_ns) {
  double share = 0;
  for (const FaultSettings& f : faults) {
    if (f.type == FaultType::kInterference && f.at(stamp_ns)) share += f.share;
  }
  return std::min(share, 1.0);
}

// Reads all shots in chunks; points come in the order of the shots.
void read_all(const SweepLight& light, SweepBuffers& buffers, SweepRecord& out) {
  constexpr std::size_t kMostEchoes = 2;  // of a shot: strongest and last
  const std::size_t count = light.view.shots.size();
  const std::size_t chunks = chunks_of(count);
  std::vector<SweepOutput>& parts = buffers.outputs;
  if (parts.size() < chunks) parts.resize(chunks);
  core::parallel_for(chunks, [&](std::size_t c) {
    auto legs = buffers.legs.take();
    light.paths.follow(c, *legs);
    parts[c].begin(kMostEchoes * kChunkShots);
    parts[c].rays_cast = legs->rays();
    ShotReader reader(light, *legs, chunk_begin(c));
    for (std::size_t i = chunk_begin(c); i < chunk_end(c, count); ++i) reader.read(i, parts[c]);
    buffers.legs.give(std::move(legs));
  });
  out.rays_cast = count;
  for (std::size_t c = 0; c < chunks; ++c) out.rays_cast += parts[c].rays_cast;
  join({parts.data(), chunks}, out.cloud, out.rays);
}

}  // namespace

// What a sweep is traced in, and what the view of it refers to.
struct Scanner::Traced {
  Traced(const Scanner& scanner, const world::SceneWindow& window, const scene::RayCaster& caster,
         const math::Pose& T_ego_lidar, std::int64_t stamp_ns, SweepBuffers& buffers)
      : path(window, scanner.mounted(T_ego_lidar, stamp_ns)),
        triangles(window),
        facets(window, triangles),
        cover(window.environment),
        view{window,
             caster,
             triangles,
             facets,
             path,
             cover,
             scanner.begin_ns(stamp_ns),
             scanner.pattern_.shots(scanner.begin_ns(stamp_ns), buffers.shots),
             scanner.settings_.ego_body},
        neighbours(scanner.pattern_.repeats() ? scanner.neighbours_ : buffers.neighbours),
        order{scanner.cast_order_} {
    if (scanner.pattern_.repeats()) return;
    const Effects& effects = scanner.settings_.effects;
    if (effects.divergence || effects.retro) buffers.neighbours.set(view.shots, false);
    buffers.order.set(view.shots);
    order = {buffers.order.shots(), false};
  }
  Traced(const Traced&) = delete;
  Traced& operator=(const Traced&) = delete;

  SensorPath path;
  scene::TriangleSource triangles;
  FacetSource facets;
  GroundCover cover;
  SweepView view;
  const Neighbours& neighbours;
  CastOrder order;
};

Scanner::Scanner(LidarSettings settings)
    : settings_(std::move(settings)), pattern_(settings_.model.scan(), settings_.model.beams) {
  if (!pattern_.repeats()) return;
  std::vector<Shot> room;
  neighbours_ = Neighbours(pattern_.shots(0, room), true);
  cast_order_ = cast_order(pattern_.shots(0, room));
}

capture::LidarCalibration Scanner::calibration(const std::string& name,
                                               const math::Pose& T_ego_lidar) const {
  const LidarModel& m = settings_.model;
  capture::LidarCalibration out;
  out.name = name;
  out.model = m.name;
  out.T_ego_lidar = T_ego_lidar;
  out.unit = m.unit;
  out.scan = pattern_.scan();
  out.range_min_m = m.range_min_m;
  out.range_max_m = m.range_max_m;
  if (settings_.effects.noise) {
    out.noise_m = m.noise_m;
    out.noise_per_m = m.noise_per_m;
    out.range_step_m = m.range_step_m;
  }
  if (settings_.effects.divergence) {
    out.divergence_h_rad = m.optics.divergence_h_rad;
    out.divergence_v_rad = m.optics.divergence_v_rad;
  }
  out.ego_body = settings_.ego_body;
  out.beams = m.beams;
  for (Beam& beam : out.beams) beam.range_bias_m *= settings_.effects.noise ? 1 : 0;
  return out;
}

void Scanner::rays(const world::SceneWindow& window, const math::Pose& T_ego_lidar,
                   std::int64_t stamp_ns, scene::RayBatch& out) const {
  const SensorPath path(window, T_ego_lidar);
  const std::int64_t begin = begin_ns(stamp_ns);
  std::vector<Shot> room;
  const auto shots = pattern_.shots(begin, room);
  out.resize(shots.size());
  core::parallel_chunks(shots.size(), kChunkShots, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i != last; ++i) {
      const Shot& shot = shots[i];
      const auto place = path.at(begin + shot.offset_ns, shot.origin, shot.direction);
      out.set(i, place.origin, place.direction, begin + shot.offset_ns, kFarM);
    }
  });
}

SweepRecord Scanner::sweep(const world::SceneWindow& window, const scene::RayCaster& caster,
                           const math::Pose& T_ego_lidar, const SweepRequest& request) const {
  SweepRecord out;
  sweep(window, caster, T_ego_lidar, request, out);
  return out;
}

void Scanner::sweep(const world::SceneWindow& window, const scene::RayCaster& caster,
                    const math::Pose& T_ego_lidar, const SweepRequest& request,
                    SweepRecord& out) const {
  const Effects& effects = settings_.effects;
  const LidarModel& model = settings_.model;
  const world::Environment& weather = window.environment;
  auto buffers = buffers_->take();
  const Traced traced(*this, window, caster, T_ego_lidar, request.stamp_ns, *buffers);
  const SweepView& view = traced.view;
  const BeamPaths paths(view, model, effects, traced.neighbours, traced.order, kFarM, *buffers);
  const auto stray = effects.retro && effects.detection
                         ? stray_light(view, paths, traced.neighbours, model, request.tick_key)
                         : std::vector<Stray>();
  const Air air(window, request.stamp_ns, settings_.laws);
  const double rain = effects.air ? weather.rain_mm_per_h : 0;
  const double snow = effects.air ? weather.snow_mm_per_h : 0;
  buffers->rain.set(Airborne::kRain, rain, model, rain_extinction_per_m(rain, settings_.laws.rain));
  buffers->snow.set(Airborne::kSnow, snow, model, snow_extinction_per_m(snow, settings_.laws.snow));
  const WindowMask mask(settings_.faults, rain, model, request.clip_key, request.stamp_ns);
  SweepLight light{settings_,     view, paths,
                   stray,         air,  buffers->rain,
                   buffers->snow, mask, dead_rings(settings_.faults, request.stamp_ns)};
  light.interference = interference(settings_.faults, request.stamp_ns);
  light.noise = effects.ambient ? noise_in(illuminance_lux(weather)) : 1;
  light.key = request.tick_key;
  light.stamp_ns = request.stamp_ns;
  light.materials = request.materials;
  light.with_rays = request.rays;
  read_all(light, *buffers, out);
  buffers_->give(std::move(buffers));
}

void Scanner::all_rays(const world::SceneWindow& window, const scene::RayCaster& caster,
                       const math::Pose& T_ego_lidar, const SweepRequest& request,
                       scene::RayBatch& out) const {
  auto buffers = buffers_->take();
  const Traced traced(*this, window, caster, T_ego_lidar, request.stamp_ns, *buffers);
  const SweepView& view = traced.view;
  const BeamPaths paths(view, settings_.model, settings_.effects, traced.neighbours, traced.order,
                        kFarM, *buffers);
  std::vector<ChunkLegs> legs(chunks_of(view.shots.size()));
  core::parallel_for(legs.size(), [&](std::size_t c) {
    paths.follow(c, legs[c]);
  });
  std::size_t rays = view.shots.size();
  for (const ChunkLegs& chunk : legs) rays += chunk.rays();
  out.resize(rays);
  std::size_t n = 0;
  for (const Shot& shot : view.shots) {
    const auto ray = view.path.at(view.stamp_ns(shot), shot.origin, shot.direction);
    out.set(n++, ray.origin, ray.direction, view.stamp_ns(shot), kFarM);
  }
  for (std::size_t round = 0; round < kLegRounds; ++round) {
    for (const ChunkLegs& chunk : legs) {
      for (const Leg& leg : chunk.rounds[round]) {
        out.set(n++, leg.origin, leg.direction, view.stamp_ns(view.shots[leg.shot]), kFarM);
      }
    }
  }
  buffers_->give(std::move(buffers));
}

math::Pose Scanner::mounted(const math::Pose& T_ego_lidar, std::int64_t stamp_ns) const {
  math::Pose out = T_ego_lidar;
  for (const FaultSettings& f : settings_.faults) {
    if (f.type == FaultType::kMisaligned && f.at(stamp_ns)) out = out * f.turned();
  }
  return out;
}

std::vector<capture::SensorFault> Scanner::faults_at(std::int64_t stamp_ns) const {
  std::vector<capture::SensorFault> out;
  for (const FaultSettings& f : settings_.faults) {
    if (f.at(stamp_ns)) out.push_back(recorded(f));
  }
  return out;
}

}  // namespace oddroad::lidar
