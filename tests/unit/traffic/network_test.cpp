// Lanes, conflicts and right of way of small crossings.
#include "engine/traffic/followable.h"
#include "engine/traffic/lane_fit.h"
#include "tests/unit/traffic/small_maps.h"

namespace oddroad::traffic {
namespace {

using testing::Crossing;
using testing::World;

TEST(TrafficLanes, PosesAgreeWithTheGraph) {
  const World world(Crossing{}.text());
  for (const road::LaneNode& node : world.graph->lanes()) {
    const std::uint32_t lane = node.id.value - 1;
    ASSERT_TRUE(world.network->lanes()[lane].usable);
    for (double u = 0; u <= 1; u += 0.037) {
      const road::LanePose want = world.graph->pose({node.id, u * node.length_m});
      const LanePoint got = world.network->lanes().at(lane, u * node.length_m);
      EXPECT_LT(glm::length(got.position - want.position), 0.002);
      EXPECT_NEAR(math::wrap_angle(got.heading_rad - want.heading_rad), 0, 1e-3);
    }
  }
}

TEST(TrafficConflicts, StraightLanesCrossWhereTheyDo) {
  const World world(Crossing{}.text());
  // From arm 1 (east) westwards along y = 1.75, from arm 2 (north) southwards along x = -1.75:
  // they cross 14 + 1.75 and 14 - 1.75 m after the junction's edge.
  const Conflict* c = world.conflict(world.lane("13", -1), world.lane("24", -1));
  ASSERT_NE(c, nullptr);
  EXPECT_EQ(c->kind, ConflictKind::kCross);
  const Interval own = c->own[kSmall][kSmall];
  const Interval theirs = c->theirs[kSmall][kSmall];
  EXPECT_NEAR(0.5 * (own.begin_m + own.end_m), 15.75, 0.3);
  EXPECT_NEAR(0.5 * (theirs.begin_m + theirs.end_m), 12.25, 0.3);
  // Discs of 1.1 m touch within 2.2 m of the crossing; samples add up to a metre.
  EXPECT_GE(own.end_m - own.begin_m, 4.4);
  EXPECT_LE(own.end_m - own.begin_m, 5.5);
  EXPECT_GE(c->own[kLarge][kLarge].end_m - c->own[kLarge][kLarge].begin_m, own.end_m - own.begin_m);
}

TEST(TrafficConflicts, MergesAndDiverges) {
  const World world(Crossing{}.text());
  const Conflict* merge = world.conflict(world.lane("13", -1), world.lane("43", -1));
  ASSERT_NE(merge, nullptr);
  EXPECT_EQ(merge->kind, ConflictKind::kMerge);
  const Conflict* diverge = world.conflict(world.lane("13", -1), world.lane("14", -1));
  ASSERT_NE(diverge, nullptr);
  EXPECT_EQ(diverge->kind, ConflictKind::kDiverge);
  // Right turns of different arms keep apart.
  EXPECT_EQ(world.conflict(world.lane("12", -1), world.lane("34", -1)), nullptr);
}

TEST(TrafficConflicts, BothSidesSeeTheSame) {
  const World world(Crossing{}.text());
  const auto& all = world.network->conflicts().all();
  ASSERT_FALSE(all.empty());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Conflict& twin = all[all[i].twin];
    EXPECT_EQ(twin.twin, i);
    EXPECT_NE(twin.goes_first, all[i].goes_first);
    EXPECT_EQ(twin.own[0][1].begin_m, all[i].theirs[1][0].begin_m);
  }
}

TEST(TrafficConflicts, ABridgeIsNone) {
  for (const double height : {0.0, 6.0}) {
    testing::RoadText under;
    under.plan = {-50, 0, 0, 100, 0};
    under.right = testing::lane_xml(-1);
    testing::RoadText over = under;
    over.id = "2";
    over.plan = {0, -50, M_PI / 2, 100, 0};
    over.height_m = height;
    const World world(testing::map_xml(road_xml(under) + road_xml(over)));
    EXPECT_EQ(world.conflict(world.lane("1", -1), world.lane("2", -1)) == nullptr, height > 3);
    EXPECT_EQ(std::isfinite(world.network->conflicts().guard_m(0)), height < 3);
  }
}

// A road that others cross near its ends: between the zones nobody needs the right to go.
TEST(TrafficConflicts, ZonesApartAreGuardedApart) {
  testing::RoadText along;
  along.plan = {0, 0, 0, 200, 0};
  along.right = testing::lane_xml(-1);
  std::string text = road_xml(along);
  for (const double x : {20.0, 180.0}) {
    testing::RoadText across;
    across.id = x < 100 ? "2" : "3";
    across.plan = {x, -50, M_PI / 2, 100, 0};
    across.right = testing::lane_xml(-1);
    text += road_xml(across);
  }
  const World world(testing::map_xml(text));
  const ConflictTable& conflicts = world.network->conflicts();
  const std::uint32_t lane = world.lane("1", -1);
  ASSERT_EQ(conflicts.guards(lane).size(), 2u);
  // Lane centres cross 1.75 m to the right of x; discs of 1.45 m, a margin and a sample before it.
  const double before = 2 * 1.45 - 1.75 + 1 + 0.5;
  EXPECT_NEAR(conflicts.guard_m(lane), 20 - before, 1);
  EXPECT_NEAR(conflicts.guard_m(lane, 100), 180 - before, 1);
  EXPECT_LT(conflicts.guards(lane)[0].end_m, 30);
  EXPECT_FALSE(std::isfinite(conflicts.guard_m(lane, 190)));
}

// In a long bend of radius R the front wheels stand at asin(L / R) and the rear axle goes round a
// circle of sqrt(R^2 - L^2).
TEST(TrafficLanes, SteeringAndCutOfALongBend) {
  for (const double radius : {6.0, 12.0, 50.0}) {
    testing::RoadText bend;
    bend.plan = {0, 0, 0, 6 * radius, 1 / radius};
    bend.left = testing::lane_xml(1);
    bend.right = testing::lane_xml(-1);
    const World world(testing::map_xml(road_xml(bend)));
    const LaneTable& lanes = world.network->lanes();
    const std::uint32_t lane = world.lane("1", -1);
    const double r = radius + 1.75;
    const VehicleModel car;
    EXPECT_NEAR(most_steer_rad(lanes, lane, car.wheelbase_m), std::asin(car.wheelbase_m / r), 2e-3);
    EXPECT_NEAR(cut_m(lanes, lane, car), r - std::sqrt(r * r - std::pow(car.wheelbase_m, 2)), 0.02);
    EXPECT_TRUE(is_followable(lanes, lane));
  }
}

// Round a corner of which nothing is left on its inner side no car can be driven: the map ends.
TEST(TrafficLanes, ACornerTooTightIsTheEndOfTheMap) {
  for (const double radius : {2.0, 8.0}) {
    Crossing corner;
    corner.headings = {0, M_PI / 2};
    corner.radius_m = radius;
    const World world(corner.text());
    const LaneTable& lanes = world.network->lanes();
    EXPECT_EQ(lanes[world.lane("12", -1)].usable, radius > 5);
    EXPECT_EQ(lanes[world.lane("1", 1)].map_ends, radius < 5);
    EXPECT_EQ(lanes[world.lane("2", -1)].map_begins, radius < 5);
  }
}

// Only the leftmost lane of three goes on.
TEST(TrafficLanes, BothLanesBesideOneThatGoesOnEnd) {
  testing::RoadText three;
  three.plan = {0, 0, 0, 200, 0};
  three.right = testing::lane_xml(-1, "<successor id=\"-1\"/>");
  three.right += testing::lane_xml(-2) + testing::lane_xml(-3);
  three.links = "<successor elementType=\"road\" elementId=\"2\" contactPoint=\"start\"/>";
  testing::RoadText one;
  one.id = "2";
  one.plan = {200, 0, 0, 200, 0};
  one.right = testing::lane_xml(-1, "<predecessor id=\"-1\"/>");
  one.links = "<predecessor elementType=\"road\" elementId=\"1\" contactPoint=\"end\"/>";
  const World world(testing::map_xml(road_xml(three) + road_xml(one)));
  const LaneTable& lanes = world.network->lanes();
  EXPECT_FALSE(lanes[world.lane("1", -1)].ends);
  for (const int id : {-2, -3}) {
    EXPECT_TRUE(lanes[world.lane("1", id)].ends) << id;
    EXPECT_FALSE(lanes[world.lane("1", id)].map_ends) << id;
  }
  EXPECT_TRUE(lanes[world.lane("2", -1)].map_ends);
}

// The right lane ends; the left lane, which goes on, is too narrow for a bus.
TEST(TrafficLanes, NobodyUsesALaneThatOnlyLeadsBesideNarrowOnes) {
  for (const double width : {2.4, 3.5}) {
    testing::RoadText two;
    two.plan = {0, 0, 0, 200, 0};
    two.right = testing::lane_xml(-1, "<successor id=\"-1\"/>", width) + testing::lane_xml(-2);
    two.links = "<successor elementType=\"road\" elementId=\"2\" contactPoint=\"start\"/>";
    testing::RoadText one;
    one.id = "2";
    one.plan = {200, 0, 0, 200, 0};
    one.right = testing::lane_xml(-1, "<predecessor id=\"-1\"/>", width);
    one.links = "<predecessor elementType=\"road\" elementId=\"1\" contactPoint=\"end\"/>";
    const World world(testing::map_xml(road_xml(two) + road_xml(one)));
    const std::uint32_t ending = world.lane("1", -2);
    ASSERT_TRUE(world.network->lanes()[ending].ends);
    const auto fits = find_fits(world.network->lanes(), default_models());
    const auto may = [&](VehicleClass kind) {
      return (fits[ending] >> static_cast<int>(kind) & 1u) != 0;
    };
    EXPECT_TRUE(may(VehicleClass::kCar));
    EXPECT_EQ(may(VehicleClass::kBus), width > 3);
  }
}

bool first(const World& world, const std::string& a, const std::string& b, int lane = -1) {
  const Conflict* c = world.conflict(world.lane(a, lane), world.lane(b, lane));
  EXPECT_NE(c, nullptr) << a << " " << b;
  return c != nullptr && c->goes_first;
}

TEST(TrafficRightOfWay, RightBeforeLeft) {
  const World world(Crossing{}.text());
  // From arm 1 one drives west; from the right comes arm 2 (north), from the left arm 4.
  EXPECT_FALSE(first(world, "13", "24"));
  EXPECT_TRUE(first(world, "13", "42"));
  EXPECT_TRUE(first(world, "24", "13"));
}

TEST(TrafficRightOfWay, LeftBeforeRightInLeftHandTraffic) {
  Crossing crossing;
  crossing.left_hand = true;
  const World world(crossing.text());
  EXPECT_TRUE(first(world, "13", "24", 1));
  EXPECT_FALSE(first(world, "13", "42", 1));
}

TEST(TrafficRightOfWay, TurningAcrossYieldsToOncoming) {
  const World world(Crossing{}.text());
  EXPECT_FALSE(first(world, "14", "31"));  // left, against straight
  EXPECT_FALSE(first(world, "14", "34"));  // left, against right into the same arm
  Crossing mirrored;
  mirrored.left_hand = true;
  const World left(mirrored.text());
  EXPECT_FALSE(first(left, "12", "31", 1));  // right, against straight
}

TEST(TrafficRightOfWay, TheGreaterRoadGoesFirst) {
  Crossing crossing;
  crossing.limits_kmh = {70, 50, 70, 50};
  const World world(crossing.text());
  EXPECT_TRUE(first(world, "13", "24"));
  EXPECT_TRUE(first(world, "13", "42"));
}

TEST(TrafficRightOfWay, TheStemOfATWaits) {
  Crossing crossing;
  crossing.headings = {0, M_PI / 2, M_PI};
  const World world(crossing.text());
  EXPECT_TRUE(first(world, "13", "21"));
  EXPECT_TRUE(first(world, "13", "23"));
  EXPECT_TRUE(first(world, "31", "21"));
}

TEST(TrafficRightOfWay, SignsBeforeGeometryRecordsBeforeSigns) {
  Crossing crossing;
  // Arm 2 comes from the right but has a stop sign.
  crossing.signals[1] = testing::signal_xml("s", "206", 8, "-");
  const World stop(crossing.text());
  EXPECT_TRUE(first(stop, "13", "24"));
  EXPECT_EQ(stop.network->controls().entries[stop.lane("24", -1)].sign, SignRank::kStop);
  crossing.signals[1] = testing::signal_xml("s", "R1-2", 8, "-", "US");
  const World yield(crossing.text());
  EXPECT_TRUE(first(yield, "13", "24"));
  crossing.junction_extra = "<priority high=\"24\" low=\"13\"/>";
  const World record(crossing.text());
  EXPECT_FALSE(first(record, "13", "24"));
  // A sign for traffic that leaves the junction says nothing.
  crossing.junction_extra.clear();
  crossing.signals[1] = testing::signal_xml("s", "206", 8, "+");
  EXPECT_FALSE(first(World(crossing.text()), "13", "24"));
}

TEST(TrafficLanes, SpeedLimitSignsHoldFromWhereTheyStand) {
  testing::RoadText road;
  road.plan.length = 200;
  road.types = testing::town(50);
  road.right = testing::lane_xml(-1);
  road.signals =
      "<signal id=\"1\" s=\"100\" t=\"-4\" type=\"274\" subtype=\"\" country=\"DE\" "
      "orientation=\"+\" value=\"30\" unit=\"km/h\"/>";
  const World world(testing::map_xml(road_xml(road)));
  const Lane& lane = world.network->lanes()[0];
  const auto limit = [&](double at) {
    return world.network->lanes().piece(lane, static_cast<int>(at * lane.per_piece_1pm)).limit_mps;
  };
  EXPECT_NEAR(limit(50), 50 / 3.6, 1e-5);
  EXPECT_NEAR(limit(150), 30 / 3.6, 1e-5);
}

}  // namespace
}  // namespace oddroad::traffic
