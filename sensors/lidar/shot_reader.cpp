#include "sensors/lidar/shot_reader.h"

#include <algorithm>
#include <cmath>

#include "sensors/lidar/point_geometry.h"

namespace oddroad::lidar {

using capture::PointCause;
using capture::RayEnd;
using math::Vec3d;

namespace {

// Above this signal noise cannot hide an echo, nor change its intensity much.
constexpr double kLoud = 400;

PointCause airborne(Airborne kind) {
  return static_cast<PointCause>(static_cast<int>(PointCause::kRain) + static_cast<int>(kind));
}

// A ring ray that meets more of what the axis meets, however slanting.
bool same_surface(const Met& axis, const Leg& leg) {
  return leg.part > 0 && axis.surface.hit() && leg.met.surface.drawable == axis.surface.drawable &&
         !apart(axis.surface, leg.met.surface);
}

}  // namespace

ShotReader::ShotReader(const SweepLight& light, const ChunkLegs& legs, std::size_t first)
    : light_(light),
      legs_(legs),
      first_(first),
      signal_(light.settings.model),
      pulse_m_(pulse_length_m(light.settings.model)),
      needs_ray_(light.materials != nullptr || (light.settings.effects.air && light.air.varies())) {
  next_stray_ =
      static_cast<std::size_t>(std::partition_point(light.stray.begin(), light.stray.end(),
                                                    [&](const Stray& stray) {
                                                      return stray.shot < first;
                                                    }) -
                               light.stray.begin());
}

ShotRandom ShotReader::random_of(std::size_t shot) {
  const auto& shots = light_.view.shots;
  if (shot < drawn_begin_ || shot >= drawn_end_) {
    drawn_begin_ = shot;
    drawn_end_ = std::min(shot + FirstDraws::kMost, shots.size());
    draws_.make(light_.key, shots.subspan(shot, drawn_end_ - shot));
  }
  const Shot& s = shots[shot];
  return {light_.key, s.column, s.beam, draws_.of(shot - drawn_begin_)};
}

double ShotReader::snr_of(double reflectance_cosine, double range_m) const {
  return signal_.to_noise(reflectance_cosine, range_m) / light_.noise;
}

bool ShotReader::in_range(double range_m) const {
  const LidarModel& model = light_.settings.model;
  return range_m >= model.range_min_m && range_m <= model.range_max_m;
}

void ShotReader::read(std::size_t shot, SweepOutput& out) {
  const Shot& s = light_.view.shots[shot];
  ShotRandom random = random_of(shot);
  if (needs_ray_) {
    ray_ = light_.view.path.at(light_.view.begin_ns + s.offset_ns, s.origin, s.direction);
  }
  passes_ = light_.mask.clean() ? 1 : light_.mask.passes(s.direction);
  dead_ = light_.paths.on_body(shot) ||
          (s.ring < light_.dead_rings.size() && light_.dead_rings[s.ring] != 0);
  gather(shot, random);
  merge(parts_, pulse_m_, echoes_);
  hear(random);
  write(shot, random, out);
}

void ShotReader::add_surface(const Met& met, double gain, double before_m, bool ghost,
                             const Vec3d& origin, const Vec3d& direction) {
  const double range = before_m + met.surface.range_m;
  if (!in_range(range)) {
    out_of_range_ = true;
    return;
  }
  const Effects& effects = light_.settings.effects;
  const double back = effects.retro ? met.response.back()
                                    : met.response.diffuse + std::min(met.response.retro, 1.0f);
  const double clear = gain * snr_of(back, range);
  heard_clear_ = std::max(heard_clear_, clear);
  double snr = clear * passes_;
  if (effects.air && !light_.air.clear()) {
    double depth = light_.air.depth(ray_.origin, ray_.direction, ghost ? before_m : range);
    if (ghost) depth += light_.air.depth(origin, direction, met.surface.range_m);
    snr *= std::exp(-2 * depth);
  }
  Contribution& part = parts_.emplace_back();
  part.range_m = range;
  part.snr = snr;
  part.cause = ghost ? PointCause::kGhost : PointCause::kTarget;
  part.instance = light_.view.window.drawables[met.surface.drawable - 1].instance.value;
  part.surface = static_cast<std::uint32_t>(sources_.size());
  sources_.push_back({&met, &origin, &direction});
}

void ShotReader::gather(std::size_t shot, ShotRandom& random) {
  sources_.clear();
  parts_.clear();
  heard_clear_ = 0;
  out_of_range_ = false;
  const Met& axis = light_.paths.axis(shot);
  if (axis.surface.hit()) {
    double share = axis_weight(legs_.beside[shot - first_]);
    const std::vector<Leg>& legs = legs_.rounds[0];
    for (std::size_t k = next_leg_[0]; k < legs.size() && legs[k].shot == shot; ++k) {
      if (same_surface(axis, legs[k])) share += legs[k].gain;
    }
    add_surface(axis, share, 0, false, ray_.origin, ray_.direction);
  }
  double reach = axis.surface.hit() ? axis.surface.range_m : light_.settings.model.range_max_m;
  for (std::size_t r = 0; r < kLegRounds; ++r) {
    const std::vector<Leg>& legs = legs_.rounds[r];
    std::size_t& k = next_leg_[r];
    for (; k < legs.size() && legs[k].shot == shot; ++k) {
      const Leg& leg = legs[k];
      if (!leg.met.surface.hit()) continue;
      if (r == 0 && same_surface(axis, leg)) continue;
      add_surface(leg.met, leg.gain, leg.before_m, leg.ghost, leg.origin, leg.direction);
    }
  }
  if (dead_) parts_.clear();
  const double pass = passes_;
  for (; next_stray_ < light_.stray.size() && light_.stray[next_stray_].shot == shot;
       ++next_stray_) {
    Contribution part = light_.stray[next_stray_].light;
    if (dead_ || !in_range(part.range_m)) continue;
    part.snr *= pass / light_.noise;
    if (light_.settings.effects.air && !light_.air.clear()) {
      part.snr *= std::exp(-2 * light_.air.depth(ray_.origin, ray_.direction, part.range_m));
    }
    parts_.push_back(part);
  }
  if (!dead_ && light_.settings.effects.air) {
    reach = std::min(reach, light_.settings.model.range_max_m);
    add_air(reach, random);
    add_drops(light_.rain, reach, random);
    add_drops(light_.snow, reach, random);
  }
  if (light_.interference > 0 && !dead_ && random.uniform() < light_.interference) {
    const LidarModel& model = light_.settings.model;
    Contribution part;
    part.range_m = model.range_min_m + (model.range_max_m - model.range_min_m) * random.uniform();
    part.snr = 3 * kThresholdToNoise;
    part.cause = PointCause::kCrosstalk;
    parts_.push_back(part);
  }
}

void ShotReader::add_air(double reach_m, ShotRandom& random) {
  if (light_.air.clear()) return;
  const auto add = [&](const std::optional<AirEcho>& echo) {
    if (!echo || !in_range(echo->range_m)) return;
    Contribution part;
    part.range_m = echo->range_m;
    // Many droplets at once: the light of each volume has the exponential distribution of speckle.
    const double speckle = -std::log(random.uniform());
    const double rho = cloud_reflectance(light_.settings.model, echo->backscatter_per_m_sr);
    part.snr = speckle * passes_ * snr_of(rho, echo->range_m) *
               std::exp(-2 * light_.air.depth(ray_.origin, ray_.direction, echo->range_m));
    part.cause = airborne(echo->kind);
    if (part.snr > Droplets::kLeastSnr) parts_.push_back(part);
  };
  if (light_.air.has_even()) {
    add(light_.air.even_echo(ray_.origin, ray_.direction, reach_m, random.uniform()));
  }
  if (light_.air.has_local()) {
    add(light_.air.local_echo(ray_.origin, ray_.direction, reach_m, random.uniform()));
  }
}

// The loudest part is heard at least as loud as noise leaves it; a device that reports only the
// strongest echo does not tell what noise cannot lift to that.
int ShotReader::lowest_layer(const Droplets& drops) const {
  if (light_.settings.returns != ReturnMode::kStrongest) return 0;
  double loudest = 0;
  for (const Contribution& part : parts_) loudest = std::max(loudest, part.snr);
  const double heard = loudest < kLoud ? loudest - ShotRandom::kMostNormal : loudest;
  return drops.lowest_layer((heard - ShotRandom::kMostNormal) * light_.noise / passes_);
}

void ShotReader::add_drops(const Droplets& drops, double reach_m, ShotRandom& random) {
  if (drops.empty()) return;
  int lowest = lowest_layer(drops);
  const double first = random.uniform();
  // -ln(u) is more; most beams meet no drop.
  if (1 - first >= drops.mean_before(reach_m, lowest)) return;
  int layer = drops.layers() - 1;
  for (double mean = -std::log(first);; mean -= std::log(random.uniform())) {
    while (layer >= lowest && drops.mean_before(reach_m, layer) <= mean) --layer;
    if (layer < lowest) return;
    const double louder = drops.mean_before(reach_m, layer + 1);
    const DropEcho drop = drops.drop_at(layer, mean - louder, random.uniform());
    if (!in_range(drop.range_m)) continue;
    Contribution part;
    part.range_m = drop.range_m;
    part.snr = drop.snr * passes_ / light_.noise;
    part.cause = airborne(drops.kind());
    parts_.push_back(part);
    lowest = std::max(lowest, lowest_layer(drops));
  }
}

// Keeps what rises above the threshold, then what the device reports.
void ShotReader::hear(ShotRandom& random) {
  const LidarSettings& settings = light_.settings;
  if (!settings.effects.detection) {
    for (Echo& e : echoes_) e.amplitude = e.snr;
  } else {
    for (Echo& e : echoes_) e.amplitude = e.snr < kLoud ? e.snr + random.normal() : e.snr;
    std::erase_if(echoes_, [](const Echo& e) {
      return !(e.amplitude > kThresholdToNoise);
    });
  }
  select(settings.returns, echoes_);
  if (!echoes_.empty() || dead_ || !settings.effects.false_alarms) return;
  if (random.uniform() >= settings.model.optics.false_alarm) return;
  Echo alarm;
  alarm.range_m = settings.model.range_min_m +
                  (settings.model.range_max_m - settings.model.range_min_m) * random.uniform();
  alarm.true_range_m = 0;
  alarm.amplitude = kThresholdToNoise * 1.05;
  alarm.cause = PointCause::kFalseAlarm;
  echoes_.push_back(alarm);
}

RayEnd ShotReader::end_of(std::size_t shot) const {
  const Met& axis = light_.paths.axis(shot);
  if (!echoes_.empty() && echoes_.front().cause != PointCause::kFalseAlarm)
    return RayEnd::kReturned;
  if (light_.paths.on_body(shot)) return RayEnd::kBlocked;
  if (dead_) return RayEnd::kDead;
  if (sources_.empty()) return out_of_range_ ? RayEnd::kOutOfRange : RayEnd::kNothing;
  const double half = 2 * kThresholdToNoise;  // heard for sure
  if (heard_clear_ > half) {
    if (heard_clear_ * passes_ <= half) return RayEnd::kBlocked;
    if (light_.settings.effects.air && !light_.air.clear()) return RayEnd::kAbsorbed;
  }
  const bool sent_on = axis.surface.hit() && axis.response.mirror + axis.response.through >= 0.15f;
  return sent_on ? RayEnd::kSpecular : RayEnd::kBelowThreshold;
}

PointCause ShotReader::cause_of(const Echo& echo) const {
  if (echo.cause != PointCause::kTarget) return echo.cause;
  const bool own = light_.view.is_ego(sources_[echo.surface].met->surface.drawable);
  return own ? PointCause::kEgo : PointCause::kTarget;
}

void ShotReader::write(std::size_t index, ShotRandom& random, SweepOutput& out) const {
  const Shot& shot = light_.view.shots[index];
  const LidarSettings& settings = light_.settings;
  const LidarModel& model = settings.model;
  const auto time =
      static_cast<std::int32_t>(light_.view.begin_ns + shot.offset_ns - light_.stamp_ns);
  capture::PointCloud& cloud = out.cloud;
  for (std::size_t k = 0; k < echoes_.size(); ++k) {
    const Echo& echo = echoes_[k];
    const double rho = echo.amplitude * light_.noise / signal_.to_noise(1, echo.range_m);
    double range = echo.range_m;
    if (settings.effects.retro && echo.surface != kNoSurface) range -= walk_m(rho);
    if (settings.effects.noise) {
      range += range_sigma_m(model, echo.snr, range) * random.normal();
      range += model.beams[shot.beam].range_bias_m;
      if (model.range_step_m > 0)
        range = std::round(range / model.range_step_m) * model.range_step_m;
    }
    const Vec3d p = Vec3d(shot.origin) + Vec3d(shot.direction) * range;
    const std::size_t n = out.points++;
    cloud.x_m[n] = static_cast<float>(p.x);
    cloud.y_m[n] = static_cast<float>(p.y);
    cloud.z_m[n] = static_cast<float>(p.z);
    cloud.range_m[n] = static_cast<float>(range);
    cloud.intensity[n] = static_cast<float>(written_intensity(model, rho));
    cloud.ring[n] = shot.ring;
    cloud.column[n] = static_cast<std::uint16_t>(shot.column);
    cloud.echo[n] = static_cast<std::uint8_t>(k);
    cloud.time_offset_ns[n] = time;
    cloud.cause[n] = static_cast<std::uint8_t>(cause_of(echo));
    cloud.true_range_m[n] = static_cast<float>(echo.true_range_m);
    write_surface(echo, shot, n, cloud);
  }
  if (!light_.with_rays) return;
  const SurfaceHit& first = light_.paths.axis(index).surface;
  out.rays.ring.push_back(shot.ring);
  out.rays.column.push_back(static_cast<std::uint16_t>(shot.column));
  out.rays.time_offset_ns.push_back(time);
  out.rays.end.push_back(static_cast<std::uint8_t>(end_of(index)));
  out.rays.returns.push_back(static_cast<std::uint8_t>(echoes_.size()));
  out.rays.range_m.push_back(static_cast<float>(first.hit() ? first.range_m : 0));
}

// Ids of what the light came from, and for surfaces what they are.
void ShotReader::write_surface(const Echo& echo, const Shot& shot, std::size_t n,
                               capture::PointCloud& cloud) const {
  const world::SceneWindow& window = light_.view.window;
  const bool source = echo.surface != kNoSurface;
  const SurfaceHit none;
  const SurfaceHit& s = source ? sources_[echo.surface].met->surface : none;
  std::uint8_t class_id =
      source ? window.drawables[s.drawable - 1].class_id.value : std::uint8_t{0};
  if (!source && echo.instance != 0) {
    const auto* info = window.find(core::InstanceId(echo.instance));
    if (info != nullptr) class_id = info->class_id.value;
  }
  const bool surface = capture::has_surface(echo.cause);
  cloud.instance[n] = echo.instance;
  cloud.class_id[n] = class_id;
  cloud.drawable[n] = surface ? s.drawable : 0;
  cloud.triangle[n] = surface ? s.triangle : 0;
  if (light_.materials == nullptr) return;
  if (!surface) {
    cloud.normal.emplace_back(0);
    cloud.incidence_rad.push_back(0);
    cloud.velocity_mps.emplace_back(0);
    cloud.material.push_back(capture::kNoMaterial);
    return;
  }
  const Source& from = sources_[echo.surface];
  const std::int64_t t = light_.view.begin_ns + shot.offset_ns;
  const double length = glm::length(*from.direction);
  append_geometry(
      window, light_.view.triangles, *light_.materials,
      {s.drawable - 1, s.triangle, t, *from.origin + *from.direction * (s.range_m / length),
       *from.direction, light_.view.triangles.corners(s.drawable - 1, s.triangle, t),
       light_.view.path.pose(t)},
      cloud);
}

}  // namespace oddroad::lidar
