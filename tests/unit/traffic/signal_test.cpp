// Programs of lights: who is green when, and what lies between.
#include "tests/unit/traffic/small_maps.h"

namespace oddroad::traffic {
namespace {

using testing::Crossing;
using testing::World;

Crossing lit_crossing(double kmh) {
  Crossing out;
  out.limits_kmh = {kmh, kmh, kmh, kmh};
  for (int i = 0; i < 4; ++i) {
    out.signals[static_cast<std::size_t>(i)] =
        testing::signal_xml("L" + std::to_string(i + 1), "1000001", 2, "-");
  }
  return out;
}

TEST(TrafficSignals, EveryEntryIsGoverned) {
  const World world(lit_crossing(50).text());
  for (const char* road : {"12", "13", "14", "21", "23", "24", "31", "42"}) {
    EXPECT_EQ(world.network->controls().entries[world.lane(road, -1)].heads.size(), 1u) << road;
  }
}

TEST(TrafficSignals, OppositeArmsShareAPhaseAndCrossingOnesNever) {
  const World world(lit_crossing(50).text());
  int together = 0;
  for (double t = 0; t < 400; t += 0.05) {
    const auto state = [&](const char* id) {
      return world.network->state_of(id, t)->state;
    };
    const auto free = [&](const char* id) {
      return state(id) == LightState::kGreen || state(id) == LightState::kYellow;
    };
    EXPECT_FALSE((free("L1") || free("L3")) && (free("L2") || free("L4"))) << t;
    together += state("L1") == LightState::kGreen && state("L3") == LightState::kGreen;
  }
  EXPECT_GT(together, 400);
}

TEST(TrafficSignals, ConflictingTrafficIsClearedBeforeTheNextGreen) {
  const World world(lit_crossing(50).text());
  const auto& programs = world.network->programs();
  const auto& heads = world.network->controls().heads;
  for (std::size_t a = 0; a < heads.size(); ++a) {
    for (std::size_t b = 0; b < heads.size(); ++b) {
      if (programs[a].green_from_s == programs[b].green_from_s) continue;
      const HeadTiming& p = programs[a];
      const double clear = clearance_s(world.network->lanes(), world.network->conflicts(),
                                       heads[a].entries, heads[b].entries);
      double wait = programs[b].green_from_s - (p.green_to_s + p.yellow_s);
      while (wait < 0) wait += p.cycle_s;
      EXPECT_GE(wait + 1e-9, clear);
      EXPECT_GE(clear, 1);
    }
  }
}

TEST(TrafficSignals, YellowGrowsWithTheLimit) {
  const double kmh_and_yellow[][2] = {{30, 3}, {50, 3}, {60, 4}, {70, 5}};
  for (const auto& [kmh, yellow] : kmh_and_yellow) {
    const World world(lit_crossing(kmh).text());
    double seconds = 0;
    const HeadTiming& p = world.network->programs()[0];
    for (int i = 0; i < static_cast<int>(p.cycle_s * 100); ++i) {
      seconds += world.network->head_state(0, i * 0.01) == LightState::kYellow ? 0.01 : 0;
    }
    EXPECT_NEAR(seconds, yellow, 0.03) << kmh;
  }
}

TEST(TrafficSignals, RedYellowWhereTheCountryHasIt) {
  Crossing crossing = lit_crossing(50);
  const World german(crossing.text());
  crossing.signals[0] = testing::signal_xml("L1", "1000001", 2, "-", "USA");
  const World american(crossing.text());
  const auto seconds = [](const World& world) {
    double sum = 0;
    for (int i = 0; i < static_cast<int>(world.network->programs()[0].cycle_s * 100); ++i) {
      sum += world.network->head_state(0, i * 0.01) == LightState::kRedYellow ? 0.01 : 0;
    }
    return sum;
  };
  EXPECT_NEAR(seconds(german), 1, 0.03);
  EXPECT_EQ(seconds(american), 0);
}

TEST(TrafficSignals, ControllersGroupHeads) {
  Crossing crossing = lit_crossing(50);
  // Against geometry: each arm its own controller, arms 1 and 2 cannot be joined by that.
  crossing.map_extra =
      "<controller id=\"c1\" sequence=\"0\"><control signalId=\"L1\"/><control signalId=\"L3\"/>"
      "</controller><controller id=\"c2\" sequence=\"1\"><control signalId=\"L2\"/>"
      "<control signalId=\"L4\"/></controller>";
  crossing.junction_extra = "<controller id=\"c1\"/><controller id=\"c2\"/>";
  const World world(crossing.text());
  const auto& p = world.network->programs();
  EXPECT_EQ(p[0].green_from_s, p[2].green_from_s);
  EXPECT_EQ(p[1].green_from_s, p[3].green_from_s);
  EXPECT_NE(p[0].green_from_s, p[1].green_from_s);
}

TEST(TrafficSignals, PeopleWalkWhileTheirRoadStands) {
  Crossing crossing = lit_crossing(50);
  crossing.signals[0] += testing::signal_xml("P1", "1000002", 3, "none");
  const World world(crossing.text());
  double walking = 0;
  for (double t = 0; t < 200; t += 0.05) {
    const auto walk = world.network->state_of("P1", t);
    ASSERT_TRUE(walk.has_value());
    EXPECT_EQ(walk->kind, SignalKind::kPedestrianLight);
    if (walk->state != LightState::kGreen) continue;
    walking += 0.05;
    EXPECT_EQ(world.network->state_of("L1", t)->state, LightState::kRed) << t;
  }
  EXPECT_GT(walking, 10);
  EXPECT_FALSE(world.network->state_of("nothing", 0).has_value());
}

TEST(TrafficSignals, StateAtFollowsTheCycle) {
  const HeadTiming h{60, 5, 10, 30, 3, 1};
  EXPECT_EQ(state_at(h, 4.9), LightState::kRedYellow);
  EXPECT_EQ(state_at(h, 5.0), LightState::kGreen);
  EXPECT_EQ(state_at(h, 24.9), LightState::kGreen);
  EXPECT_EQ(state_at(h, 25.0), LightState::kYellow);
  EXPECT_EQ(state_at(h, 28.1), LightState::kRed);
  EXPECT_EQ(state_at(h, 65.0), LightState::kGreen);
}

}  // namespace
}  // namespace oddroad::traffic
