#include "engine/road/lane_graph.h"

#include "road_fixture.h"

#include <cmath>

#include "engine/road/tools.h"

namespace oddroad::road {
namespace {

using namespace testing;

std::string road(const std::string& id, double x, const std::string& link,
                 const std::string& junction = "-1") {
  return "<road id=\"" + id + "\" junction=\"" + junction + "\" length=\"50\"><link>" + link +
         "</link><planView><geometry s=\"0\" x=\"" + std::to_string(x) +
         "\" y=\"0\" hdg=\"0\" length=\"50\"><line/></geometry></planView><lanes>" + two_lanes() +
         "</lanes></road>";
}

std::string joint(const std::string& which, const std::string& type, const std::string& id,
                  const std::string& contact = "") {
  return "<" + which + " elementType=\"" + type + "\" elementId=\"" + id + "\"" +
         (contact.empty() ? "" : " contactPoint=\"" + contact + "\"") + "/>";
}

TEST(LaneGraph, OneWayLinksAreMirroredAndMissingLaneLinksDerived) {
  const RoadMap map =
      parsed("<OpenDRIVE>" + road("a", 0, joint("successor", "road", "b", "start")) +
             road("b", 50, "") + "</OpenDRIVE>");
  const LaneGraph graph(map);
  ASSERT_EQ(graph.joins().size(), 2U);
  EXPECT_TRUE(graph.joins()[0].derived);
  const LaneId a = graph.find(0, 0, -1);
  const LaneId b = graph.find(1, 0, -1);
  EXPECT_EQ(graph.lane(a).successors, std::vector<LaneId>{b});
  EXPECT_EQ(graph.lane(b).predecessors, std::vector<LaneId>{a});
  // Lanes on the left drive the other way.
  EXPECT_EQ(graph.lane(graph.find(1, 0, 1)).successors, std::vector<LaneId>{graph.find(0, 0, 1)});
}

TEST(LaneGraph, TravelCrossesRoadsInBothDirections) {
  const RoadMap map =
      parsed("<OpenDRIVE>" + road("a", 0, joint("successor", "road", "b", "start")) +
             road("b", 50, joint("predecessor", "road", "a", "end")) + "</OpenDRIVE>");
  const LaneGraph graph(map);
  const auto start = graph.at("a", 40, -1);
  ASSERT_TRUE(start.has_value());
  EXPECT_DOUBLE_EQ(start->offset_m, 40);
  const auto ahead = graph.advance(*start, 25);
  ASSERT_TRUE(ahead.has_value());
  EXPECT_EQ(graph.road_of(ahead->lane).id, "b");
  EXPECT_NEAR(ahead->offset_m, 15, 1e-9);
  EXPECT_NEAR(graph.advance(*ahead, -25)->offset_m, 40, 1e-9);
  EXPECT_FALSE(graph.advance(*start, 61).has_value());
  EXPECT_NEAR(graph.distance_to_end(*start, 1000), 60, 1e-9);
  const auto path = graph.lane_ahead(*start, 30);
  EXPECT_NEAR(path.back().position.x, 70, 1e-9);
  EXPECT_NEAR(path.back().distance_m, 30, 1e-9);
  const auto against = graph.at("b", 10, 1);
  EXPECT_NEAR(against->offset_m, 40, 1e-9);
  EXPECT_NEAR(graph.pose(*against).heading_rad, M_PI, 1e-12);
  EXPECT_NEAR(graph.pose(*against, 1.0).position.y, 1.75 - 1.0, 1e-12);
}

TEST(LaneGraph, BrokenLinksAreToldNotFollowed) {
  const RoadMap map = parsed(
      "<OpenDRIVE>" +
      road("a", 0,
           joint("successor", "road", "zz", "start") + joint("predecessor", "junction", "9")) +
      "</OpenDRIVE>");
  const LaneGraph graph(map);
  EXPECT_TRUE(graph.joins().empty());
  EXPECT_EQ(graph.warnings().items().size(), 2U);
}

TEST(LaneGraph, JunctionLinksComeFromEitherPlace) {
  // The connection has no laneLink; the connecting road's own links say where it leads.
  const RoadMap map = parsed(
      "<OpenDRIVE>" + road("in", 0, joint("successor", "junction", "J")) +
      road("c", 50,
           joint("predecessor", "road", "in", "end") + joint("successor", "road", "out", "start"),
           "J") +
      road("out", 100, joint("predecessor", "junction", "J")) +
      "<junction id=\"J\"><connection id=\"0\" incomingRoad=\"in\" connectingRoad=\"c\" "
      "contactPoint=\"start\"/>"
      "</junction></OpenDRIVE>");
  const LaneGraph graph(map);
  const auto end = graph.advance(*graph.at("in", 0, -1), 120);
  ASSERT_TRUE(end.has_value());
  EXPECT_EQ(graph.road_of(end->lane).id, "out");
  for (const LaneJoin& join : graph.joins()) EXPECT_TRUE(join.through_junction);
}

TEST(LaneGraph, NeighboursOfTheTownStreet) {
  const auto map = load_opendrive(own_map("town_street"));
  ASSERT_TRUE(map.has_value());
  EXPECT_TRUE(map->warnings.empty()) << core::to_string(map->warnings);
  const LaneGraph graph(*map);
  const LaneId lane = graph.at("1", 100, -1)->lane;
  EXPECT_EQ(graph.lane(graph.lane(lane).right).type, LaneType::kParking);
  EXPECT_EQ(graph.lane(graph.lane(lane).left).lane, 1);
  EXPECT_FALSE(graph.drivable_left(lane));
  EXPECT_EQ(graph.lane(graph.opposite(lane)).lane, 1);
  const LanePosition beside = graph.across(*graph.at("1", 320, -1), graph.lane(lane).right);
  EXPECT_NEAR(graph.s_of(beside), 320, 1e-9);
}

TEST(LaneGraph, MotorwayHasThreeLanesEachWay) {
  const auto map = load_opendrive(own_map("motorway_3lane"));
  ASSERT_TRUE(map.has_value());
  EXPECT_TRUE(map->warnings.empty()) << core::to_string(map->warnings);
  const LaneGraph graph(*map);
  const LaneId middle = graph.at("1", 1000, -4)->lane;
  EXPECT_EQ(graph.lane(graph.drivable_left(middle)).lane, -3);
  EXPECT_EQ(graph.lane(graph.drivable_right(middle)).lane, -5);
  EXPECT_FALSE(graph.drivable_right(graph.drivable_right(middle)));
  EXPECT_NEAR(map->roads[0].length_m, 2000, 1e-9);
  // The lane's own curvature: on the inside of a left bend of 1000 m the left lanes are tighter.
  const LanePose pose = graph.pose(*graph.at("1", 750, -3));
  EXPECT_NEAR(pose.curvature_1pm, 1 / (1000 + (1.75 + 0.75 + 3.75 / 2)), 1e-9);
}

TEST(LaneGraph, LocateFindsLaneAndLateral) {
  const auto map = load_opendrive(own_map("town_street"));
  ASSERT_TRUE(map.has_value());
  const LaneGraph graph(*map);
  for (const double s : {10.0, 275.0, 320.0, 395.0}) {
    for (const int lane : {1, -1}) {
      const LanePosition at = *graph.at("1", s, lane);
      double lateral = 0;
      const auto found = graph.locate(graph.pose(at, 0.4).position, true, &lateral);
      ASSERT_TRUE(found.has_value());
      EXPECT_EQ(found->lane, at.lane);
      EXPECT_NEAR(found->offset_m, at.offset_m, 1e-3);
      EXPECT_NEAR(lateral, 0.4, 1e-6);
    }
  }
}

TEST(LaneGraph, StraightestFirstAtTheCrossing) {
  const std::filesystem::path path =
      std::filesystem::path(ODDROAD_SHARED_DIR) / "data/xodr/fabriksgatan.xodr";
  if (!std::filesystem::exists(path))
    GTEST_SKIP() << "no fabriksgatan.xodr in the shared directory";
  const auto map = load_opendrive(path);
  ASSERT_TRUE(map.has_value());
  const LaneGraph graph(*map);
  // Road 2 comes from the north and goes on straight as road 0.
  const auto ahead = graph.advance(*graph.at("2", 290, -1), 60);
  ASSERT_TRUE(ahead.has_value());
  EXPECT_EQ(graph.road_of(ahead->lane).id, "0");
}

TEST(Tools, SampleHasOneLinePerStationAndLane) {
  const RoadMap map = parsed(one_road("10", geometry("10", "<line/>"), two_lanes()));
  const std::string csv = road_sample_csv(map, 2.5);
  EXPECT_EQ(csv.substr(0, csv.find('\n')), "road,lane,s,x,y,z,heading,width");
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 2 * 5);
  EXPECT_NE(csv.find("1,-1,2.500000,2.500000,-1.750000,0.000000,0.000000000,3.500000"),
            std::string::npos);
}

TEST(Tools, InfoAndDrawingNameEveryRoad) {
  const auto map = load_opendrive(own_map("motorway_3lane"));
  ASSERT_TRUE(map.has_value());
  EXPECT_NE(road_info(*map).find("6 driving"), std::string::npos);
  const std::string svg = road_draw_svg(*map);
  EXPECT_EQ(svg.rfind("<svg", 0), 0U);
  EXPECT_NE(svg.find("road 1 lane -3 driving"), std::string::npos);
  EXPECT_EQ(svg, road_draw_svg(*map));
}

TEST(Svg, EscapesTextAndPointsNorthUp) {
  SvgCanvas canvas({{0, 0, 0}, {100, 50, 0}}, 1000);
  canvas.text({0, 50}, "<b> & \"c\"", 5);
  canvas.polyline({{0, 0}, {100, 50}}, {.stroke = "#000", .stroke_width_m = 1});
  const std::string svg = canvas.to_string();
  EXPECT_NE(svg.find("&lt;b&gt; &amp; &quot;c&quot;"), std::string::npos);
  EXPECT_NE(svg.find("points=\"0,500 1000,0\""), std::string::npos);
}

}  // namespace
}  // namespace oddroad::road
