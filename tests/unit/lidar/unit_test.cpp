#include "sensors/lidar/unit.h"

#include <cmath>

#include <gtest/gtest.h>

#include "sensors/lidar/lidar_settings.h"
#include "sensors/lidar/model_file.h"

namespace oddroad {
namespace {

lidar::LidarModel unit(const std::string& name, std::int64_t number) {
  auto model = lidar::load_lidar_model(name, {{ODDROAD_SOURCE_DIR}});
  EXPECT_TRUE(model.has_value());
  lidar::make_unit(number, *model);
  return *model;
}

TEST(Unit, IsDrawnOnceByModelAndNumber) {
  EXPECT_EQ(unit("hesai_ot128", 7).beams, unit("hesai_ot128", 7).beams);
  EXPECT_NE(unit("hesai_ot128", 7).beams, unit("hesai_ot128", 8).beams);
  const auto table = lidar::load_lidar_model("hesai_ot128", {{ODDROAD_SOURCE_DIR}});
  EXPECT_EQ(unit("hesai_ot128", 0).beams, table->beams);
  EXPECT_NE(unit("hesai_pandar64", 7).beams[0].range_bias_m,
            unit("hesai_xt32", 7).beams[0].range_bias_m);
  const auto node = core::parse_yaml("{model: hesai_ot128, unit: 7}", "rig.yaml");
  const auto settings = lidar::parse_lidar_settings(*node, {{ODDROAD_SOURCE_DIR}});
  ASSERT_TRUE(settings.has_value());
  EXPECT_EQ(settings->model.unit, 7);
  EXPECT_EQ(settings->model.beams, unit("hesai_ot128", 7).beams);
}

TEST(Unit, ALaserIsOneLaserInBothStates) {
  const auto model = unit("hesai_ot128_highres", 3);
  for (const auto& a : model.beams) {
    for (const auto& b : model.beams) {
      if (a.ring != b.ring) continue;
      EXPECT_EQ(a.elevation_rad, b.elevation_rad);
      EXPECT_EQ(a.azimuth_offset_rad, b.azimuth_offset_rad);
      EXPECT_EQ(a.range_bias_m, b.range_bias_m);
    }
  }
}

TEST(Unit, SpreadIsThatOfRealUnits) {
  const auto nominal = unit("velodyne_vls128", 0);
  double squares[3] = {0, 0, 0}, sum = 0;
  int n = 0;
  for (std::int64_t u = 1; u <= 40; ++u) {
    const auto model = unit("velodyne_vls128", u);
    for (std::size_t k = 0; k < model.beams.size(); ++k, ++n) {
      const auto& a = model.beams[k];
      const auto& b = nominal.beams[k];
      ASSERT_EQ(a.ring, b.ring);
      squares[0] += std::pow(a.elevation_rad - b.elevation_rad, 2);
      squares[1] += std::pow(a.azimuth_offset_rad - b.azimuth_offset_rad, 2);
      squares[2] += std::pow(a.range_bias_m, 2);
      sum += a.range_bias_m;
    }
  }
  const double degree = M_PI / 180;
  EXPECT_NEAR(std::sqrt(squares[0] / n) / degree, lidar::kUnitElevation_deg, 0.001);
  EXPECT_NEAR(std::sqrt(squares[1] / n) / degree, lidar::kUnitAzimuth_deg, 0.0015);
  EXPECT_NEAR(std::sqrt(squares[2] / n), lidar::kUnitRange_m, 0.0003);
  EXPECT_NEAR(sum / n, 0, 0.0004);
}

}  // namespace
}  // namespace oddroad
