#include "sensors/lidar/plume.h"

#include <algorithm>
#include <cmath>

#include "render/shaders/puddles.h"

namespace oddroad::lidar {

using math::Vec3d;

namespace {

constexpr int kPlumeSteps = 16;
constexpr double kRiseMps = 1.4;  // the pictures' (render/shade/weather_record.cpp)

double noise(double x, double y, std::uint32_t seed) {
  return shaders::puddle_noise(static_cast<float>(x), static_cast<float>(y), seed);
}

double smoothstep(double low, double high, double x) {
  const double u = std::clamp((x - low) / (high - low), 0.0, 1.0);
  return u * u * (3 - 2 * u);
}

}  // namespace

Plume::Plume(const world::Environment& environment, std::int64_t stamp_ns)
    : weather_(environment),
      per_m_(world::extinction_per_m(environment.smoke_visibility_m)),
      seconds_(static_cast<double>(stamp_ns) * 1e-9) {}

// Smoke: a leaning column that widens and breaks up as it rises.
double Plume::extinction_per_m(const Vec3d& p) const {
  const world::Environment& e = weather_;
  const double foot_radius = std::max(e.smoke_radius_m, 0.1);
  const double height = p.z - e.smoke_z_m;
  const double up = std::max(height, 0.0);
  const double radius = foot_radius * (0.7 + 0.22 * up / foot_radius);
  const double dx = p.x - e.smoke_x_m - e.wind_x_mps / kRiseMps * up;
  const double dy = p.y - e.smoke_y_m - e.wind_y_mps / kRiseMps * up;
  const double r2 = (dx * dx + dy * dy) / (radius * radius);
  if (r2 > 6) return 0;
  const double rise = 1.4 * seconds_;
  const double ax = p.x + 0.6 * p.y, ay = height - rise;
  const double bx = p.y - 0.6 * p.x, by = height - 1.3 * rise;
  const double ragged = noise(ax / 2.3, ay / 2.3, 211) + noise(bx / 1.7, by / 1.7, 212) +
                        0.5 * noise((ax + bx) / 0.7, (ay + by) / 0.7, 213);
  return per_m_ * std::exp(-1.6 * r2) * smoothstep(0.55, 1.6, ragged) * std::exp(-up / 25) *
         smoothstep(-0.3, 0.2, height);
}

std::optional<Plume::Chord> Plume::chord(const Vec3d& origin, const Vec3d& direction,
                                         double distance_m) const {
  const world::Environment& e = weather_;
  const double reach = 5 * std::max(e.smoke_radius_m, 0.1) + 12;
  const Vec3d centre(e.smoke_x_m + e.wind_x_mps / kRiseMps * 0.6 * reach,
                     e.smoke_y_m + e.wind_y_mps / kRiseMps * 0.6 * reach,
                     e.smoke_z_m + 0.6 * reach);
  const Vec3d to = centre - origin;
  const double along = glm::dot(to, direction);
  const double half2 = reach * reach - glm::dot(to, to) + along * along;
  if (half2 <= 0) return std::nullopt;
  const Chord chord{std::clamp(along - std::sqrt(half2), 0.0, distance_m),
                    std::clamp(along + std::sqrt(half2), 0.0, distance_m)};
  return chord.end_m > chord.begin_m ? std::optional(chord) : std::nullopt;
}

double Plume::depth(const Vec3d& origin, const Vec3d& direction, double distance_m) const {
  const auto way = chord(origin, direction, distance_m);
  if (!way) return 0;
  const double step = (way->end_m - way->begin_m) / kPlumeSteps;
  double sum = 0;
  for (int i = 0; i < kPlumeSteps; ++i) {
    sum += extinction_per_m(origin + direction * (way->begin_m + (i + 0.5) * step));
  }
  return sum * step;
}

}  // namespace oddroad::lidar
