#include "engine/sim/simulate.h"

#include <cmath>
#include <cstring>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sim/friction.h"
#include "engine/sim/longitudinal.h"
#include "engine/sim/relations.h"
#include "engine/sim/vehicle_parameters.h"
#include "tests/unit/sim/fixtures.h"

namespace oddroad::sim {
namespace {

using namespace testing;
using ::testing::HasSubstr;

world::Timeline run(const scenario::Variant& variant, const std::string& xml = street_xml()) {
  const Street street(xml);
  Setting setting;
  auto timeline = simulate(variant, *street.graph, setting.context);
  if (!timeline) throw std::runtime_error(core::to_string(timeline.error()));
  return *timeline;
}

const world::TimelineEvent* find_event(const world::Timeline& t, const std::string& part) {
  for (const auto& e : t.events) {
    if (e.what.find(part) != std::string::npos) return &e;
  }
  return nullptr;
}

std::size_t step_of(const world::TimelineEvent& e) {
  return static_cast<std::size_t>(e.stamp_ns / world::kStepNs);
}

scenario::Action act(const std::string& verb, const scenario::Condition& when) {
  scenario::Action out;
  out.verb = verb;
  out.when = when;
  return out;
}

TEST(Simulate, ConstantSpeedEgoCoversDistanceExactly) {
  const world::Timeline t = run(ego_only(12.5));
  ASSERT_EQ(t.end_ns, 10'000'000'000);
  ASSERT_EQ(t.actors[0].states.size(), 1001u);
  const auto& first = t.actors[0].states.front();
  const auto& last = t.actors[0].states.back();
  EXPECT_NEAR(glm::length(last.T_world_actor.translation - first.T_world_actor.translation), 125,
              1e-6);
  EXPECT_NEAR(last.rolled_m, 125, 1e-9);
  EXPECT_NEAR(last.steer_rad, 0, 1e-12);
}

TEST(Simulate, StopTakesTheBrakingDistance) {
  scenario::Variant v = ego_only(14);
  v.actors[0].actions.push_back(act("stop", compare("", "", "time", ">=", 1.0)));
  v.actors[0].actions[0].accel_mps2 = 5;
  const world::Timeline t = run(v);
  const auto& states = t.actors[0].states;
  // Building up and easing off at jerk j costs v a / 2j.
  EXPECT_NEAR(states.back().rolled_m - states[100].rolled_m, 14 * 14 / 10.0 + 14 * 5 / (2 * 12.65),
              0.1);
  EXPECT_EQ(glm::length(states.back().velocity_mps), 0);
}

TEST(Simulate, FrictionLimitsBraking) {
  scenario::Variant v = ego_only(14);
  v.environment.rain_mm_per_h = 20;
  v.actors[0].actions.push_back(act("stop", compare("", "", "time", ">=", 1.0)));
  v.actors[0].actions[0].accel_mps2 = 9;
  const world::Timeline t = run(v);
  const double mu = friction_coefficient(14, water_film_mm(20));
  EXPECT_EQ(t.environment.friction, mu);
  const auto& states = t.actors[0].states;
  const double a = mu * kGravity_mps2;
  EXPECT_NEAR(states.back().rolled_m - states[100].rolled_m,
              14 * 14 / (2 * a) + 14 * a / (2 * 12.65), 0.2);
}

TEST(Simulate, GoStopGoRunsInOrder) {
  scenario::Variant v = ego_only(10);
  scenario::Action stop = act("stop", compare("", "", "time", ">=", 1.0));
  stop.duration_s = 1.0;
  scenario::Action go = act("go", {});
  go.speed_mps = 8;
  go.accel_mps2 = 2;
  v.actors[0].actions = {stop, go};
  v.max_duration_s = 12;
  const world::Timeline t = run(v);
  const auto* started = find_event(t, "ego.go started");
  ASSERT_NE(started, nullptr);
  // 1 s, then 10/3 s of braking at 3 m/s2 and building up to it, then a second of standing.
  EXPECT_NEAR(static_cast<double>(started->stamp_ns) * 1e-9, 1 + 10 / 3.0 + 3 / 12.65 + 1, 0.06);
  EXPECT_NEAR(glm::length(t.actors[0].states.back().velocity_mps), 8, 1e-9);
}

TEST(Simulate, BendsAreDrivenOnTheLaneCentre) {
  scenario::Variant v = ego_only(12);
  const world::Timeline t = run(v, street_xml("<arc curvature=\"0.02\"/>"));
  const double radius = 50 + 3.25 / 2;  // the right lane lies outside the left bend
  const VehicleParameters car = vehicle_parameters("car.hatchback", 2.6, 1.5, 0.6);
  for (const auto& s : t.actors[0].states) {
    EXPECT_NEAR(s.yaw_rate_rps, 12 / radius, 0.01);
    EXPECT_NEAR(s.steer_rad, steady_steer_rad(*car.chassis, 1 / radius, 12, 0.85), 0.002);
    EXPECT_GT(s.steer_rad, std::atan(2.6 / radius));  // understeers
  }
  // The centre of the circle lies square to the left of the start; the distance to it stays.
  const auto& first = t.actors[0].states.front();
  const math::Vec3d course = glm::normalize(first.velocity_mps);
  const math::Vec3d centre =
      first.T_world_actor.translation + radius * math::Vec3d(-course.y, course.x, 0);
  const math::Vec3d end = t.actors[0].states.back().T_world_actor.translation;
  EXPECT_NEAR(glm::length(end - centre), radius, 0.02);
}

TEST(Simulate, BodyFollowsTheSlope) {
  const world::Timeline t =
      run(ego_only(10), street_xml("<line/>", R"(<elevation s="0" a="5" b="0.06" c="0" d="0"/>)"));
  const auto& s = t.actors[0].states[500];
  const math::Vec3d forward = s.T_world_actor.rotation * math::Vec3d(1, 0, 0);
  EXPECT_NEAR(forward.z / std::hypot(forward.x, forward.y), 0.06, 1e-6);
  EXPECT_GT(s.velocity_mps.z, 0.5);
}

TEST(Simulate, IdmEgoKeepsTheEquilibriumGapBehindASlowerCar) {
  scenario::Variant v = ego_only(14, "idm", true);
  v.actors.push_back(actor("lead", "car.sedan", ahead_of("ego", 40, "same")));
  v.actors.back().drive = scenario::Drive{"constant", 9, true};
  v.max_duration_s = 55;
  const world::Timeline t = run(v);
  const auto& ego = t.actors[0].states.back();
  const auto& lead = t.actors[1].states.back();
  const double gap =
      glm::length(lead.T_world_actor.translation - ego.T_world_actor.translation) - 4.2;
  EXPECT_NEAR(gap, idm_equilibrium_gap({}, 9, 14), 0.15);
}

TEST(Simulate, EgoThatDoesNotReactHitsAndIdmDoesNot) {
  for (const bool react : {false, true}) {
    scenario::Variant v = ego_only(13, "idm", react);
    v.actors.push_back(actor("lead", "car.sedan", ahead_of("ego", 60, "same")));
    v.end = event("ego", "lead", "hit");
    const world::Timeline t = run(v);
    EXPECT_EQ(find_event(t, "ego hit lead") != nullptr, !react);
    if (!react) {
      EXPECT_NEAR(static_cast<double>(t.end_ns) * 1e-9, 60 / 13.0, 0.011);
    } else {
      EXPECT_LT(glm::length(t.actors[0].states.back().velocity_mps), 0.3);
    }
  }
}

TEST(Simulate, ChangeLaneEndsOnTheOtherCentre) {
  std::string xml = street_xml();
  // A second lane in ego's direction instead of the parking lane.
  const std::string from = "<lane id=\"-2\" type=\"parking\"";
  xml.replace(xml.find(from), from.size(), "<lane id=\"-2\" type=\"driving\"");
  scenario::Variant v = ego_only(15);
  scenario::Action change = act("change_lane", compare("", "", "time", ">=", 1.0));
  change.target_lane = "right";
  v.actors[0].actions.push_back(change);
  const world::Timeline t = run(v, xml);
  const math::Pose first = t.actors[0].states.front().T_world_actor;
  const math::Vec3d end = first.inverse() * t.actors[0].states.back().T_world_actor.translation;
  EXPECT_NEAR(end.y, -(3.25 + 2.2) / 2, 0.03);
  for (std::size_t k = 1; k < t.actors[0].states.size(); ++k) {
    const auto& s = t.actors[0].states[k];
    EXPECT_LT(std::abs(s.yaw_rate_rps * 15), 0.35 * 0.85 * kGravity_mps2);
    const double y = (first.inverse() * s.T_world_actor.translation).y;
    EXPECT_GT(y, -2.85);  // no overshoot to speak of
  }
}

class AimTest : public ::testing::TestWithParam<std::tuple<double, double, double>> {};

// At the step where the ego's front reaches the line on which the child runs, the child is at the
// aimed point of the front.
TEST_P(AimTest, ChildMeetsTheAimedPoint) {
  const auto [ego_mps, ttc, aim] = GetParam();
  const scenario::Variant v = child_behind_van(ego_mps, 2.9, ttc, aim);
  const Street street;
  Setting setting;
  auto sim = Simulation::create(v, *street.graph, setting.context);
  ASSERT_TRUE(sim) << core::to_string(sim.error());
  double nearest = 1e9;
  double at = 0;
  do {
    const Body& ego = (*sim)->bodies()[0];
    const Body& child = (*sim)->bodies()[2];
    const math::Vec3d in_ego = ego.pose.inverse() * child.position;
    if (std::abs(in_ego.x - ego.footprint.front_m) < nearest) {
      nearest = std::abs(in_ego.x - ego.footprint.front_m);
      at = in_ego.y;
    }
  } while ((*sim)->step());
  const world::Timeline t = (*sim)->timeline();
  ASSERT_NE(find_event(t, "child.run started"), nullptr);
  const auto* late = find_event(t, ": late");
  EXPECT_EQ(late, nullptr) << late->what;
  EXPECT_LT(nearest, 0.1);
  EXPECT_NEAR(at, -0.9 + aim * 1.8, 0.15);  // comes from the right: counted from the right
  EXPECT_NE(find_event(t, "ego hit child"), nullptr);
}

INSTANTIATE_TEST_SUITE_P(Draws, AimTest,
                         ::testing::Combine(::testing::Values(7.0, 10.0, 13.5),
                                            ::testing::Values(1.3, 1.6, 2.2),
                                            ::testing::Values(0.25, 0.5, 0.75)));

TEST(Simulate, TriggerFiresAtTheFirstStepBelowTheLimit) {
  const scenario::Variant v = child_behind_van(10, 2.9, 1.6, 0.5);
  const world::Timeline t = run(v);
  const auto* started = find_event(t, "child.run started");
  ASSERT_NE(started, nullptr);
  // Front to van 60, van 5.5, gap 0.5, half a child's width: then 1.6 s before that line.
  const double expected = (60 + 5.5 + 0.5 + 0.2) / 10 - 1.6;
  EXPECT_NEAR(static_cast<double>(started->stamp_ns) * 1e-9, expected, 0.0101);
  // It does not move before.
  const auto& states = t.actors[2].states;
  EXPECT_EQ(states[step_of(*started)].T_world_actor, states[0].T_world_actor);
  EXPECT_FALSE(states[step_of(*started) + 5].T_world_actor == states[0].T_world_actor);
}

TEST(Simulate, GaitFollowsThePath) {
  scenario::Variant v = child_behind_van(10, 2.9, 1.6, 0.5);
  const world::Timeline t = run(v);
  double path = 0;
  double phase = 0;
  const auto& states = t.actors[2].states;
  for (std::size_t k = 1; k < states.size(); ++k) {
    const math::Vec3d d =
        states[k].T_world_actor.translation - states[k - 1].T_world_actor.translation;
    path += std::hypot(d.x, d.y);
    EXPECT_NEAR(states[k].articulation.travelled_m, path, 1e-6);
    double step = states[k].articulation.phase - states[k - 1].articulation.phase;
    if (step < 0) step += 1;
    phase += step;
  }
  EXPECT_GT(path, 6);
  EXPECT_NEAR(phase, 0.7 * path, 1e-6);
  EXPECT_EQ(states.back().articulation.walk_weight, 0);  // stands on the far pavement
}

TEST(Simulate, ChildCrossesToTheFarPavementAndStepsUp) {
  scenario::Variant v = child_behind_van(5, 2.9, 1.6, 0.5);
  v.actors[0].drive = scenario::Drive{"idm", 5, true};  // lets it pass
  v.end = event("child", "", "crossed");
  v.end.for_s = 4;
  v.max_duration_s = 40;
  const world::Timeline t = run(v);
  EXPECT_EQ(find_event(t, "ego hit child"), nullptr);
  EXPECT_NE(find_event(t, "end: end condition"), nullptr);
  const auto& last = t.actors[2].states.back();
  EXPECT_NEAR(last.T_world_actor.translation.z, 0.12, 0.002);
  EXPECT_EQ(glm::length(last.velocity_mps), 0);
  for (std::size_t k = 1; k < t.actors[2].states.size(); ++k) {
    const double dz = t.actors[2].states[k].T_world_actor.translation.z -
                      t.actors[2].states[k - 1].T_world_actor.translation.z;
    EXPECT_LT(std::abs(dz), 0.025);
  }
}

TEST(Simulate, CyclistIsABicycleAndARider) {
  scenario::Variant v = ego_only(10);
  v.actors.push_back(actor("cyclist", "bicycle.cyclist", ahead_of("ego", 60, "same")));
  v.actors.back().drive = scenario::Drive{"constant", 5, true};
  v.actors.push_back(actor("van", "van.panel", ahead_of("ego", 30, "parking")));
  const world::Timeline t = run(v);
  ASSERT_EQ(t.actors.size(), 4u);
  EXPECT_EQ(t.actors[1].type, "bicycle.city");
  EXPECT_EQ(t.actors[1].id.value, 2);
  const world::Actor& rider = t.actors[3];
  EXPECT_EQ(rider.name, "cyclist.rider");
  EXPECT_EQ(rider.id.value, 4);
  EXPECT_EQ(rider.rides, t.actors[1].id);
  EXPECT_EQ(rider.states.back().T_world_actor, t.actors[1].states.back().T_world_actor);
  EXPECT_EQ(rider.states.back().articulation.mode, asset::Articulation::Mode::kCycle);
  EXPECT_NEAR(rider.states.back().articulation.travelled_m, 50, 1e-6);
}

TEST(Simulate, CyclistLeansIntoTheBend) {
  scenario::Variant v = ego_only(5);
  v.actors[0].model.type = "bicycle.cyclist";
  const world::Timeline t = run(v, street_xml("<arc curvature=\"0.05\"/>"));
  // The mean: a cyclist sways a little all the time.
  double lean = 0;
  for (std::size_t k = 100; k < 1000; ++k) {
    const math::Vec3d left = t.actors[0].states[k].T_world_actor.rotation * math::Vec3d(0, 1, 0);
    EXPECT_LT(left.z, 0);  // a left bend: the left side goes down
    lean += std::asin(-left.z) / 900;
  }
  const double kappa = 1 / (20 + 3.25 / 2);
  EXPECT_NEAR(lean, std::atan(25 * kappa / kGravity_mps2), 0.01);
}

bool same_bytes(const world::Timeline& a, const world::Timeline& b) {
  if (a.actors.size() != b.actors.size() || a.end_ns != b.end_ns) return false;
  for (std::size_t i = 0; i < a.actors.size(); ++i) {
    for (std::size_t k = 0; k < a.actors[i].states.size(); ++k) {
      const auto& p = a.actors[i].states[k];
      const auto& q = b.actors[i].states[k];
      if (std::memcmp(&p.T_world_actor, &q.T_world_actor, sizeof p.T_world_actor) != 0)
        return false;
      if (!(p.articulation == q.articulation)) return false;
    }
  }
  return true;
}

TEST(Simulate, EqualVariantsGiveEqualBytes) {
  const scenario::Variant v = child_behind_van(11, 2.9, 1.6, 0.25);
  EXPECT_TRUE(same_bytes(run(v), run(v)));
  scenario::Variant other = v;
  other.actors[2].actions[0].speed_mps = 2.91;
  EXPECT_FALSE(same_bytes(run(v), run(other)));
}

TEST(Simulate, ClipEndsBeforeTheMapDoes) {
  scenario::Variant v = ego_only(20);
  v.max_duration_s = 100;
  const world::Timeline t = run(v);
  EXPECT_NE(find_event(t, "lane ends"), nullptr);
  EXPECT_NEAR(glm::length(t.actors[0].states.back().velocity_mps), 20, 1e-9);
}

TEST(Simulate, ShortClipsOfFastEgosLastTheirTime) {
  scenario::Variant v = ego_only(36);
  v.max_duration_s = 2.5;
  EXPECT_EQ(run(v).end_ns, 2'500'000'000);
}

TEST(Simulate, WrongActionsAreErrors) {
  scenario::Variant v = child_behind_van(10, 2.9, 1.6, 0.5);
  v.actors[0].actions.push_back(act("run", {}));
  v.actors[0].actions[0].where = {"a.yaml", 9, 3};
  v.actors[2].actions[0].when.b = "nobody";
  const Street street;
  Setting setting;
  const auto t = simulate(v, *street.graph, setting.context);
  ASSERT_FALSE(t);
  EXPECT_THAT(core::to_string(t.error()),
              HasSubstr("a.yaml:9:3: error: 'ego': a vehicle cannot 'run'"));
  EXPECT_THAT(core::to_string(t.error()), HasSubstr("unknown actor 'nobody'"));
}

}  // namespace
}  // namespace oddroad::sim
