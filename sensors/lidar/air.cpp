#include "sensors/lidar/air.h"

#include <algorithm>
#include <cmath>

#include "engine/core/random.h"
#include "render/shaders/puddles.h"

namespace oddroad::lidar {

using math::Vec3d;

namespace {

constexpr int kBankSteps = 10;
constexpr double kBankReachM = 500;
// The pictures' constants (render/shade/weather_record.cpp).
constexpr double kCalmMps = 0.4;
constexpr double kElsewhereM = 1000;

double noise(double x, double y, std::uint32_t seed) {
  return shaders::puddle_noise(static_cast<float>(x), static_cast<float>(y), seed);
}

double smoothstep(double low, double high, double x) {
  const double u = std::clamp((x - low) / (high - low), 0.0, 1.0);
  return u * u * (3 - 2 * u);
}

math::Aabb box_of(const std::vector<world::SprayPuff>& puffs) {
  math::Aabb box;
  for (const world::SprayPuff& p : puffs) {
    box.include(p.centre - Vec3d(3 * p.spread_m));
    box.include(p.centre + Vec3d(3 * p.spread_m));
  }
  return box;
}

bool meets(const math::Aabb& box, const Vec3d& origin, const Vec3d& direction, double limit_m) {
  double begin = 0, end = limit_m;
  for (int k = 0; k < 3; ++k) {
    const double a = (box.lower[k] - origin[k]) / direction[k];
    const double b = (box.upper[k] - origin[k]) / direction[k];
    begin = std::max(begin, std::min(a, b));
    end = std::min(end, std::max(a, b));
  }
  return begin <= end;
}

}  // namespace

Air::Air(const world::SceneWindow& window, std::int64_t stamp_ns, const WeatherLaws& laws)
    : weather_(window.environment),
      laws_(laws),
      plume_(window.environment, stamp_ns),
      spray_(world::spray_in(window, stamp_ns)) {
  const world::Environment& e = weather_;
  falling_per_m_ = rain_extinction_per_m(e.rain_mm_per_h, laws.rain) +
                   snow_extinction_per_m(e.snow_mm_per_h, laws.snow);
  dust_per_m_ = world::extinction_per_m(e.dust_visibility_m);
  fog_per_m_ = world::extinction_per_m(e.fog_visibility_m);
  const double seconds = static_cast<double>(stamp_ns) * 1e-9;
  core::RandomStream place(e.sky_seed, "fog banks");
  const double from_x = kElsewhereM * place.uniform();
  const double from_y = kElsewhereM * place.uniform();
  drift_ = {from_x - (e.wind_x_mps + kCalmMps) * seconds, from_y - e.wind_y_mps * seconds};
  for (const auto& puffs : spray_) spray_boxes_.push_back(box_of(puffs));
  clear_ = falling_per_m_ + dust_per_m_ + fog_per_m_ <= 0 && !has_local();
}

double Air::bank_at(double x, double y) const {
  const double px = x + drift_.x, py = y + drift_.y;
  const double n = 0.7 * noise(px / 47, py / 47, 201) + 0.3 * noise(px / 13, py / 13, 202);
  return 2 * smoothstep(0.34, 0.66, n);
}

double Air::fog_at(const Vec3d& p) const {
  double out = fog_per_m_;
  if (weather_.fog_height_m > 0) out *= std::exp(-std::max(p.z, 0.0) / weather_.fog_height_m);
  const double banks = std::clamp(weather_.fog_banks, 0.0, 1.0);
  if (banks > 0) out *= 1 + (bank_at(p.x, p.y) - 1) * banks;
  return out;
}

double Air::fog_depth(const Vec3d& origin, const Vec3d& direction, double distance_m) const {
  double depth = fog_per_m_ * distance_m;
  if (weather_.fog_height_m > 0) {
    const double fall = 1 / weather_.fog_height_m;
    const double x = std::clamp(direction.z * fall * distance_m, -20.0, 80.0);
    const double mean = std::abs(x) < 1e-3 ? 1 - 0.5 * x : (1 - std::exp(-x)) / x;
    depth *= std::exp(-std::max(origin.z, 0.0) * fall) * mean;
  }
  const double banks = std::clamp(weather_.fog_banks, 0.0, 1.0);
  if (banks <= 0) return depth;
  const double reach = std::min(distance_m, kBankReachM);
  double sum = 0;
  for (int i = 0; i < kBankSteps; ++i) {
    // Steps grow: what is near takes light from everything.
    const double u = (i + 0.5) / kBankSteps;
    sum +=
        bank_at(origin.x + direction.x * reach * u * u, origin.y + direction.y * reach * u * u) * u;
  }
  return depth * (1 + (sum * 2 / kBankSteps - 1) * banks);
}

double Air::depth(const Vec3d& origin, const Vec3d& direction, double distance_m) const {
  if (clear_) return 0;
  double out = (falling_per_m_ + dust_per_m_) * distance_m;
  if (fog_per_m_ > 0) out += fog_depth(origin, direction, distance_m);
  if (!plume_.empty()) out += plume_.depth(origin, direction, distance_m);
  for (std::size_t k = 0; k < spray_.size(); ++k) {
    if (!meets(spray_boxes_[k], origin, direction, distance_m)) continue;
    out += world::spray_depth(spray_[k], origin, direction, distance_m);
  }
  return out;
}

std::optional<AirEcho> Air::even_echo(const Vec3d& origin, const Vec3d& direction,
                                      double distance_m, double u) const {
  if (fog_per_m_ + dust_per_m_ <= 0 || distance_m <= kOverlapEndM) return std::nullopt;
  // Density 1/s^2 between the overlap and the surface.
  const double near = 1 / kOverlapEndM, far = 1 / distance_m;
  AirEcho out;
  out.range_m = 1 / (near + (far - near) * u);
  const double fog = fog_per_m_ > 0 ? fog_at(origin + direction * out.range_m) : 0;
  out.kind = fog >= dust_per_m_ ? Airborne::kFog : Airborne::kDust;
  out.backscatter_per_m_sr =
      fog_backscatter_per_m_sr(fog, laws_.fog) + dust_backscatter_per_m_sr(dust_per_m_);
  return out;
}

double Air::local_at(const Vec3d& p, double& smoke) const {
  smoke = plume_.empty() ? 0 : plume_.extinction_per_m(p);
  double spray = 0;
  for (const auto& puffs : spray_) spray += world::spray_extinction_per_m(puffs, p);
  return smoke + spray;
}

std::optional<AirEcho> Air::local_echo(const Vec3d& origin, const Vec3d& direction,
                                       double distance_m, double u) const {
  double begin = distance_m, end = 0;
  if (!plume_.empty()) {
    if (const auto chord = plume_.chord(origin, direction, distance_m)) {
      begin = std::min(begin, chord->begin_m);
      end = std::max(end, chord->end_m);
    }
  }
  for (std::size_t k = 0; k < spray_.size(); ++k) {
    if (!meets(spray_boxes_[k], origin, direction, distance_m)) continue;
    const Vec3d middle = 0.5 * (spray_boxes_[k].lower + spray_boxes_[k].upper);
    const double radius = 0.5 * glm::length(spray_boxes_[k].size());
    const double along = glm::dot(middle - origin, direction);
    begin = std::min(begin, std::max(along - radius, kOverlapEndM));
    end = std::max(end, std::min(along + radius, distance_m));
  }
  if (end <= begin) return std::nullopt;
  // Where the light that the clouds send back is spent: density extinction x exp(-2 depth).
  constexpr int kSteps = 32;
  const double step = (end - begin) / kSteps;
  double depth = 0, weight[kSteps], total = 0;
  for (int i = 0; i < kSteps; ++i) {
    double smoke = 0;
    const double per_m = local_at(origin + direction * (begin + (i + 0.5) * step), smoke);
    weight[i] = per_m * std::exp(-2 * depth);
    depth += per_m * step;
    total += weight[i];
  }
  if (total <= 0) return std::nullopt;
  double left = u * total;
  int i = 0;
  while (i + 1 < kSteps && left >= weight[i]) left -= weight[i++];
  AirEcho out;
  out.range_m = begin + (i + std::clamp(left / std::max(weight[i], 1e-300), 0.0, 1.0)) * step;
  double smoke = 0;
  const double per_m = local_at(origin + direction * out.range_m, smoke);
  out.kind = smoke > 0.5 * per_m ? Airborne::kSmoke : Airborne::kSpray;
  out.backscatter_per_m_sr = out.kind == Airborne::kSmoke
                                 ? dust_backscatter_per_m_sr(per_m)
                                 : fog_backscatter_per_m_sr(per_m, laws_.fog);
  return out;
}

}  // namespace oddroad::lidar
