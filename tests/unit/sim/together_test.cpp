// Entries that start at one moment.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sim/rehearse.h"
#include "tests/unit/sim/fixtures.h"

namespace oddroad::sim {
namespace {

using namespace testing;
using State = ActionReport::State;

scenario::Action verb(const std::string& name, bool with_last = false) {
  scenario::Action out;
  out.verb = name;
  out.with_last = with_last;
  return out;
}

scenario::Action offset(double by_m) {
  scenario::Action out = verb("offset", true);
  out.numbers["by"] = by_m;
  return out;
}

scenario::Action hazard(bool with_last) {
  scenario::Action out = verb("lights", with_last);
  out.words["indicator"] = "hazard";
  return out;
}

Rehearsal rehearsed(const scenario::Variant& variant) {
  const Street street;
  Setting setting;
  auto out = rehearse(variant, *street.graph, setting.context);
  if (!out) throw std::runtime_error(core::to_string(out.error()));
  return std::move(*out);
}

scenario::Variant told(std::vector<scenario::Action> actions) {
  scenario::Variant v = ego_only(10);
  v.actors[0].actions = std::move(actions);
  return v;
}

const world::ActorState& ego_at(const Rehearsal& run, double time_s) {
  return run.timeline.actors[0].states.at(static_cast<std::size_t>(time_s * 100 + 0.5));
}

TEST(Together, AllStartAtOneMomentAndRunSideBySide) {
  scenario::Action brake = verb("stop");
  brake.accel_mps2 = 4;
  brake.when = compare("", "", "time", ">=", 1);
  const Rehearsal both = rehearsed(told({brake, hazard(true), offset(0.5)}));
  for (const ActionReport& action : both.report.actions) {
    EXPECT_EQ(action.state, State::kStarted);
    EXPECT_NEAR(action.time_s, 1, 1e-9);
  }
  // The brake works as it does alone; the lamps and the place in the lane change as well.
  const Rehearsal alone = rehearsed(told({brake}));
  EXPECT_NEAR(glm::length(ego_at(both, 2.5).velocity_mps),
              glm::length(ego_at(alone, 2.5).velocity_mps), 0.2);
  EXPECT_LT(glm::length(ego_at(both, 2.5).velocity_mps), 6);
  EXPECT_FALSE(ego_at(both, 0.9).lamps.indicator_left);
  EXPECT_TRUE(ego_at(both, 1.1).lamps.indicator_left);
  EXPECT_TRUE(ego_at(both, 1.1).lamps.indicator_right);
  const double aside = glm::length(math::Vec2d(ego_at(both, 3).T_world_actor.translation) -
                                   math::Vec2d(ego_at(alone, 3).T_world_actor.translation));
  EXPECT_GT(aside, 0.3);
  EXPECT_LT(aside, 0.7);
}

TEST(Together, TheEntryBehindWaitsForTheEndOfAll) {
  scenario::Action shift = offset(0.5);
  shift.numbers["within"] = 3;
  scenario::Action first = hazard(false);
  first.when = compare("", "", "time", ">=", 1);
  const Rehearsal run = rehearsed(told({first, shift, verb("stop")}));
  EXPECT_NEAR(run.report.actions[1].time_s, 1, 1e-9);
  EXPECT_NEAR(run.report.actions[2].time_s, 4, 0.1);
}

TEST(Together, WaitsItsTurnUnlessAllOfItRunBeside) {
  scenario::Action first = verb("stop");
  first.when = compare("", "", "time", ">=", 1);
  const Rehearsal with_speed = rehearsed(told({first, hazard(false), verb("go", true)}));
  EXPECT_GT(with_speed.report.actions[1].time_s, 3);  // it stands by then
  EXPECT_EQ(with_speed.report.actions[1].time_s, with_speed.report.actions[2].time_s);
  const Rehearsal beside = rehearsed(told({first, hazard(false)}));
  EXPECT_NEAR(beside.report.actions[1].time_s, 1.01, 1e-9);
}

TEST(Together, WhatNeverStartedIsToldOfAll) {
  scenario::Action brake = verb("brake");
  brake.when = compare("ego", "", "speed", ">", 20);
  const Rehearsal run = rehearsed(told({brake, hazard(true), verb("stop")}));
  EXPECT_EQ(run.report.actions[0].state, State::kWaiting);
  EXPECT_EQ(run.report.actions[1].state, State::kTogether);
  EXPECT_EQ(run.report.actions[2].state, State::kNotReached);
  EXPECT_EQ(why_not(run.report.actions[1]),
            "ego.lights never started: what it goes together with never started");
}

}  // namespace
}  // namespace oddroad::sim
