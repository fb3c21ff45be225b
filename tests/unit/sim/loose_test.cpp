// Loads and loose things among vehicles.
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sim/loose_mover.h"
#include "engine/sim/relations.h"
#include "tests/unit/sim/fixtures.h"

namespace oddroad::sim {
namespace {

using namespace testing;

scenario::Placement on(const std::string& other) {
  scenario::Placement out;
  out.kind = scenario::PlacementKind::kOn;
  out.other = other;
  return out;
}

scenario::Action act(const std::string& verb, double at_s) {
  scenario::Action out;
  out.verb = verb;
  out.when = compare("", "", "time", ">=", at_s);
  return out;
}

// A van 30 m ahead of the ego with a carton on its roof, which falls at 2 s.
scenario::Variant lost_carton() {
  scenario::Variant v = ego_only(15);
  v.actors.push_back(actor("van", "van.panel", ahead_of("ego", 60, "same")));
  v.actors.back().drive = scenario::Drive{"constant", 15, true};
  v.actors.push_back(actor("carton", "cardboard_box", on("van")));
  v.actors.back().actions = {act("drop", 2)};
  v.max_duration_s = 9;
  return v;
}

TEST(Loose, ALoadRidesAlongUntilItIsDropped) {
  const world::Timeline t = run(lost_carton());
  const auto& van = t.actors[1].states;
  const auto& carton = t.actors[2].states;
  const math::Vec3d there = van[0].T_world_actor.inverse() * carton[0].T_world_actor.translation;
  EXPECT_NEAR(there.z, 2.4, 0.01);
  for (std::size_t k = 0; k <= 200; ++k) {
    const math::Vec3d now = van[k].T_world_actor.inverse() * carton[k].T_world_actor.translation;
    EXPECT_NEAR(glm::length(now - there), 0, 1e-9);
    EXPECT_NEAR(glm::length(carton[k].velocity_mps), 15, 0.01);
  }
  // It keeps the van's speed when it goes: less what pushed it off the rear.
  const double after = glm::length(math::Vec2d(carton[260].velocity_mps));
  EXPECT_GT(after, 8);
  EXPECT_LT(after, 15);
}

TEST(Loose, ADroppedLoadComesToRestOnTheRoad) {
  scenario::Variant v = lost_carton();
  v.actors[0].drive->speed_mps = 2;  // stays away from it
  const world::Timeline t = run(v);
  const auto& last = t.actors[2].states.back();
  EXPECT_EQ(glm::length(last.velocity_mps), 0);
  double lowest = 10;
  for (int i = 0; i < 8; ++i) {
    const math::Vec3d corner((i & 1) ? 0.3 : -0.3, (i & 2) ? 0.2 : -0.2, (i & 4) ? 0.4 : 0.0);
    lowest = std::min(lowest, (last.T_world_actor * corner).z);
  }
  EXPECT_NEAR(lowest, 0, 0.001);
}

TEST(Loose, TheEgoHitsItAndThrowsItForward) {
  scenario::Variant v = lost_carton();
  v.max_duration_s = 12;
  const world::Timeline t = run(v);
  const world::TimelineEvent* hit = nullptr;
  for (const auto& e : t.events) {
    if (e.what == "ego hit carton") hit = &e;
  }
  ASSERT_NE(hit, nullptr);
  const auto k = static_cast<std::size_t>(hit->stamp_ns / world::kStepNs);
  EXPECT_GT(glm::length(t.actors[2].states[k + 2].velocity_mps), 10);
  // And never ends up inside the ego.
  for (std::size_t i = k + 2; i < t.actors[2].states.size(); ++i) {
    const math::Vec3d there = t.actors[0].states[i].T_world_actor.inverse() *
                              t.actors[2].states[i].T_world_actor.translation;
    EXPECT_FALSE(std::abs(there.y) < 0.7 && there.x > -0.5 && there.x < 2.9 && there.z > 0.1 &&
                 there.z < 1.2)
        << i;
  }
}

// Far to the left of the ego's middle, in front of its corner, or past it: as `lateral_m` says.
scenario::Variant box_ahead(double lateral_m) {
  scenario::Variant v = ego_only(20);
  v.actors.push_back(actor("box", "cardboard_box", ahead_of("ego", 20, "same")));
  v.actors.back().at.lateral_m = lateral_m;
  v.max_duration_s = 2;
  return v;
}

// However it is hit, it moves as fast as is recorded: over 0.1 s as far as its velocities say, but
// for the step in which it was hit (the ego's way in two of them: 0.4 m).
TEST(Loose, WhatIsHitMovesWithItsVelocity) {
  for (const double lateral_m : {0.0, 0.5, 0.8, 0.9, 0.95, 1.0, 1.05}) {
    const world::Timeline t = run(box_ahead(lateral_m));
    const auto& states = t.actors[1].states;
    double farthest = 0;
    for (std::size_t k = 0; k + 10 < states.size(); ++k) {
      const auto middle = [&](std::size_t i) {
        return states[i].T_world_actor * t.actors[1].model->box.centre();
      };
      math::Vec3d way(0);
      for (std::size_t i = k; i < k + 10; ++i) {
        way += 0.005 * (states[i].velocity_mps + states[i + 1].velocity_mps);
      }
      farthest = std::max(farthest, glm::length(middle(k + 10) - middle(k) - way));
    }
    EXPECT_LT(farthest, 0.4) << "at " << lateral_m << " m to the left";
    EXPECT_GT(glm::length(states[130].velocity_mps), 1) << "at " << lateral_m << " m to the left";
  }
}

Body box_at(double x, double y, double length_m, double width_m, double height_m) {
  Body out;
  out.name = "b";
  out.position = {x, y, 0};
  out.pose.translation = out.position;
  out.footprint = {length_m / 2, length_m / 2, width_m / 2, width_m / 2};
  out.height_m = height_m;
  return out;
}

// What lies under a vehicle and rises is not thrown out in front of it.
TEST(Loose, WhatRisesUnderAVehicleStaysThere) {
  Body car = box_at(0, 0, 4, 1.8, 1.5);
  car.velocity_mps = {20, 0, 0};
  car.speed_mps = 20;
  const RigidShape beam = make_shape(physics_of_box({{-1, -.05, 0}, {1, .05, .2}}));
  RigidState state;
  state.velocity_mps = {15, 0, 0};
  const auto hit = [&](double x) {
    state.centre = {x, 0, 0.1};
    return hit_by(car, box_at(x, 0, 2, 0.1, 0.2), beam, 0.01, state);
  };
  EXPECT_FALSE(hit(0.5));
  EXPECT_EQ(state.centre.x, 0.5);
  EXPECT_EQ(state.velocity_mps.x, 15);
  EXPECT_TRUE(hit(2.97));  // it comes in from ahead
  EXPECT_NEAR(state.centre.x, 3, 1e-9);
  EXPECT_GE(state.velocity_mps.x, 20);
}

TEST(Loose, RollsSlidesAndFlies) {
  for (const std::string verb : {"roll", "slide", "throw"}) {
    scenario::Variant v = ego_only(0);
    v.actors.push_back(actor("thing", "cardboard_box", ahead_of("ego", 10, "same")));
    scenario::Action a = act(verb, 0.5);
    a.speed_mps = 6;
    a.numbers["pitch"] = verb == "throw" ? 0.7 : 0.0;
    v.actors.back().actions = {a};
    const world::Timeline t = run(v);
    const auto& states = t.actors[1].states;
    const math::Pose first = states[0].T_world_actor;
    EXPECT_GT((first.inverse() * states.back().T_world_actor.translation).x, 1) << verb;
    double highest = 0;
    for (const auto& s : states) highest = std::max(highest, s.T_world_actor.translation.z);
    if (verb == "throw") {
      EXPECT_NEAR(highest, std::pow(6 * std::sin(0.7), 2) / (2 * 9.81), 0.25);
    }
    if (verb == "slide") {
      EXPECT_LT(highest, 0.45);
    }
  }
}

TEST(Loose, LoadsMayNotLieInOneSpot) {
  scenario::Variant v = lost_carton();
  v.actors.push_back(actor("other", "cardboard_box", on("van")));
  const Street street;
  Setting setting;
  const auto t = simulate(v, *street.graph, setting.context);
  ASSERT_FALSE(t);
  EXPECT_THAT(core::to_string(t.error()), ::testing::HasSubstr("overlap at the start"));
  v.actors.back().at.along_m = 1;
  EXPECT_TRUE(simulate(v, *street.graph, setting.context));
}

TEST(Loose, EqualVariantsGiveEqualBytes) {
  const world::Timeline a = run(lost_carton());
  const world::Timeline b = run(lost_carton());
  ASSERT_EQ(a.actors[2].states.size(), b.actors[2].states.size());
  for (std::size_t k = 0; k < a.actors[2].states.size(); ++k) {
    EXPECT_EQ(a.actors[2].states[k].T_world_actor, b.actors[2].states[k].T_world_actor);
  }
}

}  // namespace
}  // namespace oddroad::sim
