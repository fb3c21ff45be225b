#include "engine/sim/friction.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace oddroad::sim {
namespace {

constexpr std::array<double, 3> kSpeed_mps = {50 / 3.6, 90 / 3.6, 130 / 3.6};
constexpr std::array<double, 4> kFilm_mm = {0, 0.2, 1, 2};
constexpr double kTable[3][4] = {
    {0.85, 0.65, 0.55, 0.50}, {0.80, 0.60, 0.30, 0.05}, {0.75, 0.55, 0.20, 0.0}};

template <std::size_t N>
std::pair<std::size_t, double> between(const std::array<double, N>& grid, double x) {
  std::size_t i = 0;
  while (i + 2 < N && x > grid[i + 1]) ++i;
  return {i, std::clamp((x - grid[i]) / (grid[i + 1] - grid[i]), 0.0, 1.0)};
}

}  // namespace

double water_film_mm(double rain_mm_per_h) {
  constexpr double kDrainageLength_m = 3.5;
  constexpr double kCrossfall = 0.025;
  if (rain_mm_per_h <= 0) return 0;
  return 0.046 * std::sqrt(kDrainageLength_m * rain_mm_per_h) / std::pow(kCrossfall, 0.2);
}

double friction_coefficient(double speed_mps, double film_mm) {
  const auto [i, u] = between(kSpeed_mps, speed_mps);
  const auto [j, w] = between(kFilm_mm, film_mm);
  const auto row = [&, j = j, w = w](std::size_t r) {
    return kTable[r][j] * (1 - w) + kTable[r][j + 1] * w;
  };
  return row(i) * (1 - u) + row(i + 1) * u;
}

double friction_coefficient(const RoadCover& cover, double speed_mps) {
  if (cover.fixed) return *cover.fixed;
  const double bare = friction_coefficient(speed_mps, cover.film_mm);
  const double snow = std::min(cover.snow, 1 - cover.ice);
  return bare * (1 - cover.ice - snow) + std::min(kSnowFriction, bare) * snow +
         std::min(kIceFriction, bare) * cover.ice;
}

double GripMap::at(const math::Vec2d& p, double speed_mps) const {
  for (auto patch = patches_.rbegin(); patch != patches_.rend(); ++patch) {
    const math::Vec2d d = p - patch->where.centre;
    if (std::abs(glm::dot(d, patch->where.forward)) <= patch->where.half_length_m &&
        std::abs(glm::dot(d, patch->where.left())) <= patch->where.half_width_m) {
      return patch->friction;
    }
  }
  return friction_coefficient(road_, speed_mps);
}

}  // namespace oddroad::sim
