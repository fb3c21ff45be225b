// Scanners that never repeat.
#include <cmath>
#include <set>

#include <glm/gtc/quaternion.hpp>
#include <gtest/gtest.h>

#include "sensors/lidar/model_file.h"
#include "sensors/lidar/shot_pattern.h"

namespace oddroad {
namespace {

using lidar::Shot;

constexpr double kDegree = M_PI / 180;

lidar::ShotPattern pattern_of(const std::string& name) {
  const auto model = lidar::load_lidar_model(name, {{ODDROAD_SOURCE_DIR}});
  EXPECT_TRUE(model.has_value()) << core::to_string(model.error());
  return {model->scan(), model->beams};
}

// Angles from the axis, in degrees: left and up.
math::Vec2d angles(const Shot& shot) {
  const math::Vec3d d(shot.direction);
  const double across = std::hypot(d.y, d.z);
  const double off = std::atan2(across, d.x) / kDegree;
  return across > 0 ? math::Vec2d(d.y, d.z) * (off / across) : math::Vec2d(0);
}

// Share of the cells of half a degree of the field that were hit.
template <typename Inside>
double coverage(const lidar::ShotPattern& pattern, int sweeps, const Inside& inside) {
  std::set<std::pair<int, int>> hit;
  std::vector<Shot> room;
  for (int k = 0; k < sweeps; ++k) {
    for (const Shot& shot : pattern.shots(k * 100'000'000ll, room)) {
      const auto a = angles(shot);
      const int i = static_cast<int>(std::floor(2 * a.x)),
                j = static_cast<int>(std::floor(2 * a.y));
      if (inside(i / 2.0 + 0.25, j / 2.0 + 0.25)) hit.emplace(i, j);
    }
  }
  int all = 0;
  for (int i = -200; i < 200; ++i) {
    for (int j = -200; j < 200; ++j) all += inside(i / 2.0 + 0.25, j / 2.0 + 0.25);
  }
  return double(hit.size()) / all;
}

TEST(Rosette, MidFillsItsCircleWithTime) {
  const auto pattern = pattern_of("livox_mid40");
  EXPECT_EQ(pattern.size(), 10'000u);
  const auto circle = [](double x, double y) {
    return std::hypot(x, y) < 19;
  };
  const double one = coverage(pattern, 1, circle);
  const double ten = coverage(pattern, 10, circle);
  EXPECT_GT(one, 0.3);
  EXPECT_GT(ten, 0.9);
  EXPECT_GT(ten, one);
  std::vector<Shot> room;
  double widest = 0;
  for (const Shot& shot : pattern.shots(0, room)) {
    widest = std::max(widest, glm::length(angles(shot)));
  }
  EXPECT_NEAR(widest, 19.2, 0.05);
}

// Where the axis goes that is turned by the sum of the deflections, one shot after the other.
math::Vec3d aimed(const capture::LidarScan& scan, const capture::LidarBeam& beam,
                  std::int64_t stamp_ns) {
  math::Vec3d left_up(0, beam.azimuth_offset_rad, beam.elevation_rad);
  for (const capture::LidarRotor& r : scan.rotors) {
    const long double angle = 2 * M_PIl * r.frequency_hz * 1e-9L * stamp_ns + r.phase_rad;
    left_up += math::Vec3d(0, r.horizontal_rad * double(std::cos(angle)),
                           r.vertical_rad * double(std::sin(angle)));
  }
  const double off = glm::length(left_up);
  return glm::angleAxis(off, glm::cross(math::Vec3d(1, 0, 0), left_up / off)) *
         math::Vec3d(1, 0, 0);
}

void expect_aimed(const capture::LidarScan& scan, const std::vector<capture::LidarBeam>& beams) {
  const lidar::ShotPattern pattern(scan, beams);
  std::vector<Shot> room;
  for (const std::int64_t begin : {0ll, 3'700'000'000ll, 600'000'000'000ll}) {
    double most = 0;
    for (const Shot& shot : pattern.shots(begin, room)) {
      most = std::max(most, glm::length(math::Vec3d(shot.direction) -
                                        aimed(scan, beams[shot.beam], begin + shot.offset_ns)));
      ASSERT_EQ(shot.origin, math::Vec3f(0));
    }
    EXPECT_LT(most, 1.2e-7) << begin;  // of single precision
  }
}

TEST(Rosette, BeamsLookWhereTheSumOfTheDeflectionsSays) {
  for (const char* name : {"livox_mid40", "livox_mid70", "livox_avia_like", "livox_hap_like"}) {
    const auto model = lidar::load_lidar_model(name, {{ODDROAD_SOURCE_DIR}});
    ASSERT_TRUE(model.has_value()) << core::to_string(model.error());
    SCOPED_TRACE(name);
    expect_aimed(model->scan(), model->beams);
  }
}

TEST(Rosette, BeamsMayLookFarAsideAndRotorsTurnBetweenShots) {
  capture::LidarScan scan{100'000'000, 0, 100'000'000, 1'000, 1, 0, 0, {}};
  const std::vector<capture::LidarBeam> beams{capture::LidarBeam{.azimuth_offset_rad = 0.2},
                                              capture::LidarBeam{.elevation_rad = -0.1}};
  scan.rotors = {{3.1, 1.1, 1.3, 0.4}, {-2.3, 0.5, 0.4, 0}};  // up to 114 degrees from the axis
  expect_aimed(scan, beams);
  scan.rotors = {{740.0, 0.2, 0.2, 0.4}};  // half a turn in seven shots
  expect_aimed(scan, beams);
}

TEST(Rosette, SweepsOfAClipAreNeverTheSame) {
  for (const char* name : {"livox_mid70", "livox_avia_like", "livox_hap_like"}) {
    const auto pattern = pattern_of(name);
    EXPECT_FALSE(pattern.repeats());
    std::vector<Shot> first, other;
    EXPECT_EQ(pattern.shots(0, first).size(), pattern.size());
    for (int k = 1; k < 200; ++k) {
      EXPECT_EQ(pattern.shots(k * 100'000'000ll, other).size(), first.size());
      double most = 0;
      for (std::size_t i = 0; i < first.size(); i += 100) {
        most = std::max(most, double(glm::length(first[i].direction - other[i].direction)));
      }
      EXPECT_GT(most, 0.01) << name << " sweep " << k;
    }
  }
}

TEST(Rosette, FieldsAreThoseOfTheDataSheets) {
  struct Case {
    const char* name;
    double left_deg, up_deg;
  };
  for (const auto& [name, left_deg, up_deg] : std::vector<Case>{{"livox_mid70", 35.2, 35.2},
                                                                {"livox_avia_like", 35.2, 38.6},
                                                                {"livox_hap_like", 60, 12.5}}) {
    const auto pattern = pattern_of(name);
    std::vector<Shot> room;
    double left = 0, up = 0;
    for (int k = 0; k < 20; ++k) {
      for (const Shot& shot : pattern.shots(k * 100'000'000ll, room)) {
        left = std::max(left, std::abs(angles(shot).x));
        up = std::max(up, std::abs(angles(shot).y));
      }
    }
    EXPECT_NEAR(left, left_deg, 0.2) << name;
    EXPECT_NEAR(up, up_deg, 0.2) << name;
  }
  const auto field = [](double x, double y) {
    return std::abs(x) < 59 && std::abs(y) < 12;
  };
  EXPECT_GT(coverage(pattern_of("livox_hap_like"), 1, field), 0.5);
  EXPECT_GT(coverage(pattern_of("livox_hap_like"), 10, field), 0.95);
}

}  // namespace
}  // namespace oddroad
