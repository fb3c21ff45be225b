#include "sensors/lidar/shot_pattern.h"

#include <cmath>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "sensors/lidar/model_file.h"

namespace oddroad {
namespace {

using capture::LidarBeam;
using capture::LidarScan;
using lidar::Shot;

LidarScan spinning(std::uint32_t columns, std::uint16_t states = 1) {
  return {100'000'000, 0, 100'000'000, columns, states, M_PI, 2 * M_PI, {}};
}

TEST(ShotPattern, HeadTurnsClockwiseFromTheRear) {
  const lidar::ShotPattern pattern(spinning(4), {LidarBeam{.elevation_rad = 0.1}});
  std::vector<Shot> room;
  const auto shots = pattern.shots(0, room);
  ASSERT_EQ(shots.size(), 4u);
  EXPECT_TRUE(room.empty());
  const double expected[4] = {M_PI, M_PI / 2, 0, -M_PI / 2};  // rear, left, front, right
  for (std::size_t c = 0; c < 4; ++c) {
    EXPECT_EQ(shots[c].column, c);
    EXPECT_EQ(shots[c].offset_ns, static_cast<std::int64_t>(c) * 25'000'000);
    EXPECT_NEAR(
        math::wrap_angle(std::atan2(shots[c].direction.y, shots[c].direction.x) - expected[c]), 0,
        1e-6);
    EXPECT_NEAR(std::asin(shots[c].direction.z), 0.1, 1e-6);
  }
}

TEST(ShotPattern, BeamFiresInItsStateAlone) {
  const lidar::ShotPattern pattern(spinning(6, 2),
                                   {LidarBeam{.fire_time_ns = 10, .ring = 0, .state = 0},
                                    LidarBeam{.fire_time_ns = 20, .ring = 1, .state = 0},
                                    LidarBeam{.fire_time_ns = 5, .ring = 1, .state = 1}});
  std::vector<Shot> room;
  const auto shots = pattern.shots(0, room);
  ASSERT_EQ(shots.size(), 9u);
  std::set<std::pair<std::uint32_t, int>> names;
  for (const Shot& s : shots) {
    EXPECT_TRUE(names.emplace(s.column, s.ring).second);
    EXPECT_EQ(s.column % 2, s.beam == 2 ? 1u : 0u);
    EXPECT_EQ(s.offset_ns - pattern.scan().column_ns(s.column), s.beam == 2   ? 5
                                                                : s.ring == 0 ? 10
                                                                              : 20);
  }
}

TEST(ShotPattern, LeverArmsTurnWithTheBeamAndTheOriginWithTheHead) {
  const double offset = 0.3;
  const lidar::ShotPattern pattern(
      spinning(360), {LidarBeam{.elevation_rad = -0.2,
                                .azimuth_offset_rad = offset,
                                .vertical_offset_m = 0.2,
                                .horizontal_offset_m = 0.03},
                      LidarBeam{.azimuth_offset_rad = offset, .ring = 1, .forward_offset_m = 0.5}});
  std::vector<Shot> room;
  for (const Shot& s : pattern.shots(0, room)) {
    if (s.ring == 1) {
      const double head = M_PI - 2 * M_PI * s.column / 360;
      EXPECT_NEAR(s.origin.x, 0.5 * std::cos(head), 1e-6);
      EXPECT_NEAR(s.origin.y, 0.5 * std::sin(head), 1e-6);
    } else {
      EXPECT_NEAR(glm::dot(s.origin, s.direction), 0, 1e-6);
      EXPECT_NEAR(s.origin.z, 0.2 * std::cos(0.2), 1e-6);
      EXPECT_NEAR(glm::length(s.origin), std::hypot(0.2, 0.03), 1e-6);
    }
  }
}

TEST(ShotPattern, RotorsGoOnFromSweepToSweep) {
  LidarScan scan{100'000'000, 0, 100'000'000, 10'000, 1, 0, 0, {}};
  scan.rotors = {{7294.0 / 60, 0.1676, 0.1676, 0}, {-4664.0 / 60, 0.1676, 0.1676, 0}};
  const lidar::ShotPattern pattern(scan, {LidarBeam{}});
  EXPECT_FALSE(pattern.repeats());
  std::vector<Shot> room;
  std::vector<Shot> again;
  for (const std::int64_t begin : {std::int64_t{0}, std::int64_t{1'000'000'000'000}}) {
    const auto shots = pattern.shots(begin, room);
    ASSERT_EQ(shots.size(), 10'000u);
    for (const Shot& s : shots) {
      EXPECT_NEAR(glm::length(s.direction), 1, 1e-6);
      EXPECT_GE(s.direction.x, std::cos(2 * 0.1676) - 1e-6);
    }
    // The same instant, asked for through a sweep that starts earlier.
    const auto earlier = pattern.shots(begin - 10'000, again);
    EXPECT_LT(glm::length(earlier[1].direction - shots[0].direction), 1e-6f);
  }
}

TEST(LidarModel, RangesOpticsAndRatesAreRead) {
  const auto model = lidar::load_lidar_model("velodyne_vls128", {{ODDROAD_SOURCE_DIR}});
  ASSERT_TRUE(model.has_value()) << core::to_string(model.error());
  EXPECT_EQ(model->cycle_ns, 53'300);
  EXPECT_NEAR(model->optics.wavelength_nm, 903, 1e-9);
  EXPECT_NEAR(model->optics.divergence_h_rad, 0.003, 1e-12);
  EXPECT_NEAR(model->optics.pulse_ns, 6, 1e-9);
  EXPECT_EQ(model->return_modes.size(), 3u);
  EXPECT_EQ(to_string(model->rates), "5 to 20 Hz");
  EXPECT_EQ(model->scan().columns, 1876u);
}

}  // namespace
}  // namespace oddroad
