// Crossfall, shape and cross section surface against closed forms and their own derivatives.
#include "engine/road/lateral_shape.h"

#include "road_fixture.h"

#include <cmath>

#include "engine/road/lane_graph.h"
#include "engine/road/locator.h"
#include "engine/road/stations.h"

namespace oddroad::road {
namespace {

using namespace testing;
using math::Vec3d;

std::string cubic(const std::string& name, const std::string& position, double a, double b = 0,
                  double c = 0, double d = 0) {
  return "<" + name + " " + position + " a=\"" + std::to_string(a) + "\" b=\"" + std::to_string(b) +
         "\" c=\"" + std::to_string(c) + "\" d=\"" + std::to_string(d) + "\"/>";
}

RoadMap with_lateral(const std::string& lateral, const std::string& shape = "<line/>",
                     const std::string& lanes = two_lanes(), const std::string& elevation = "") {
  RoadMap map = parsed(one_road("100", geometry("100", shape), lanes,
                                elevation + "<lateralProfile>" + lateral + "</lateralProfile>"));
  EXPECT_TRUE(map.warnings.empty()) << core::to_string(map.warnings);
  return map;
}

std::string crown() {
  return cubic("shape", "s=\"0\" t=\"-4\"", 0) + cubic("shape", "s=\"0\" t=\"-3\"", 0, 0.15) +
         cubic("shape", "s=\"0\" t=\"0\"", 0.45, -0.1);
}

std::string strips(const std::string& mode) {
  const auto part = [](const std::string& name, double a, double b = 0) {
    return "<" + name + ">" + cubic("coefficients", "s=\"0\"", a, b) + "</" + name + ">";
  };
  return "<crossSectionSurface>" + part("tOffset", 0.5, 0.01) + "<surfaceStrips><strip id=\"1\">" +
         part("width", 3, 0.005) + part("constant", 0.1) + part("linear", -0.02, 1e-4) +
         "</strip><strip id=\"2\"" + mode + ">" + part("constant", 0.05) + part("quadratic", 0.01) +
         part("cubic", -0.001) + "</strip><strip id=\"-1\">" + part("constant", 0.1) +
         part("linear", 0.03) + "</strip></surfaceStrips></crossSectionSurface>";
}

TEST(LateralShape, CrossfallFallsToBothSidesFromTheReferenceLine) {
  const RoadMap map = with_lateral(cubic("crossfall", "side=\"both\" s=\"0\"", 0.03));
  const Road& road = map.roads[0];
  EXPECT_NEAR(road.position(10, 3).z, -3 * std::tan(0.03), 1e-12);
  EXPECT_NEAR(road.position(10, -3).z, -3 * std::tan(0.03), 1e-12);
  EXPECT_DOUBLE_EQ(road.position(10, 3).y, 3);
  EXPECT_NEAR(road.surface(0, 10, -2).z, -2 * std::tan(0.03), 1e-12);
  EXPECT_NEAR(road.lane_point(0, 1, 10, 1).z, -3.5 * std::tan(0.03), 1e-12);
  EXPECT_NEAR(road.frame(10, 2).roll_rad, -0.03, 1e-12);
  EXPECT_NEAR(road.frame(10, -2).roll_rad, 0.03, 1e-12);
  EXPECT_NEAR(road.frame(10, 0).roll_rad, 0, 1e-12);
}

TEST(LateralShape, CrossfallKeepsItsSideAndAddsToTheSuperelevation) {
  const RoadMap map = with_lateral(cubic("superelevation", "s=\"0\"", 0.05) +
                                   cubic("crossfall", "side=\"left\" s=\"0\"", 0.02, 0.0002));
  const Road& road = map.roads[0];
  // On the left the surface leans by superelevation less crossfall, which grows to 0.04 at s = 100.
  EXPECT_NEAR(road.frame(100, 3).roll_rad, 0.05 - 0.04, 1e-6);
  EXPECT_NEAR(road.frame(100, -3).roll_rad, 0.05, 1e-12);
  const Vec3d left = road.position(50, 3);
  EXPECT_NEAR(std::atan2(left.z, left.y), 0.05 - 0.03, 1e-12);
}

TEST(LateralShape, ShapeIsTheCrownOfTheStandardAndLinearBetweenStations) {
  const RoadMap map = with_lateral(crown() + cubic("shape", "s=\"80\" t=\"-4\"", 0.2));
  const Road& road = map.roads[0];
  EXPECT_NEAR(road.position(0, -3.5).z, 0, 1e-12);
  EXPECT_NEAR(road.position(0, -1).z, 0.3, 1e-12);
  EXPECT_NEAR(road.position(0, 0).z, 0.45, 1e-12);
  EXPECT_NEAR(road.position(0, 4).z, 0.05, 1e-12);
  EXPECT_NEAR(road.position(20, 0).z, 0.75 * 0.45 + 0.25 * 0.2, 1e-12);
  EXPECT_NEAR(road.position(90, 0).z, 0.2, 1e-12);
  // Left of its first record a row goes on level.
  EXPECT_NEAR(road.position(0, -9).z, 0, 1e-12);
}

TEST(LateralShape, CrossSectionSurfaceFollowsTheStandard) {
  for (const bool relative : {false, true}) {
    const RoadMap map = with_lateral(strips(relative ? " mode=\"relative\"" : ""));
    const Road& road = map.roads[0];
    const double offset = 0.5 + 0.01 * 20;
    const double width = 3 + 0.005 * 20;
    const double linear = -0.02 + 1e-4 * 20;
    EXPECT_NEAR(road.position(20, offset + 2).z, 0.1 + linear * 2, 1e-9);
    EXPECT_NEAR(road.position(20, offset - 2).z, 0.1 - 0.03 * 2, 1e-9);
    const double outer = 0.05 + 0.01 * 1.5 * 1.5 - 0.001 * 1.5 * 1.5 * 1.5;
    const double edge = relative ? 0.1 + linear * width : 0;
    EXPECT_NEAR(road.position(20, offset + width + 1.5).z, edge + outer, 1e-9);
  }
}

TEST(LateralShape, DerivativesAreThoseOfTheHeight) {
  const std::vector<std::string> all = {
      cubic("crossfall", "side=\"both\" s=\"0\"", 0.03, 1e-4, -1e-6, 1e-8),
      crown() + cubic("shape", "s=\"80\" t=\"-4\"", 0.2, 0.03, -0.004, 0.0003), strips(""),
      strips(" mode=\"relative\"")};
  for (const std::string& lateral : all) {
    const RoadMap map = with_lateral(lateral);
    const LateralShape& shape = map.roads[0].lateral;
    for (const double s : {7.3, 44.0, 93.1}) {
      for (const double t : {-4.3, -1.2, 0.31, 2.9, 6.4}) {
        const double e = 1e-5;
        const LateralHeight h = shape.at(s, t);
        EXPECT_NEAR(h.along, (shape.at(s + e, t).h_m - shape.at(s - e, t).h_m) / (2 * e), 1e-8);
        EXPECT_NEAR(h.across, (shape.at(s, t + e).h_m - shape.at(s, t - e).h_m) / (2 * e), 1e-8);
      }
    }
  }
}

TEST(LateralShape, DoesNotMoveWithTheLaneOffset) {
  const std::string offset = "<laneOffset s=\"0\" a=\"2\" b=\"0\" c=\"0\" d=\"0\"/>";
  const RoadMap still = with_lateral(crown());
  const RoadMap moved = with_lateral(crown(), "<line/>", offset + two_lanes());
  for (const double t : {-3.0, 0.0, 3.0}) {
    EXPECT_EQ(still.roads[0].position(10, t), moved.roads[0].position(10, t));
  }
  EXPECT_NEAR(moved.roads[0].lane_point(0, 1, 10, 0).z, 0.45 - 0.1 * 2, 1e-12);
}

RoadMap bent_road() {
  return with_lateral(
      cubic("superelevation", "s=\"0\"", 0.04, 5e-4) + crown() +
          cubic("shape", "s=\"80\" t=\"-4\"", 0.2, 0.02, -0.002),
      "<arc curvature=\"0.01\"/>",
      "<laneOffset s=\"0\" a=\"0.7\" b=\"0.01\" c=\"0\" d=\"0\"/>" + two_lanes(),
      "<elevationProfile>" + cubic("elevation", "s=\"0\"", 2, 0.05, 1e-4) + "</elevationProfile>");
}

TEST(LateralShape, PlacesAreFoundAgain) {
  const RoadMap map = bent_road();
  const RoadLocator locator(map);
  for (const double s : {0.5, 17.0, 63.2, 99.0}) {
    for (const double t : {-3.1, -0.4, 1.9, 4.0}) {
      const Vec3d p = map.roads[0].position(s, t);
      for (const bool with_height : {false, true}) {
        const auto place = with_height ? locator.to_road(p) : locator.to_road(p.x, p.y);
        ASSERT_TRUE(place.has_value());
        EXPECT_NEAR(place->s_m, s, 1e-6);
        EXPECT_NEAR(place->t_m, t, 1e-6);
        EXPECT_NEAR(place->h_m, 0, 1e-6);
      }
    }
  }
}

TEST(LateralShape, FramesTouchTheSurface) {
  const RoadMap map =
      with_lateral(crown() + cubic("shape", "s=\"80\" t=\"-4\"", 0.2, 0.02, -0.002));
  const Road& road = map.roads[0];
  for (const double t : {-3.4, -1.1, 2.2}) {
    const RoadFrame f = road.frame(30, t);
    EXPECT_NEAR(glm::length(glm::cross(f.forward, f.left) - f.up), 0, 1e-12);
    const double e = 1e-5;
    EXPECT_NEAR(glm::dot(road.position(30 + e, t) - f.position, f.up) / e, 0, 1e-4);
    EXPECT_NEAR(glm::dot(road.position(30, t + e) - f.position, f.up) / e, 0, 1e-4);
    EXPECT_NEAR(glm::length(f.position - road.position(30, t)), 0, 1e-12);
  }
}

TEST(LateralShape, LanePosesClimbAndRollWithTheSurface) {
  const RoadMap map = bent_road();
  const LaneGraph graph(map);
  for (const int lane : {1, -1}) {
    for (const double s : {20.0, 60.0}) {
      const LanePosition at = *graph.at("1", s, lane);
      const LanePose pose = graph.pose(at);
      const Vec3d ahead = graph.pose({at.lane, at.offset_m + 0.01}).position -
                          graph.pose({at.lane, at.offset_m - 0.01}).position;
      EXPECT_NEAR(pose.pitch_rad, std::atan2(ahead.z, std::hypot(ahead.x, ahead.y)), 2e-3);
      const Vec3d left = graph.pose(at, 0.01).position - graph.pose(at, -0.01).position;
      EXPECT_NEAR(pose.roll_rad, std::atan2(left.z, std::hypot(left.x, left.y)), 5e-3);
    }
  }
}

TEST(LateralShape, BreaksLetAMeshFollowIt) {
  const RoadMap map = with_lateral(cubic("shape", "s=\"0\" t=\"-5\"", 0.3, 0.05, -0.03, 0.004) +
                                   cubic("shape", "s=\"0\" t=\"2\"", 0.552, -0.05));
  const Road& road = map.roads[0];
  const std::vector<double> breaks = lateral_breaks(road, 0, 1, 0.005);
  EXPECT_TRUE(std::any_of(breaks.begin(), breaks.end(), [](double u) {
    return std::abs(u - 2 / 3.5) < 1e-9;  // the kink
  }));
  std::vector<double> knots = {0};
  knots.insert(knots.end(), breaks.begin(), breaks.end());
  knots.push_back(1);
  for (std::size_t i = 1; i < knots.size(); ++i) {
    ASSERT_GT(knots[i], knots[i - 1]);
    const double z0 = road.lane_point(0, 1, 50, knots[i - 1]).z;
    const double z1 = road.lane_point(0, 1, 50, knots[i]).z;
    for (const double v : {0.2, 0.5, 0.8}) {
      const double u = knots[i - 1] + v * (knots[i] - knots[i - 1]);
      EXPECT_NEAR(road.lane_point(0, 1, 50, u).z, z0 + v * (z1 - z0), 0.0051);
    }
  }
  EXPECT_TRUE(lateral_breaks(
                  parsed(one_road("100", geometry("100", "<line/>"), two_lanes())).roads[0], 0, 1)
                  .empty());
}

TEST(LateralShape, WrongRecordsAreMendedAndTold) {
  const RoadMap map = parsed(one_road(
      "100", geometry("100", "<line/>"), two_lanes(),
      "<lateralProfile>" + cubic("crossfall", "side=\"up\" s=\"0\"", 3) +
          cubic("shape", "s=\"50\" t=\"0\"", 1) + cubic("shape", "s=\"0\" t=\"0\"", 0) +
          "<crossSectionSurface><surfaceStrips><strip id=\"7\"/><strip id=\"2\"/></surfaceStrips>"
          "</crossSectionSurface></lateralProfile>"));
  EXPECT_EQ(map.warnings.items().size(), 5U) << core::to_string(map.warnings);
  EXPECT_TRUE(std::isfinite(map.roads[0].position(30, 3).z));
  EXPECT_NEAR(map.roads[0].position(25, 0).z, 0.5, 1e-12);
}

}  // namespace
}  // namespace oddroad::road
