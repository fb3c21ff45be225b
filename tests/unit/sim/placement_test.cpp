#include "engine/sim/placement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sim/relations.h"
#include "tests/unit/sim/fixtures.h"

namespace oddroad::sim {
namespace {

using namespace testing;
using ::testing::HasSubstr;

struct Placed {
  explicit Placed(const scenario::Variant& variant, const std::string& xml = street_xml())
      : street(xml), made(Simulation::create(variant, *street.graph, setting.context)) {}
  [[nodiscard]] const Body& body(const std::string& name) const {
    for (const Body& b : (*made)->bodies()) {
      if (b.name == name) return b;
    }
    throw std::runtime_error(name);
  }
  Street street;
  Setting setting;
  core::Result<std::unique_ptr<Simulation>> made;
};

std::string error_of(const Placed& placed) {
  return placed.made ? "" : core::to_string(placed.made.error());
}

// Sideways free gap between two bodies that drive in the direction of `a`.
double side_gap(const Body& a, const Body& b) {
  return std::abs(shadow_on_line_of(a, b).lateral_m - a.lateral_m) - 0.5 * a.footprint.width_m() -
         0.5 * b.footprint.width_m();
}

TEST(Placement, EgoStandsOnItsLaneCentreNearTheLocalOrigin) {
  const Placed p(ego_only(10));
  ASSERT_TRUE(p.made) << error_of(p);
  const Body& ego = p.body("ego");
  const math::Vec3d map = ego.position + (*p.made)->origin();
  const road::LanePose lane = p.street.graph->pose(*p.street.graph->at("1", 100, -1));
  EXPECT_LT(glm::length(map - lane.position), 1e-6);
  EXPECT_NEAR(ego.yaw_rad, 0.3, 1e-9);
  EXPECT_LT(glm::length(ego.position), 2.0);
  EXPECT_EQ((*p.made)->origin(), glm::floor((*p.made)->origin()));
}

TEST(Placement, FreeGapsAlongAndAsideAreExact) {
  for (const double side : {0.3, 0.8, 1.3}) {
    scenario::Variant v = child_behind_van(10, 2.9, 1.6, 0.5);
    v.actors[1].at.side_gap_m = side;
    const Placed p(v);
    ASSERT_TRUE(p.made) << error_of(p);
    EXPECT_NEAR(gap_ahead_m(p.body("ego"), p.body("van")), 60, 0.01);
    EXPECT_NEAR(side_gap(p.body("ego"), p.body("van")), side, 0.01);
    EXPECT_NEAR(p.body("van").yaw_rad, 0.3, 1e-6);  // with the traffic of its side
    // The child: half a metre in front of the van's front face, turned to the road.
    EXPECT_NEAR(gap_ahead_m(p.body("van"), p.body("child")), 0.5, 0.01);
    EXPECT_NEAR(math::wrap_angle(p.body("child").yaw_rad - 0.3), glm::pi<double>() / 2, 1e-6);
  }
}

TEST(Placement, HalfOnThePavementTheVanLeans) {
  scenario::Variant v = child_behind_van(10, 2.9, 1.6, 0.5);
  v.actors[1].at.side_gap_m = 1.4;  // 2 m of van from 2.3 m to 4.3 m, the kerb is at 3.825 m
  const Placed p(v);
  ASSERT_TRUE(p.made) << error_of(p);
  const Body& van = p.body("van");
  const auto wheel = [&](double x, double y) {
    return (van.pose * math::Vec3d(x, y, 0)).z;
  };
  EXPECT_NEAR(wheel(0, -0.88), 0.12, 0.002);
  EXPECT_NEAR(wheel(3.4, -0.88), 0.12, 0.002);
  EXPECT_NEAR(wheel(0, 0.88), 0, 0.002);
}

TEST(Placement, LaneWords) {
  scenario::Variant v = ego_only(10);
  v.actors.push_back(actor("parked", "car.sedan", ahead_of("ego", 20, "parking")));
  v.actors.push_back(actor("walker", "pedestrian.adult", ahead_of("ego", 20, "sidewalk")));
  v.actors.push_back(actor("oncoming", "car.sedan", ahead_of("ego", 30, "opposite")));
  v.actors.push_back(actor("lead", "car.sedan", ahead_of("ego", 15, "same")));
  const Placed p(v);
  ASSERT_TRUE(p.made) << error_of(p);
  const auto lateral = [&](const char* name) {
    return shadow_on_line_of(p.body("ego"), p.body(name)).lateral_m;
  };
  EXPECT_NEAR(lateral("parked"), -(3.25 + 2.2) / 2, 1e-6);
  EXPECT_NEAR(lateral("walker"), -(3.25 / 2 + 2.2 + 1.25), 1e-6);
  EXPECT_NEAR(p.body("walker").position.z, 0.12, 1e-6);
  EXPECT_NEAR(lateral("oncoming"), 3.25, 1e-6);
  EXPECT_NEAR(std::cos(p.body("oncoming").yaw_rad - 0.3), -1, 1e-9);
  EXPECT_NEAR(gap_ahead_m(p.body("ego"), p.body("oncoming")), 30, 0.01);
  EXPECT_NEAR(gap_m(p.body("ego"), p.body("lead")), 15, 0.01);
}

TEST(Placement, RowsKeepTheirGapsAndMakeRoomForTheChild) {
  scenario::Variant v = child_behind_van(10, 2.9, 1.6, 0.5);
  const std::vector<double> gaps = {0.9, 1.1, 2.0, 1.7};
  for (int k = 0; k < 4; ++k) {
    scenario::Placement at;
    at.kind = scenario::PlacementKind::kAlong;
    at.other = "van";
    at.lane = "parking";
    at.gaps_m.assign(gaps.begin(), gaps.begin() + k + 1);
    v.actors.push_back(actor("parked." + std::to_string(k + 1), "car.sedan", at));
  }
  const Placed p(v);
  ASSERT_TRUE(p.made) << error_of(p);
  EXPECT_NEAR(gap_m(p.body("van"), p.body("parked.1")), 0.9, 0.01);
  EXPECT_NEAR(gap_m(p.body("parked.1"), p.body("parked.3")), 2.0, 0.01);
  EXPECT_NEAR(gap_m(p.body("parked.2"), p.body("parked.4")), 1.7, 0.01);
  EXPECT_LT(gap_ahead_m(p.body("van"), p.body("parked.1")), 0);  // the first stands behind
  // Ahead of the van the child will run: the row goes on beyond it.
  EXPECT_GT(gap_ahead_m(p.body("child"), p.body("parked.2")), -10);
  EXPECT_GT(gap_m(p.body("child"), p.body("parked.2")), 0.29);
  EXPECT_GT(gap_ahead_m(p.body("van"), p.body("parked.2")), 1.1);
}

TEST(Placement, RowsOnABendKeepTheirGaps) {
  scenario::Variant v = ego_only(10);
  v.actors.push_back(actor("van", "van.panel", ahead_of("ego", 30, "parking")));
  scenario::Placement at;
  at.kind = scenario::PlacementKind::kAlong;
  at.other = "van";
  at.lane = "parking";
  at.gaps_m = {1.2};
  v.actors.push_back(actor("parked.1", "car.sedan", at));
  const Placed p(v, street_xml("<arc curvature=\"-0.01\"/>"));
  ASSERT_TRUE(p.made) << error_of(p);
  EXPECT_NEAR(gap_m(p.body("van"), p.body("parked.1")), 1.2, 0.01);
}

// Where a corner of a body lies on a circle about `centre`: its angle, and how far out.
struct Polar {
  double angle_rad = 0;
  double radius_m = 0;
};
Polar corner(const Body& body, double ahead, double left, const math::Vec2d& centre) {
  const math::Vec2d p = math::Vec2d(body.pose * math::Vec3d(ahead, left, 0)) - centre;
  return {std::atan2(p.y, p.x), glm::length(p)};
}

// On a circle the way along the lane between two faces is an arc, shortest at their inner corners.
TEST(Placement, FarRowsFollowTheBend) {
  constexpr double kRadius_m = 100;  // of the road's reference line, which turns right
  scenario::Variant v = ego_only(10);
  v.actors.push_back(actor("van", "van.panel", ahead_of("ego", 90, "parking")));
  const std::vector<double> gaps = {12, 6, 40, 40};
  for (int k = 0; k < 4; ++k) {
    scenario::Placement at;
    at.kind = scenario::PlacementKind::kAlong;
    at.other = "van";
    at.lane = "parking";
    at.gaps_m.assign(gaps.begin(), gaps.begin() + k + 1);
    v.actors.push_back(actor("parked." + std::to_string(k + 1), "car.sedan", at));
  }
  const Placed p(v, street_xml("<arc curvature=\"-0.01\"/>"));
  ASSERT_TRUE(p.made) << error_of(p);
  const math::Vec2d start(1000.25, 2000.5);
  const math::Vec2d to_the_right(std::sin(0.3), -std::cos(0.3));
  const math::Vec2d centre = start + kRadius_m * to_the_right - math::Vec2d((*p.made)->origin());
  const auto way = [&](const char* behind, const char* ahead) {
    const Body &a = p.body(behind), &b = p.body(ahead);
    const Polar from = corner(a, a.footprint.front_m, -a.footprint.right_m, centre);
    const Polar to = corner(b, -b.footprint.rear_m, -b.footprint.right_m, centre);
    const double turned = std::remainder(from.angle_rad - to.angle_rad, 2 * glm::pi<double>());
    return 0.5 * (from.radius_m + to.radius_m) * turned;
  };
  EXPECT_NEAR(way("parked.1", "van"), 12, 0.01);
  EXPECT_NEAR(way("van", "parked.2"), 6, 0.01);
  EXPECT_NEAR(way("parked.3", "parked.1"), 40, 0.01);
  EXPECT_NEAR(way("parked.2", "parked.4"), 40, 0.01);
  // The straight line between them is a chord.
  EXPECT_LT(gap_m(p.body("parked.2"), p.body("parked.4")), 39.75);
}

TEST(Placement, OverlapNamesBoth) {
  scenario::Variant v = ego_only(10);
  v.actors.push_back(actor("lead", "car.sedan", at_site(2)));
  v.actors.back().at.where = {"a.yaml", 7, 5};
  const Placed p(v);
  ASSERT_FALSE(p.made);
  EXPECT_THAT(error_of(p), HasSubstr("a.yaml:7:5"));
  EXPECT_THAT(error_of(p), HasSubstr("'lead' and 'ego' overlap"));
}

TEST(Placement, MissingLanesAndActorsAreAllReportedAtTheirPlaces) {
  scenario::Variant v = ego_only(10);
  v.actors.push_back(actor("a", "car.sedan", ahead_of("ego", 20, "shoulder")));
  v.actors.back().at.where = {"a.yaml", 3, 1};
  v.actors.push_back(actor("b", "car.sedan", ahead_of("ego", 5000, "same")));
  v.actors.back().at.where = {"a.yaml", 4, 1};
  Placed p(v);
  ASSERT_FALSE(p.made);
  EXPECT_THAT(error_of(p), HasSubstr("a.yaml:3:1: error: no 'shoulder' lane"));
  EXPECT_THAT(error_of(p), HasSubstr("a.yaml:4:1: error: 'b' would stand"));

  scenario::Variant circle = ego_only(10);
  circle.actors.push_back(actor("a", "car.sedan", ahead_of("b", 20, "same")));
  circle.actors.push_back(actor("b", "car.sedan", ahead_of("a", 20, "same")));
  EXPECT_THAT(error_of(Placed(circle)), HasSubstr("depends on itself"));

  scenario::Variant nobody = ego_only(10);
  nobody.actors.push_back(actor("a", "car.sedan", ahead_of("van", 20, "same")));
  EXPECT_THAT(error_of(Placed(nobody)), HasSubstr("unknown actor 'van'"));

  scenario::Variant nowhere = ego_only(10);
  nowhere.site.road_id = "7";
  EXPECT_THAT(error_of(Placed(nowhere)), HasSubstr("road '7'"));
}

}  // namespace
}  // namespace oddroad::sim
