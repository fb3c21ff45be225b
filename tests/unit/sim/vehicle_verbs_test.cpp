// What vehicles can be told to do.
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sim/relations.h"
#include "tests/unit/sim/fixtures.h"

namespace oddroad::sim {
namespace {

using namespace testing;

scenario::Action act(const std::string& verb, double at_s = 1) {
  scenario::Action out;
  out.verb = verb;
  out.when = compare("", "", "time", ">=", at_s);
  return out;
}

world::Timeline run(const scenario::Variant& v, const std::string& xml = street_xml()) {
  const Street street(xml);
  Setting setting;
  auto t = simulate(v, *street.graph, setting.context);
  if (!t) throw std::runtime_error(core::to_string(t.error()));
  return *t;
}

// Left of the line along which the first state looks.
double left_of_start(const world::Actor& actor, std::size_t k) {
  return (actor.states[0].T_world_actor.inverse() * actor.states[k].T_world_actor.translation).y;
}
double ahead_of_start(const world::Actor& actor, std::size_t k) {
  return (actor.states[0].T_world_actor.inverse() * actor.states[k].T_world_actor.translation).x;
}
double speed(const world::Actor& actor, std::size_t k) {
  return glm::length(math::Vec2d(actor.states[k].velocity_mps));
}

TEST(VehicleVerbs, BrakeEndsAtASpeedOrATime) {
  scenario::Variant v = ego_only(15);
  scenario::Action brake = act("brake");
  brake.accel_mps2 = 4;
  brake.numbers["to"] = 7;
  v.actors[0].actions = {brake};
  EXPECT_NEAR(speed(run(v).actors[0], 900), 7, 0.05);
  v.actors[0].actions[0].numbers.clear();
  v.actors[0].actions[0].duration_s = 1;
  // A second of braking, of which building up takes a part and easing off gives it back.
  EXPECT_NEAR(speed(run(v).actors[0], 900), 15 - 4 + 0.5 * 4 * 4 / 12.65 - 0.5 * 4 * 4 / 12.65,
              0.8);
}

TEST(VehicleVerbs, KeepHoldsAHeadway) {
  scenario::Variant v = ego_only(14);
  v.actors.push_back(actor("lead", "car.sedan", ahead_of("ego", 40, "same")));
  v.actors.back().drive = scenario::Drive{"constant", 12, true};
  scenario::Action keep = act("keep", 0);
  keep.words["behind"] = "lead";
  keep.numbers["headway"] = 1.5;
  v.actors[0].actions = {keep};
  v.max_duration_s = 40;
  const world::Timeline t = run(v);
  const auto& ego = t.actors[0].states.back();
  const auto& lead = t.actors[1].states.back();
  const double gap =
      glm::length(lead.T_world_actor.translation - ego.T_world_actor.translation) - 4.2;
  EXPECT_NEAR(gap, 1.5 * 12, 0.3);
  EXPECT_NEAR(glm::length(ego.velocity_mps), 12, 0.05);
}

TEST(VehicleVerbs, SwerveComesBackAndOffsetStays) {
  for (const bool swerve : {true, false}) {
    scenario::Variant v = ego_only(15);
    scenario::Action a = act(swerve ? "swerve" : "offset");
    a.numbers["by"] = -1.0;
    a.numbers["within"] = 1.2;
    if (swerve) a.duration_s = 4;
    v.actors[0].actions = {a};
    const world::Timeline t = run(v);
    EXPECT_NEAR(left_of_start(t.actors[0], 280), -1.0, 0.12);
    EXPECT_NEAR(left_of_start(t.actors[0], 950), swerve ? 0.0 : -1.0, 0.05);
  }
}

TEST(VehicleVerbs, FastCarsDoNotWeaveAfterASwerve) {
  for (const double rain : {0.0, 2.0}) {
    for (const double speed : {18.0, 27.0, 36.0}) {
      scenario::Variant v = ego_only(speed);
      v.environment.rain_mm_per_h = rain;
      scenario::Action a = act("swerve");
      a.numbers["by"] = 1.2;
      a.numbers["within"] = 0.9;
      a.duration_s = 3;
      v.actors[0].actions = {a};
      v.max_duration_s = 14;
      const world::Timeline t = run(v);
      const std::size_t end = t.actors[0].states.size() - 1;
      double strayed = 0;
      for (std::size_t k = 800; k <= end; ++k) {
        strayed = std::max(strayed, std::abs(left_of_start(t.actors[0], k)));
      }
      EXPECT_LT(strayed, 0.1) << speed << " m/s, " << rain << " mm/h";
    }
  }
}

TEST(VehicleVerbs, OvertakesOnTheOppositeLaneAndReturns) {
  scenario::Variant v = ego_only(14, "idm", true);
  v.actors.push_back(actor("tractor", "van.panel", ahead_of("ego", 25, "same")));
  v.actors.back().drive = scenario::Drive{"constant", 7, true};
  scenario::Action a = act("overtake");
  a.words["past"] = "tractor";
  a.speed_mps = 17;
  v.actors[0].actions = {a};
  v.max_duration_s = 25;
  const world::Timeline t = run(v);
  double most = 0;
  bool indicated = false;
  for (std::size_t k = 0; k < t.actors[0].states.size(); ++k) {
    most = std::max(most, left_of_start(t.actors[0], k));
    indicated = indicated || t.actors[0].states[k].lamps.indicator_left;
  }
  EXPECT_NEAR(most, 3.25, 0.25);
  EXPECT_TRUE(indicated);
  const std::size_t end = t.actors[0].states.size() - 1;
  EXPECT_NEAR(left_of_start(t.actors[0], end), 0, 0.1);
  EXPECT_GT(ahead_of_start(t.actors[0], end), ahead_of_start(t.actors[1], end) + 25);
  for (const auto& e : t.events) EXPECT_EQ(e.what.find(" hit "), std::string::npos) << e.what;
}

TEST(VehicleVerbs, ReversesItsDistanceStraight) {
  scenario::Variant v = ego_only(0);
  scenario::Action a = act("reverse");
  a.speed_mps = 2;
  a.numbers["distance"] = 8;
  v.actors[0].actions = {a};
  v.max_duration_s = 15;
  const world::Timeline t = run(v);
  const std::size_t end = t.actors[0].states.size() - 1;
  EXPECT_NEAR(ahead_of_start(t.actors[0], end), -8, 0.15);
  EXPECT_NEAR(left_of_start(t.actors[0], end), 0, 0.01);
  EXPECT_NEAR(t.actors[0].states.back().rolled_m, -8, 0.15);
  EXPECT_TRUE(t.actors[0].states[300].lamps.reversing);
  EXPECT_EQ(speed(t.actors[0], end), 0);
}

TEST(VehicleVerbs, ReversesRoundABend) {
  scenario::Variant v = ego_only(0);
  scenario::Action a = act("reverse", 0);
  a.speed_mps = 3;
  v.actors[0].actions = {a};
  const world::Timeline t = run(v, street_xml("<arc curvature=\"0.02\"/>"));
  const double radius = 50 + 3.25 / 2;
  const math::Vec3d centre = t.actors[0].states[0].T_world_actor * math::Vec3d(0, radius, 0);
  EXPECT_NEAR(glm::length(t.actors[0].states.back().T_world_actor.translation - centre), radius,
              0.05);
}

TEST(VehicleVerbs, DoorsOpenInTime) {
  scenario::Variant v = ego_only(8);
  v.actors.push_back(actor("parked", "car.sedan", ahead_of("ego", 30, "parking")));
  scenario::Action a = act("open_door");
  a.numbers["angle"] = 1.0;
  a.numbers["within"] = 0.8;
  v.actors.back().actions = {a};
  const world::Timeline t = run(v);
  EXPECT_EQ(t.actors[1].states[100].articulation.door_rad, 0);
  EXPECT_NEAR(t.actors[1].states[141].articulation.door_rad, 0.5, 0.02);
  EXPECT_EQ(t.actors[1].states[200].articulation.door_rad, 1.0);
  EXPECT_EQ(ahead_of_start(t.actors[1], 900), 0);  // and it does not roll away
}

TEST(VehicleVerbs, LampsAreAsTold) {
  scenario::Variant v = ego_only(8);
  scenario::Action a = act("lights");
  a.words["indicator"] = "hazard";
  a.words["beam"] = "high";
  v.actors[0].actions = {a};
  const world::Lamps lamps = run(v).actors[0].states[500].lamps;
  EXPECT_TRUE(lamps.indicator_left && lamps.indicator_right);
  EXPECT_EQ(lamps.beam, world::Lamps::Beam::kHigh);
}

TEST(VehicleVerbs, AWrongWayDriverComesTowardsTheEgo) {
  scenario::Variant v = ego_only(14);
  v.actors.push_back(actor("ghost", "car.sedan", ahead_of("ego", 150, "same")));
  v.actors.back().at.facing = "against";
  v.actors.back().drive = scenario::Drive{"constant", 16, false};
  v.end = event("ego", "ghost", "hit");
  const world::Timeline t = run(v, street_xml("<arc curvature=\"0.002\"/>"));
  EXPECT_NEAR(static_cast<double>(t.end_ns) * 1e-9, 150 / 30.0, 0.05);
  EXPECT_THAT(t.events.front().what, ::testing::HasSubstr("hit"));
}

TEST(VehicleVerbs, WhatIsMissingIsSaid) {
  scenario::Variant v = ego_only(14);
  scenario::Action keep = act("keep");
  keep.where = {"a.yaml", 7, 3};
  v.actors[0].actions = {keep};
  const Street street;
  Setting setting;
  const auto t = simulate(v, *street.graph, setting.context);
  ASSERT_FALSE(t);
  EXPECT_THAT(core::to_string(t.error()),
              ::testing::HasSubstr("a.yaml:7:3: error: 'ego': keep needs a 'gap' or a 'headway'"));
}

TEST(VehicleVerbs, WhoDrivesInTheDarkHasTheLowBeamOn) {
  using Beam = world::Lamps::Beam;
  scenario::Variant v = child_behind_van(10, 2, 1, 0);
  const auto beams = [&] {
    const world::Timeline t = run(v);
    return std::pair(t.actors[0].states[50].lamps.beam, t.actors[1].states[50].lamps.beam);
  };
  v.environment.sun_elevation_rad = .5;
  EXPECT_EQ(beams(), std::pair(Beam::kOff, Beam::kOff));
  v.environment.sun_elevation_rad = -.1;
  EXPECT_EQ(beams(), std::pair(Beam::kLow, Beam::kOff)) << "the van is parked";
  scenario::Action off = act("lights", .1);
  off.words["beam"] = "off";
  v.actors[0].actions = {off};
  EXPECT_EQ(beams(), std::pair(Beam::kOff, Beam::kOff)) << "as it is told";
}

}  // namespace
}  // namespace oddroad::sim
