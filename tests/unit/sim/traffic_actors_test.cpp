// Background traffic and lights in a simulation, on the project's own junction map.
#include "engine/sim/traffic_actors.h"

#include <cmath>

#include <gtest/gtest.h>

#include "engine/sim/simulation.h"
#include "tests/unit/sim/fixtures.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;

struct Junction {
  Junction() {
    auto read = road::load_opendrive(ODDROAD_SOURCE_DIR "/scenarios/maps/town_junction.xodr");
    EXPECT_TRUE(read.has_value());
    map = std::move(*read);
    graph = std::make_unique<road::LaneGraph>(map);
    context = {&ontology, &models, true};
  }
  road::RoadMap map;
  std::unique_ptr<road::LaneGraph> graph;
  capture::Ontology ontology;
  CatalogModels models;
  SimContext context;
};

// An ego on the western arm, start_m before the junction, and traffic.
scenario::Variant approach(double start_m, double speed_mps, double density, bool obeys,
                           std::uint64_t key = 1) {
  scenario::Variant v = testing::ego_only(speed_mps, obeys ? "idm" : "constant", obeys);
  v.actors[0].at.kind = scenario::PlacementKind::kRoad;
  v.actors[0].at.road_id = "3";
  v.actors[0].at.s_m = start_m;
  v.actors[0].at.lane_id = 1;
  v.traffic = {density, {}, 300, 30};
  v.random_key = key;
  v.max_duration_s = 12;
  return v;
}

world::Timeline play(const Junction& at, const scenario::Variant& variant) {
  auto timeline = simulate(variant, *at.graph, at.context);
  EXPECT_TRUE(timeline.has_value()) << core::to_string(timeline.error());
  return std::move(*timeline);
}

TEST(TrafficActors, ComeAfterTheScriptedOnesAndLiveWithinTheClip) {
  const Junction at;
  const world::Timeline t = play(at, approach(120, 8, 40, true));
  ASSERT_GT(t.actors.size(), 10u);
  EXPECT_EQ(t.actors[0].name, "ego");
  for (std::size_t i = 0; i < t.actors.size(); ++i) {
    const world::Actor& actor = t.actors[i];
    EXPECT_EQ(actor.id.value, i + 1);
    EXPECT_GE(actor.first_step, 0);
    EXPECT_LE(actor.end_ns(), t.end_ns);
    if (i > 0) EXPECT_EQ(actor.name.rfind("traffic.", 0), 0u) << actor.name;
    // What a pose does from step to step is what the velocities say.
    for (std::size_t k = 1; k < actor.states.size(); ++k) {
      const auto& a = actor.states[k - 1];
      const auto& b = actor.states[k];
      const double moved =
          glm::length(b.T_world_actor.translation - a.T_world_actor.translation) / kStep_s;
      EXPECT_NEAR(moved, 0.5 * (glm::length(a.velocity_mps) + glm::length(b.velocity_mps)), 0.35)
          << actor.name << " step " << k;
    }
  }
}

TEST(TrafficActors, AppearOutOfSightOrAtTheStart) {
  const Junction at;
  scenario::Variant v = approach(120, 8, 60, true);
  v.traffic.sight_m = 90;
  const world::Timeline t = play(at, v);
  int later = 0;
  for (const world::Actor& actor : t.actors) {
    if (actor.first_step == 0 || actor.rides) continue;
    ++later;
    const Vec2d ego(t.actors[0].state(actor.first_step).T_world_actor.translation);
    EXPECT_GT(glm::length(Vec2d(actor.states[0].T_world_actor.translation) - ego), 80)
        << actor.name;
  }
  EXPECT_GT(later, 0);
}

