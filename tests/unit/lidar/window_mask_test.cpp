#include "sensors/lidar/window_mask.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "engine/core/random.h"

namespace oddroad {
namespace {

lidar::FaultSettings dirt(double azimuth_rad, double elevation_rad, double width_rad,
                          double height_rad) {
  lidar::FaultSettings f;
  f.type = lidar::FaultType::kDirt;
  f.azimuth_rad = azimuth_rad;
  f.elevation_rad = elevation_rad;
  f.width_rad = width_rad;
  f.height_rad = height_rad;
  f.transmission = 0.3;
  return f;
}

// What each patch takes, without looking for those that may.
double plain(const std::vector<lidar::FaultSettings>& patches, double soft,
             const math::Vec3f& direction) {
  const double azimuth = std::atan2(direction.y, direction.x);
  const double elevation = std::asin(std::clamp<double>(direction.z, -1, 1));
  const auto covered = [&](double off, double width) {
    return std::clamp((0.5 * width - off) / soft + 0.5, 0.0, 1.0);
  };
  double out = 1;
  for (const auto& p : patches) {
    const double turn = std::abs(std::remainder(azimuth - p.azimuth_rad, 2 * M_PI));
    const double share =
        covered(turn, p.width_rad) * covered(std::abs(elevation - p.elevation_rad), p.height_rad);
    out *= std::pow(1 - share * (1 - p.transmission), 2);
  }
  return out;
}

TEST(WindowMask, PatchesAreFoundFromEveryDirection) {
  lidar::LidarModel model;
  model.optics.exit_diameter_m = 0.01;
  // One over the rear, one all round, one over the zenith, one named by more than a turn.
  const std::vector<lidar::FaultSettings> patches = {
      dirt(3.0, 0.1, 0.7, 0.3), dirt(0.4, -0.3, 6.4, 0.05), dirt(-1, 1.5, 0.5, 0.4),
      dirt(7.5, 0, 0.2, 0.2)};
  const lidar::WindowMask mask(patches, 0, model, 1, 0);
  core::RandomStream random(3, "directions");
  int covered = 0;
  for (int i = 0; i < 20000; ++i) {
    const double azimuth = random.uniform(-M_PI, M_PI), z = random.uniform(-1, 1);
    const double level = std::sqrt(1 - z * z);
    const math::Vec3f direction(level * std::cos(azimuth), level * std::sin(azimuth), z);
    const double expected = plain(patches, 0.01 / lidar::WindowMask::kWindowRadiusM, direction);
    EXPECT_NEAR(mask.passes(direction), expected, 1e-12);
    covered += expected < 1 ? 1 : 0;
  }
  EXPECT_GT(covered, 1000);
}

}  // namespace
}  // namespace oddroad
