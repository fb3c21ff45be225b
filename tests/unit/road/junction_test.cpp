// Lane joins through every kind of junction, left-hand traffic, lanes for both ways, speeds.
#include "road_fixture.h"

#include <cmath>

#include "engine/road/lane_graph.h"

namespace oddroad::road {
namespace {

using namespace testing;

struct Piece {
  std::string id;
  double x = 0, y = 0, heading = 0, length = 50;
  std::string link;
  std::string junction = "-1";
  std::string lanes = two_lanes();
  std::string attributes;
};

std::string xml(const Piece& p) {
  return "<road id=\"" + p.id + "\" junction=\"" + p.junction + "\" length=\"" +
         std::to_string(p.length) + "\" " + p.attributes + "><link>" + p.link +
         "</link><planView><geometry s=\"0\" x=\"" + std::to_string(p.x) + "\" y=\"" +
         std::to_string(p.y) + "\" hdg=\"" + std::to_string(p.heading) + "\" length=\"" +
         std::to_string(p.length) + "\"><line/></geometry></planView><lanes>" + p.lanes +
         "</lanes></road>";
}

std::string joint(const std::string& which, const std::string& type, const std::string& id,
                  const std::string& more = "") {
  return "<" + which + " elementType=\"" + type + "\" elementId=\"" + id + "\" " + more + "/>";
}

std::string lanes_of(int from, int to, const std::string& type = "driving") {
  std::string left;
  std::string right;
  for (int id = to; id >= from; --id) {
    if (id == 0) continue;
    (id > 0 ? left : right) +=
        "<lane id=\"" + std::to_string(id) + "\" type=\"" + type + "\">" + width("3.5") + "</lane>";
  }
  return "<laneSection s=\"0\"><left>" + left + "</left><center><lane id=\"0\"/></center><right>" +
         right + "</right></laneSection>";
}

RoadMap map_of(const std::string& body) {
  return parsed("<OpenDRIVE><header revMajor=\"1\" revMinor=\"8\"/>" + body + "</OpenDRIVE>");
}

bool joined(const LaneGraph& graph, const std::string& from, int from_lane, const std::string& to,
            int to_lane) {
  for (const LaneJoin& join : graph.joins()) {
    if (graph.road_of(join.from).id == from && graph.lane(join.from).lane == from_lane &&
        graph.road_of(join.to).id == to && graph.lane(join.to).lane == to_lane) {
      return true;
    }
  }
  return false;
}

TEST(Junction, DirectOnesJoinRoadsWithoutConnectingRoads) {
  // A motorway of two lanes meets an exit: its third lane becomes lane -1 of the ramp.
  const std::string junction =
      "<junction id=\"J\" type=\"direct\"><connection id=\"0\" incomingRoad=\"m\" linkedRoad=\"n\" "
      "contactPoint=\"start\"><laneLink from=\"-1\" to=\"-1\"/><laneLink from=\"-2\" to=\"-2\"/>"
      "</connection><connection id=\"1\" incomingRoad=\"m\" linkedRoad=\"r\" "
      "contactPoint=\"start\"><laneLink from=\"-3\" to=\"-1\"/></connection></junction>";
  const RoadMap map = map_of(
      xml({.id = "m", .link = joint("successor", "junction", "J"), .lanes = lanes_of(-3, 0)}) +
      xml({.id = "n",
           .x = 50,
           .link = joint("predecessor", "junction", "J"),
           .lanes = lanes_of(-2, 0)}) +
      xml({.id = "r",
           .x = 50,
           .y = -7,
           .link = joint("predecessor", "junction", "J"),
           .lanes = lanes_of(-1, 0)}) +
      junction);
  EXPECT_EQ(map.junctions.at(0).kind, JunctionKind::kDirect);
  const LaneGraph graph(map);
  EXPECT_TRUE(graph.warnings().empty()) << core::to_string(graph.warnings());
  EXPECT_TRUE(joined(graph, "m", -1, "n", -1));
  EXPECT_TRUE(joined(graph, "m", -2, "n", -2));
  EXPECT_TRUE(joined(graph, "m", -3, "r", -1));
  EXPECT_EQ(graph.joins().size(), 3U);
  for (const LaneJoin& join : graph.joins()) EXPECT_LT(join.gap_m, 1e-9);
}

TEST(Junction, VirtualOnesLeaveTheMainRoadOnItsWay) {
  // A drive leaves lane -1 at s = 30 towards the right and another joins it again at s = 70.
  const std::string out_link =
      joint("predecessor", "road", "main", "elementS=\"30\" elementDir=\"+\"");
  const std::string in_link =
      joint("successor", "road", "main", "elementS=\"70\" elementDir=\"+\"");
  const std::string junction =
      "<junction id=\"V\" type=\"virtual\" mainRoad=\"main\" sStart=\"30\" sEnd=\"70\">"
      "<connection id=\"0\" incomingRoad=\"main\" connectingRoad=\"out\" contactPoint=\"start\">"
      "<laneLink from=\"-1\" to=\"-1\"/></connection>"
      "<connection id=\"1\" incomingRoad=\"main\" connectingRoad=\"in\" contactPoint=\"end\">"
      "<laneLink from=\"-1\" to=\"-1\"/></connection></junction>";
  const RoadMap map = map_of(xml({.id = "main", .length = 100}) +
                             xml({.id = "out",
                                  .x = 30,
                                  .heading = -0.3,
                                  .length = 20,
                                  .link = out_link,
                                  .junction = "V",
                                  .lanes = lanes_of(-1, 0)}) +
                             xml({.id = "in",
                                  .x = 70 - 20 * std::cos(0.3),
                                  .y = -20 * std::sin(0.3),
                                  .heading = 0.3,
                                  .length = 20,
                                  .link = in_link,
                                  .junction = "V",
                                  .lanes = lanes_of(-1, 0)}) +
                             junction);
  EXPECT_EQ(map.roads[0].sections.size(), 3U);
  EXPECT_DOUBLE_EQ(map.junctions.at(0).s1_m, 70);
  const LaneGraph graph(map);
  EXPECT_TRUE(graph.warnings().empty()) << core::to_string(graph.warnings());
  EXPECT_TRUE(joined(graph, "main", -1, "out", -1));
  EXPECT_TRUE(joined(graph, "in", -1, "main", -1));
  EXPECT_FALSE(joined(graph, "main", 1, "out", -1));
  // Straight on is still the natural way, and the exit hangs at s = 30.
  const auto ahead = graph.advance(*graph.at("main", 10, -1), 80);
  ASSERT_TRUE(ahead.has_value());
  EXPECT_NEAR(graph.s_of(*ahead), 90, 1e-6);
  const LaneId first = graph.at("main", 10, -1)->lane;
  EXPECT_NEAR(graph.lane(first).length_m, 30, 1e-6);
  EXPECT_EQ(graph.lane(first).successors.size(), 2U);
}

TEST(Junction, SplitSectionsKeepTheirMarksAndHeights) {
  const std::string lanes =
      "<laneSection s=\"0\"><center><lane id=\"0\"/></center><right><lane id=\"-1\" "
      "type=\"driving\">" +
      width("3.5") +
      "<roadMark sOffset=\"0\" type=\"solid\"/><roadMark sOffset=\"40\" type=\"broken\"/>"
      "<height sOffset=\"10\" inner=\"0\" outer=\"0.1\"/></lane></right></laneSection>";
  const RoadMap map = map_of(xml({.id = "main", .length = 100, .lanes = lanes}) +
                             xml({.id = "out",
                                  .x = 30,
                                  .heading = -0.3,
                                  .length = 20,
                                  .link = joint("predecessor", "road", "main", "elementS=\"30\""),
                                  .junction = "V",
                                  .lanes = lanes_of(-1, 0)}));
  const Road& road = map.roads[0];
  ASSERT_EQ(road.sections.size(), 2U);
  EXPECT_EQ(road.sections[0].find(-1)->marks.size(), 1U);
  EXPECT_EQ(road.sections[1].find(-1)->marks.size(), 2U);
  EXPECT_DOUBLE_EQ(road.strip(1, -1, 60).outer_h_m, 0.1);
  EXPECT_DOUBLE_EQ(road.strip(1, -1, 60).width_m(), 3.5);
}

TEST(Junction, CrossingOnesJoinNothingAndKeepThePathsOfPeople) {
  const RoadMap map = map_of(
      xml({.id = "a", .length = 100}) +
      xml({.id = "b", .x = 50, .y = -50, .heading = M_PI / 2, .length = 100}) +
      "<junction id=\"X\" type=\"crossing\"><roadSection id=\"0\" roadId=\"a\" sStart=\"45\" "
      "sEnd=\"55\"/><crossPath id=\"p\" crossingRoad=\"c\" roadAtStart=\"a\" roadAtEnd=\"a\">"
      "<startLaneLink s=\"20\" from=\"-2\" to=\"1\"/><endLaneLink s=\"21\" from=\"2\" to=\"1\"/>"
      "</crossPath></junction>");
  const LaneGraph graph(map);
  EXPECT_TRUE(graph.joins().empty());
  EXPECT_TRUE(graph.warnings().empty());
  const Junction& junction = map.junctions.at(0);
  EXPECT_EQ(junction.kind, JunctionKind::kCrossing);
  EXPECT_DOUBLE_EQ(junction.crossed.at(0).s1_m, 55);
  EXPECT_DOUBLE_EQ(junction.paths.at(0).end_s_m, 21);
  EXPECT_EQ(junction.paths[0].start_lanes.from, -2);
}

std::string straight_crossing(const std::string& rule) {
  return xml({.id = "in", .link = joint("successor", "junction", "J"), .attributes = rule}) +
         xml({.id = "c",
              .x = 50,
              .link = joint("predecessor", "road", "in", "contactPoint=\"end\"") +
                      joint("successor", "road", "out", "contactPoint=\"start\""),
              .junction = "J",
              .attributes = rule}) +
         xml({.id = "out",
              .x = 100,
              .link = joint("predecessor", "junction", "J"),
              .attributes = rule}) +
         "<junction id=\"J\"><connection id=\"0\" incomingRoad=\"in\" connectingRoad=\"c\" "
         "contactPoint=\"start\"/></junction>";
}

TEST(Junction, LeftHandTrafficRunsTheOtherWay) {
  for (const bool left : {false, true}) {
    const RoadMap map = map_of(straight_crossing(left ? "rule=\"LHT\"" : ""));
    const LaneGraph graph(map);
    const int forward = left ? 1 : -1;
    EXPECT_TRUE(joined(graph, "in", forward, "c", forward));
    EXPECT_TRUE(joined(graph, "c", forward, "out", forward));
    EXPECT_TRUE(joined(graph, "out", -forward, "c", -forward));
    const LaneId lane = graph.at("in", 10, forward)->lane;
    EXPECT_EQ(graph.lane(graph.opposite(lane)).lane, -forward);
    // The driver's left neighbour is the oncoming lane on the right-hand side, and none otherwise.
    EXPECT_EQ(static_cast<bool>(graph.lane(lane).left), !left);
    EXPECT_EQ(static_cast<bool>(graph.lane(lane).right), left);
  }
}

TEST(Junction, WrongConnectionsAreToldWithTheirPlace) {
  const RoadMap map = map_of(
      xml({.id = "in", .link = joint("successor", "junction", "J")}) +
      xml({.id = "c", .x = 50, .junction = "J"}) + xml({.id = "far", .x = 900}) +
      "<junction id=\"J\" type=\"odd\">"
      "<connection id=\"0\" incomingRoad=\"none\" connectingRoad=\"c\" contactPoint=\"start\"/>"
      "<connection id=\"1\" incomingRoad=\"far\" connectingRoad=\"c\" contactPoint=\"start\"/>"
      "<connection id=\"2\" incomingRoad=\"in\" connectingRoad=\"c\" contactPoint=\"start\">"
      "<laneLink from=\"-7\" to=\"-1\"/><laneLink from=\"1\" to=\"-1\"/></connection></junction>");
  EXPECT_EQ(map.warnings.items().size(), 1U);
  const LaneGraph graph(map);
  EXPECT_EQ(graph.warnings().items().size(), 4U) << core::to_string(graph.warnings());
  for (const core::Diagnostic& d : graph.warnings().items()) EXPECT_GT(d.where.line, 0);
}

TEST(Lanes, BidirectionalOnesRunBothWays) {
  const RoadMap map = map_of(xml({.id = "a",
                                  .link = joint("successor", "road", "b", "contactPoint=\"start\""),
                                  .lanes = lanes_of(-1, 0, "bidirectional")}) +
                             xml({.id = "b", .x = 50, .lanes = lanes_of(-1, 0, "bidirectional")}));
  const LaneGraph graph(map);
  EXPECT_TRUE(joined(graph, "a", -1, "b", -1));
  EXPECT_TRUE(graph.lanes()[0].both_ways);
  EXPECT_TRUE(is_drivable(graph.lanes()[0].type));
}

TEST(Lanes, SpeedsKnowTheirUnits) {
  const auto road_with = [](const std::string& type_speed, const std::string& lane_speed) {
    return map_of(
        "<road id=\"1\" junction=\"-1\" length=\"50\"><type s=\"0\" type=\"town\">" + type_speed +
        "</type><planView>" + geometry("50", "<line/>") +
        "</planView><lanes><laneSection s=\"0\"><center><lane id=\"0\"/></center><right><lane "
        "id=\"-1\" type=\"driving\">" +
        width("3") + lane_speed + "</lane></right></laneSection></lanes></road>");
  };
  const auto limit = [&](const std::string& type_speed, const std::string& lane_speed = "") {
    return road_with(type_speed, lane_speed).roads[0].speed_limit_mps(10, -1);
  };
  EXPECT_NEAR(limit("<speed max=\"50\" unit=\"km/h\"/>"), 50 / 3.6, 1e-12);
  EXPECT_NEAR(limit("<speed max=\"30\" unit=\"mph\"/>"), 13.4112, 1e-12);
  EXPECT_NEAR(limit("<speed max=\"12.5\"/>"), 12.5, 1e-12);
  EXPECT_EQ(limit("<speed max=\"no limit\"/>"), 0);
  EXPECT_EQ(limit("<speed max=\"undefined\"/>"), 0);
  EXPECT_NEAR(
      limit("<speed max=\"50\" unit=\"km/h\"/>", "<speed sOffset=\"0\" max=\"20\" unit=\"mph\"/>"),
      8.9408, 1e-12);
  const RoadMap odd = road_with("<speed max=\"5\" unit=\"furlong\"/>", "");
  EXPECT_EQ(odd.warnings.items().size(), 1U) << core::to_string(odd.warnings);
}

TEST(Lanes, ManyRoadsAreReadInTimeThatGrowsWithThem) {
  std::string body;
  for (int i = 0; i < 10000; ++i) {
    body +=
        xml({.id = std::to_string(i),
             .x = 50.0 * i,
             .link = joint("predecessor", "road", std::to_string(i - 1), "contactPoint=\"end\"") +
                     joint("successor", "road", std::to_string(i + 1), "contactPoint=\"start\"")});
  }
  const RoadMap map = map_of(body);
  ASSERT_EQ(map.roads.size(), 10000U);
  const LaneGraph graph(map);
  EXPECT_EQ(graph.joins().size(), 2U * 9999);
  EXPECT_EQ(graph.warnings().items().size(), 1U);  // the far end leads nowhere
}

}  // namespace
}  // namespace oddroad::road