// An ego that brakes for nobody runs into the queue before it; who was there is in the facts, once.
TEST(TrafficActors, FactsCountTraffic) {
  const Junction at;
  const world::Timeline t = play(at, approach(20, 16, 60, false, 3));
  std::size_t with_facts = 0;
  for (const world::Actor& actor : t.actors) with_facts += actor.name != "ego" && !actor.rides;
  EXPECT_EQ(t.facts.encounters.size(), with_facts);
  ASSERT_FALSE(t.facts.collisions.empty());
  for (const world::CollisionFact& c : t.facts.collisions) {
    ASSERT_LE(c.b.value, t.actors.size());
    EXPECT_LT(c.a, c.b);
    for (const core::InstanceId id : {c.a, c.b}) {
      const world::Actor& actor = t.actors[id.value - 1u];
      EXPECT_GE(c.stamp_ns, actor.begin_ns()) << actor.name;
      EXPECT_LE(c.stamp_ns, actor.end_ns()) << actor.name;
    }
    // A lorry and its trailer are coupled, not in collision.
    EXPECT_NE(t.actors[c.b.value - 1u].name, t.actors[c.a.value - 1u].name + ".trailer");
  }
}

TEST(TrafficActors, TheSameKeyGivesTheSameBits) {
  const Junction at;
  const world::Timeline a = play(at, approach(100, 9, 40, true, 7));
  const world::Timeline b = play(at, approach(100, 9, 40, true, 7));
  const world::Timeline other = play(at, approach(100, 9, 40, true, 8));
  ASSERT_EQ(a.actors.size(), b.actors.size());
  for (std::size_t i = 0; i < a.actors.size(); ++i) {
    EXPECT_EQ(a.actors[i].first_step, b.actors[i].first_step);
    ASSERT_EQ(a.actors[i].states.size(), b.actors[i].states.size());
    EXPECT_EQ(a.actors[i].states.back().T_world_actor, b.actors[i].states.back().T_world_actor);
  }
  EXPECT_EQ(a.signals, b.signals);
  EXPECT_FALSE(a.actors.size() == other.actors.size() &&
               a.actors.back().states.back().T_world_actor ==
                   other.actors.back().states.back().T_world_actor);
}

TEST(TrafficActors, LightsOfCrossingStreetsAreNeverGreenTogether) {
  const Junction at;
  scenario::Variant v = approach(150, 0.5, 0, false);
  v.max_duration_s = 150;
  const world::Timeline t = play(at, v);
  ASSERT_EQ(t.signals.size(), 12u);
  bool east_went = false, north_went = false;
  for (std::int64_t ns = 0; ns <= t.end_ns; ns += 100'000'000) {
    const auto go = [&](const char* id) {
      const auto state = world::signal_state(t, id, ns);
      return state == world::SignalState::kGreen || state == world::SignalState::kYellow;
    };
    EXPECT_FALSE(go("11") && go("21")) << ns;
    // People go while cars of that arm stand.
    EXPECT_FALSE(go("11") && world::signal_state(t, "12", ns) == world::SignalState::kGreen) << ns;
    east_went |= go("11");
    north_went |= go("21");
  }
  EXPECT_TRUE(east_went && north_went);
}

// Enters the junction on green or yellow only; somebody who keeps no rule does not care.
TEST(TrafficActors, ScriptedDriversStopAtRed) {
  const Junction at;
  int waited = 0, passed = 0;
  for (const double start_m : {30.0, 60.0, 90.0, 120.0, 150.0, 175.0}) {
    scenario::Variant v = approach(start_m, 10, 0, true);
    v.max_duration_s = 60;
    const world::Timeline t = play(at, v);
    const world::Actor& ego = t.actors[0];
    const math::Vec3d origin = choose_local_origin(v, *at.graph)->translation;
    const double front = 3.4;  // of a car's model origin to its bumper
    for (std::int64_t k = 1; k < static_cast<std::int64_t>(ego.states.size()); ++k) {
      const auto line = [&](std::int64_t step) {  // the stop line lies at x = -24.5
        return ego.state(step).T_world_actor.translation.x + origin.x + front + 24.0;
      };
      if (line(k - 1) < 0 && line(k) >= 0) {
        const auto light = world::signal_state(t, "31", k * world::kStepNs);
        EXPECT_TRUE(light == world::SignalState::kGreen || light == world::SignalState::kYellow)
            << "from " << start_m << " m at step " << k;
        ++passed;
      }
      if (ego.state(k).velocity_mps == math::Vec3d(0)) ++waited;
    }
  }
  EXPECT_GT(waited, 100);
  EXPECT_GT(passed, 3);
}

}  // namespace
}  // namespace oddroad::sim
