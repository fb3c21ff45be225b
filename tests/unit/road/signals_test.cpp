// Signals: what they mean in each country's numbers, where they stand and look, whom they govern.
#include "road_fixture.h"

#include <cmath>

#include "engine/road/placed_signals.h"

namespace oddroad::road {
namespace {

using namespace testing;
using math::Vec3d;

SignalMeaning meaning(const std::string& country, const std::string& type,
                      const std::string& subtype = "-1", double value = -1,
                      const std::string& unit = "", const std::string& name = "") {
  RoadSignal s;
  s.country = country;
  s.type = type;
  s.subtype = subtype;
  s.value = value;
  s.unit = unit;
  s.name = name;
  return meaning_of(s);
}

TEST(SignalKind, NumbersOfEveryCountry) {
  EXPECT_EQ(meaning("OpenDRIVE", "1000001").kind, SignalKind::kTrafficLight);
  EXPECT_EQ(meaning("de", "1000002").kind, SignalKind::kTrafficLightPedestrian);
  EXPECT_EQ(meaning("", "1000011", "10").kind, SignalKind::kTrafficLight);
  EXPECT_EQ(meaning("GERMANY", "206").kind, SignalKind::kStop);
  EXPECT_EQ(meaning("DE", "205").kind, SignalKind::kYield);
  EXPECT_EQ(meaning("OpenDRIVE", "205").kind, SignalKind::kYield);
  EXPECT_EQ(meaning("DE", "301").kind, SignalKind::kPriorityNextJunction);
  EXPECT_EQ(meaning("DE", "306").kind, SignalKind::kPriorityRoad);
  EXPECT_EQ(meaning("DE", "307").kind, SignalKind::kEndOfPriority);
  EXPECT_EQ(meaning("DE", "274.1").kind, SignalKind::kSpeedZone);
  EXPECT_EQ(meaning("DE", "274.1", "20").kind, SignalKind::kSpeedZone);
  EXPECT_EQ(meaning("DE", "350", "10").kind, SignalKind::kCrosswalk);
  EXPECT_EQ(meaning("DE", "294").kind, SignalKind::kStopLine);
  EXPECT_EQ(meaning("DE", "310").kind, SignalKind::kTownSign);
  EXPECT_EQ(meaning("USA", "R1", "1").kind, SignalKind::kStop);
  EXPECT_EQ(meaning("us", "R1-2").kind, SignalKind::kYield);
  EXPECT_EQ(meaning("us", "w1-7").kind, SignalKind::kCurve);
  EXPECT_EQ(meaning("us", "R2-10").kind, SignalKind::kOther);
  EXPECT_EQ(meaning("se", "b", "2").kind, SignalKind::kStop);
  EXPECT_EQ(meaning("SE", "a", "20").kind, SignalKind::kRoadWorks);
  EXPECT_EQ(meaning("SE", "a", "5").kind, SignalKind::kWarning);
  EXPECT_EQ(meaning("UK", "601.1").kind, SignalKind::kStop);
  EXPECT_EQ(meaning("ARGENTINA", "206").kind, SignalKind::kStop);
  EXPECT_EQ(meaning("DE", "9999").kind, SignalKind::kOther);
  EXPECT_EQ(meaning("DE", "").kind, SignalKind::kOther);
}

TEST(SignalKind, SpeedsFromValueSubtypeAndName) {
  const double kmh = 1 / 3.6;
  EXPECT_NEAR(meaning("DE", "274", "55").speed_mps, 50 * kmh, 1e-12);
  EXPECT_NEAR(meaning("DE", "274", "62").speed_mps, 120 * kmh, 1e-12);
  EXPECT_NEAR(meaning("DE", "274", "30").speed_mps, 30 * kmh, 1e-12);
  EXPECT_NEAR(meaning("DE", "274", "", 70).speed_mps, 70 * kmh, 1e-12);
  EXPECT_NEAR(meaning("DE", "274", "", 20, "m/s").speed_mps, 20, 1e-12);
  EXPECT_NEAR(meaning("US", "R2-1", "", 35).speed_mps, 35 * 0.44704, 1e-12);
  EXPECT_NEAR(meaning("US", "R2-1", "", 50, "km/h").speed_mps, 50 * kmh, 1e-12);
  EXPECT_NEAR(meaning("se", "c", "31", 5).speed_mps, 50 * kmh, 1e-12);
  EXPECT_NEAR(meaning("", "", "", 0, "", "de_274-50").speed_mps, 50 * kmh, 1e-12);
  const SignalMeaning named = meaning("", "-1", "-1", -1, "", "Speed_30");
  EXPECT_EQ(named.kind, SignalKind::kSpeedLimit);
  EXPECT_TRUE(named.by_name);
  EXPECT_NEAR(named.speed_mps, 30 * kmh, 1e-12);
  EXPECT_EQ(meaning("cn", "shi", "", 50, "", "speed_lowest_50").kind, SignalKind::kMinimumSpeed);
}

TEST(SignalKind, CountriesHaveManyNames) {
  for (const char* name : {"de", "DE", "GERMANY", " Germany ", "DEU"}) {
    EXPECT_EQ(country_code(name), "DE");
  }
  EXPECT_EQ(country_code("usa"), "US");
  EXPECT_EQ(country_code("opendrive"), "OpenDRIVE");
  EXPECT_EQ(country_code("xx"), "XX");
  EXPECT_EQ(country_code(""), "");
}

RoadMap with_signals(const std::string& signals, const std::string& attributes = "",
                     const std::string& lanes = two_lanes(), const std::string& header = "") {
  RoadMap map =
      parsed(one_road("100", geometry("100", "<line/>"),
                      lanes + "</lanes><signals>" + signals + "</signals><lanes>", "", attributes));
  if (!header.empty()) map.header.vendor = header;
  return map;
}

std::string signal(const std::string& id, const std::string& attributes,
                   const std::string& inside = "") {
  return "<signal id=\"" + id + "\" country=\"DE\" " + attributes + ">" + inside + "</signal>";
}

TEST(Signals, LookAtTheTrafficTheyAreFor) {
  const RoadMap map = with_signals(
      signal("a", "type=\"206\" s=\"80\" t=\"-4\" zOffset=\"2\" orientation=\"+\"") +
      signal("b", "type=\"274\" subtype=\"55\" s=\"20\" t=\"4\" orientation=\"-\"") +
      signal("c", "type=\"101\" s=\"50\" t=\"4\" orientation=\"none\" hOffset=\"0.5\""));
  const LaneGraph graph(map);
  const PlacedSignals placed = place_signals(graph);
  EXPECT_TRUE(placed.warnings.empty()) << core::to_string(placed.warnings);
  ASSERT_EQ(placed.signals.size(), 3U);
  const PlacedSignal& a = placed.signals[0];
  EXPECT_NEAR(glm::length(a.T_map_signal.linear[0] - Vec3d(-1, 0, 0)), 0, 1e-12);
  EXPECT_NEAR(glm::length(a.T_map_signal.translation - Vec3d(80, -4, 2)), 0, 1e-12);
  EXPECT_DOUBLE_EQ(a.width_m, 0.9);
  ASSERT_EQ(a.lanes.size(), 1U);
  EXPECT_EQ(graph.lane(a.lanes[0].lane).lane, -1);
  EXPECT_NEAR(a.lanes[0].stop_m, 80, 1e-9);
  const PlacedSignal& b = placed.signals[1];
  EXPECT_NEAR(glm::length(b.T_map_signal.linear[0] - Vec3d(1, 0, 0)), 0, 1e-12);
  EXPECT_EQ(graph.lane(b.lanes.at(0).lane).lane, 1);
  EXPECT_NEAR(b.lanes[0].stop_m, 80, 1e-9);  // counted from where lane 1 is entered
  EXPECT_NEAR(placed.signals[2].heading_rad, 0.5 - M_PI, 1e-12);
  EXPECT_EQ(placed.signals[2].lanes.size(), 2U);
  EXPECT_EQ(placed.on(a.lanes[0].lane).size(), 2U);  // the stop sign and the warning
  EXPECT_EQ(placed.on(a.lanes[0].lane)[0].signal, 2);
}

TEST(Signals, LeftHandTrafficIsGovernedTheOtherWayRound) {
  const RoadMap map =
      with_signals(signal("a", "type=\"206\" s=\"80\" t=\"4\" orientation=\"+\""), "rule=\"LHT\"");
  const LaneGraph graph(map);
  const PlacedSignals placed = place_signals(graph);
  ASSERT_EQ(placed.signals.at(0).lanes.size(), 1U);
  EXPECT_EQ(graph.lane(placed.signals[0].lanes[0].lane).lane, 1);
  EXPECT_NEAR(placed.signals[0].lanes[0].stop_m, 80, 1e-9);
}

TEST(Signals, ValidityHoldsAgainstOrientation) {
  const RoadMap map = with_signals(signal("a", "type=\"206\" s=\"80\" t=\"4\" orientation=\"-\"",
                                          "<validity fromLane=\"-1\" toLane=\"-1\"/>") +
                                   signal("b", "type=\"206\" s=\"80\" t=\"4\" orientation=\"+\"",
                                          "<validity fromLane=\"-3\" toLane=\"3\"/>") +
                                   signal("c", "type=\"206\" s=\"80\" t=\"4\" orientation=\"+\"",
                                          "<validity fromLane=\"0\" toLane=\"0\"/>"));
  const LaneGraph graph(map);
  const PlacedSignals placed = place_signals(graph);
  EXPECT_EQ(graph.lane(placed.signals[0].lanes.at(0).lane).lane, -1);
  EXPECT_EQ(placed.warnings.items().size(), 1U);
  ASSERT_EQ(placed.signals[1].lanes.size(), 1U);
  EXPECT_EQ(graph.lane(placed.signals[1].lanes[0].lane).lane, -1);
  EXPECT_TRUE(placed.signals[2].lanes.empty());
}

TEST(Signals, VectorZeroWritesWhereTheyLook) {
  const RoadMap map = with_signals(
      signal("a", "type=\"1000001\" s=\"90\" t=\"-4\" orientation=\"-\" hOffset=\"0\""), "",
      two_lanes(), "VectorZero");
  const LaneGraph graph(map);
  const PlacedSignal light = place_signals(graph).signals.at(0);
  EXPECT_NEAR(glm::length(light.T_map_signal.linear[0] - Vec3d(-1, 0, 0)), 0, 1e-12);
  EXPECT_EQ(graph.lane(light.lanes.at(0).lane).lane, -1);
}

TEST(Signals, StopAtThePaintedLine) {
  const RoadMap map =
      with_signals(signal("light", "type=\"1000001\" s=\"90\" t=\"-4\" orientation=\"+\"") +
                   signal("line", "type=\"294\" s=\"86\" t=\"-2\" orientation=\"+\"") +
                   signal("far", "type=\"294\" s=\"20\" t=\"-2\" orientation=\"+\""));
  const LaneGraph graph(map);
  const GovernedLane lane = place_signals(graph).signals.at(0).lanes.at(0);
  EXPECT_TRUE(lane.at_stop_line);
  EXPECT_NEAR(lane.stop_m, 86, 1e-9);
}

std::string piece(const std::string& id, double x, const std::string& link,
                  const std::string& junction, const std::string& signals) {
  return "<road id=\"" + id + "\" junction=\"" + junction + "\" length=\"50\"><link>" + link +
         "</link><planView><geometry s=\"0\" x=\"" + std::to_string(x) +
         "\" y=\"0\" hdg=\"0\" length=\"50\"><line/></geometry></planView><lanes>" + two_lanes() +
         "</lanes><signals>" + signals + "</signals></road>";
}

RoadMap crossing(const std::string& on_in, const std::string& on_c, const std::string& on_out) {
  return parsed(
      "<OpenDRIVE>" +
      piece("in", 0, "<successor elementType=\"junction\" elementId=\"J\"/>", "-1", on_in) +
      piece("c", 50,
            "<predecessor elementType=\"road\" elementId=\"in\" contactPoint=\"end\"/><successor "
            "elementType=\"road\" elementId=\"out\" contactPoint=\"start\"/>",
            "J", on_c) +
      piece("out", 100, "<predecessor elementType=\"junction\" elementId=\"J\"/>", "-1", on_out) +
      "<junction id=\"J\"><connection id=\"0\" incomingRoad=\"in\" connectingRoad=\"c\" "
      "contactPoint=\"start\"/></junction><controller id=\"g\"><control signalId=\"L\"/>"
      "</controller></OpenDRIVE>");
}

TEST(Signals, InsideAJunctionTheyCountAtTheEntry) {
  const std::string light = signal("L", "type=\"1000001\" s=\"30\" t=\"-4\" orientation=\"+\"");
  const RoadMap map = crossing("", light, "");
  const LaneGraph graph(map);
  const PlacedSignal placed = place_signals(graph).signals.at(0);
  ASSERT_EQ(placed.lanes.size(), 1U);
  EXPECT_EQ(graph.road_of(placed.lanes[0].lane).id, "c");
  EXPECT_DOUBLE_EQ(placed.lanes[0].stop_m, 0);
  EXPECT_EQ(placed.controller, 0);
}

TEST(Signals, ReferencesAndFarSideLightsReachTheConnectingLanes) {
  const std::string light = signal("L", "type=\"1000001\" s=\"45\" t=\"-4\" orientation=\"+\"",
                                   "<validity fromLane=\"0\" toLane=\"0\"/>");
  const std::string refer =
      "<signalReference id=\"L\" s=\"1\" t=\"0\" orientation=\"+\"><validity fromLane=\"-1\" "
      "toLane=\"-1\"/></signalReference><signalReference id=\"zz\" s=\"1\" t=\"0\"/>";
  const RoadMap map = crossing(light, refer, "");
  const LaneGraph graph(map);
  const PlacedSignals placed = place_signals(graph);
  ASSERT_EQ(placed.signals.at(0).lanes.size(), 1U);
  EXPECT_TRUE(placed.signals[0].lanes[0].by_reference);
  EXPECT_EQ(graph.road_of(placed.signals[0].lanes[0].lane).id, "c");
  EXPECT_EQ(placed.warnings.items().size(), 1U);

  const RoadMap far =
      crossing("", "", signal("L", "type=\"1000001\" s=\"2\" t=\"-4\" orientation=\"+\""));
  const LaneGraph far_graph(far);
  const PlacedSignal behind = place_signals(far_graph).signals.at(0);
  EXPECT_EQ(far_graph.road_of(behind.lanes.at(0).lane).id, "c");
}

TEST(Signals, UnknownOnesAreGreyBoardsToldOnce) {
  const std::string odd = "type=\"9876\" s=\"8\" t=\"-4\" orientation=\"+\"";
  const RoadMap map = with_signals(signal("a", odd) + signal("b", odd));
  const LaneGraph graph(map);
  const PlacedSignals placed = place_signals(graph);
  EXPECT_EQ(placed.signals.at(1).kind, SignalKind::kOther);
  ASSERT_EQ(placed.warnings.items().size(), 1U);
  EXPECT_NE(placed.warnings.items()[0].message.find("9876"), std::string::npos);
  EXPECT_GT(placed.warnings.items()[0].where.line, 0);
}

TEST(Signals, OfTownOneGovernEveryArmOfTheirJunctions) {
  const auto path = std::filesystem::path(ODDROAD_SHARED_DIR) / "data/xodr/Town01.xodr";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no Town01.xodr in the shared directory";
  const auto map = load_opendrive(path);
  ASSERT_TRUE(map.has_value());
  const LaneGraph graph(*map);
  const PlacedSignals placed = place_signals(graph);
  EXPECT_TRUE(placed.warnings.empty()) << core::to_string(placed.warnings);
  EXPECT_EQ(placed.signals.size(), 36U);
  for (const PlacedSignal& light : placed.signals) {
    EXPECT_EQ(light.kind, SignalKind::kTrafficLight);
    EXPECT_FALSE(light.lanes.empty()) << light.signal;
    for (const GovernedLane& lane : light.lanes) {
      // Governed lanes begin where the light looks from: traffic drives towards its front.
      const LanePose pose = graph.pose({lane.lane, lane.stop_m});
      EXPECT_TRUE(graph.road_of(lane.lane).is_connecting());
      EXPECT_LT(std::cos(pose.heading_rad - light.heading_rad), -0.9);
      EXPECT_LT(glm::length(pose.position - light.T_map_signal.translation), 60);
    }
  }
}

TEST(Signals, OfTheCollectionAreKnown) {
  if (collected_maps().empty()) GTEST_SKIP() << "no folder data/xodr in the shared directory";
  for (const auto& path : collected_maps()) {
    const auto map = load_opendrive(path);
    ASSERT_TRUE(map.has_value());
    const LaneGraph graph(*map);
    const PlacedSignals placed = place_signals(graph);
    int other = 0;
    int idle = 0;
    for (const PlacedSignal& s : placed.signals) {
      other += s.kind == SignalKind::kOther ? 1 : 0;
      idle += s.lanes.empty() ? 1 : 0;
    }
    if (!placed.signals.empty()) {
      std::printf("%-32s %3zu signals, %d unknown, %d without lanes\n%s", path.filename().c_str(),
                  placed.signals.size(), other, idle, core::to_string(placed.warnings).c_str());
    }
    EXPECT_EQ(other, 0) << path;
  }
}

}  // namespace
}  // namespace oddroad::road
