#include "road_fixture.h"

#include <cmath>

#include "engine/road/stations.h"

namespace oddroad::road {
namespace {

using namespace testing;
using math::Vec3d;

TEST(Road, ElevationTiltsTheFrame) {
  const std::string climb =
      "<elevationProfile><elevation s=\"0\" a=\"2\" b=\"0.1\" c=\"0\" d=\"0\"/></elevationProfile>";
  const RoadMap map = parsed(one_road("100", geometry("100", "<line/>"), two_lanes(), climb));
  const RoadFrame f = map.roads[0].frame(50);
  EXPECT_NEAR(f.position.z, 7, 1e-12);
  EXPECT_NEAR(f.pitch_rad, std::atan(0.1), 1e-12);
  EXPECT_NEAR(f.forward.z, std::sin(std::atan(0.1)), 1e-12);
  EXPECT_NEAR(glm::length(glm::cross(f.forward, f.left) - f.up), 0, 1e-12);
  // Beyond the ends it goes on climbing.
  EXPECT_NEAR(map.roads[0].position(110, 0).z, 13, 1e-12);
}

TEST(Road, PositiveSuperelevationLiftsTheLeftAndTRunsAlongTheTilt) {
  const std::string roll =
      "<lateralProfile><superelevation s=\"0\" a=\"0.1\" b=\"0\" c=\"0\" "
      "d=\"0\"/></lateralProfile>";
  const RoadMap map = parsed(one_road("100", geometry("100", "<line/>"), two_lanes(), roll));
  const Road& road = map.roads[0];
  EXPECT_NEAR(road.position(10, 3).y, 3 * std::cos(0.1), 1e-12);
  EXPECT_NEAR(road.position(10, 3).z, 3 * std::sin(0.1), 1e-12);
  EXPECT_NEAR(road.position(10, -3).z, -3 * std::sin(0.1), 1e-12);
  EXPECT_NEAR(road.position(10, 0, 2).y, -2 * std::sin(0.1), 1e-12);
}

TEST(Road, LaneOffsetMovesLanesAndWidthsAddUp) {
  const std::string offset = "<laneOffset s=\"0\" a=\"1\" b=\"0.01\" c=\"0\" d=\"0\"/>";
  const RoadMap map = parsed(one_road("100", geometry("100", "<line/>"), offset + two_lanes()));
  const Road& road = map.roads[0];
  const LaneStrip left = road.strip(0, 1, 50);
  EXPECT_DOUBLE_EQ(left.inner_t_m, 1.5);
  EXPECT_DOUBLE_EQ(left.outer_t_m, 5);
  EXPECT_DOUBLE_EQ(road.strip(0, -1, 50).outer_t_m, -2);
  EXPECT_DOUBLE_EQ(road.centre_slope(0, -1, 50), 0.01);
  EXPECT_EQ(road.lane_at(50, 1.6), 1);
  EXPECT_EQ(road.lane_at(50, 1.4), -1);
  EXPECT_EQ(road.lane_at(50, 6), std::nullopt);
  EXPECT_DOUBLE_EQ(road.position(50, 0).y, 0);  // the reference line stays
}

TEST(Road, BordersAreTheAlternativeToWidths) {
  const auto lane = [](int id, const std::string& border) {
    return "<lane id=\"" + std::to_string(id) + "\" type=\"driving\"><border sOffset=\"0\" a=\"" +
           border + "\" b=\"0\" c=\"0\" d=\"0\"/></lane>";
  };
  const std::string lanes = "<laneSection s=\"0\"><left>" + lane(2, "5") + lane(1, "3") +
                            "</left><center><lane id=\"0\"/></center><right>" + lane(-1, "-4") +
                            "</right></laneSection>";
  const RoadMap map = parsed(one_road("100", geometry("100", "<line/>"), lanes));
  EXPECT_DOUBLE_EQ(map.roads[0].strip(0, 2, 10).inner_t_m, 3);
  EXPECT_DOUBLE_EQ(map.roads[0].strip(0, 2, 10).outer_t_m, 5);
  EXPECT_DOUBLE_EQ(map.roads[0].strip(0, -1, 10).outer_t_m, -4);
}

TEST(Road, LeftHandTrafficReversesDirections) {
  const RoadMap right = parsed(one_road("100", geometry("100", "<line/>"), two_lanes()));
  const RoadMap left =
      parsed(one_road("100", geometry("100", "<line/>"), two_lanes(), "", "rule=\"LHT\""));
  const auto direction = [](const RoadMap& map, int lane) {
    return map.roads[0].driving_direction(*map.roads[0].sections[0].find(lane));
  };
  EXPECT_EQ(direction(right, -1), 1);
  EXPECT_EQ(direction(right, 1), -1);
  EXPECT_EQ(direction(left, -1), -1);
  EXPECT_EQ(direction(left, 1), 1);
}

TEST(Road, KerbStandsAboveTheParkingLane) {
  const auto map = load_opendrive(own_map("town_street"));
  ASSERT_TRUE(map.has_value());
  const Road& road = map->roads[0];
  const double z = road.position(0, 0).z;
  EXPECT_NEAR(road.surface(0, 0, -5.0).z, z, 1e-12);
  EXPECT_NEAR(road.surface(0, 0, -7.0).z, z + 0.12, 1e-12);
  EXPECT_NEAR(road.surface(0, 0, -20.0).z, z + 0.12, 1e-12);
}

TEST(Road, LevelLanesStayHorizontal) {
  const std::string roll =
      "<lateralProfile><superelevation s=\"0\" a=\"0.1\" b=\"0\" c=\"0\" "
      "d=\"0\"/></lateralProfile>";
  const std::string lanes =
      "<laneSection s=\"0\"><left><lane id=\"2\" type=\"sidewalk\" level=\"true\">" + width("2") +
      "</lane><lane id=\"1\" type=\"driving\">" + width("3") +
      "</lane></left><center><lane id=\"0\"/></center></laneSection>";
  const RoadMap map = parsed(one_road("100", geometry("100", "<line/>"), lanes, roll));
  const Vec3d inner = map.roads[0].lane_point(0, 2, 10, 0);
  const Vec3d outer = map.roads[0].lane_point(0, 2, 10, 1);
  EXPECT_NEAR(inner.z, 3 * std::sin(0.1), 1e-12);
  EXPECT_NEAR(outer.z, inner.z, 1e-12);
  EXPECT_NEAR(outer.y - inner.y, 2, 1e-12);
}

TEST(Stations, KeepEveryLaneBorderNearItsChord) {
  for (const char* name : {"town_street", "motorway_3lane"}) {
    const auto map = load_opendrive(own_map(name));
    ASSERT_TRUE(map.has_value());
    const Road& road = map->roads[0];
    const std::vector<double> s = section_stations(road, 0);
    EXPECT_EQ(s.front(), 0);
    EXPECT_EQ(s.back(), road.length_m);
    double lateral = 0;
    double vertical = 0;
    for (std::size_t i = 1; i < s.size(); ++i) {
      ASSERT_GT(s[i], s[i - 1]);
      for (const Lane& lane : road.sections[0].lanes) {
        const auto at = [&](double u) {
          const double x = s[i - 1] + u * (s[i] - s[i - 1]);
          return road.position(x, road.strip(0, lane.id, x).outer_t_m);
        };
        for (int k = 1; k < 10; ++k) {
          const Vec3d off = at(0.1 * k) - (at(0) + 0.1 * k * (at(1) - at(0)));
          const Vec3d chord = at(1) - at(0);
          lateral = std::max(
              lateral, std::abs(chord.x * off.y - chord.y * off.x) / std::hypot(chord.x, chord.y));
          vertical = std::max(vertical, std::abs(off.z));
        }
      }
    }
    EXPECT_LE(lateral, 0.0101) << name;
    EXPECT_LE(vertical, 0.0202) << name;
    EXPECT_LT(s.size(), 1000U) << name;
  }
}

TEST(Stations, StandAtEveryRecord) {
  const auto map = load_opendrive(own_map("motorway_3lane"));
  ASSERT_TRUE(map.has_value());
  const Road& road = map->roads[0];
  const std::vector<double> s = adaptive_stations(road, 0, road.length_m);
  for (const PlanCurve& curve : road.reference.curves()) {
    EXPECT_NE(std::find(s.begin(), s.end(), curve.record().s_m), s.end());
  }
  for (const Cubic& cubic : road.superelevation.records()) {
    EXPECT_NE(std::find(s.begin(), s.end(), cubic.s_m), s.end());
  }
}

}  // namespace
}  // namespace oddroad::road
