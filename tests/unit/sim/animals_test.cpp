// Animals.
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sim/animal_mover.h"
#include "engine/sim/relations.h"
#include "tests/unit/sim/fixtures.h"

namespace oddroad::sim {
namespace {

using namespace testing;

scenario::Action act(const std::string& verb, double at_s = 0) {
  scenario::Action out;
  out.verb = verb;
  out.when = compare("", "", "time", ">=", at_s);
  return out;
}

scenario::Variant with_animal(const std::string& type, double ego_mps = 0.01) {
  scenario::Variant v = ego_only(ego_mps);
  v.actors.push_back(actor("animal", "animal." + type, ahead_of("ego", 40, "sidewalk")));
  v.actors.back().at.facing = "road";
  v.max_duration_s = 12;
  return v;
}

double moved(const world::Actor& a, std::size_t k) {
  return glm::length(a.states[k].T_world_actor.translation - a.states[0].T_world_actor.translation);
}

TEST(Animals, ADeerBoltsAcrossTheRoad) {
  scenario::Variant v = with_animal("deer_roe");
  v.actors[1].actions = {act("bolt", 1)};
  const world::Timeline t = run(v);
  EXPECT_EQ(moved(t.actors[1], 100), 0);
  const AnimalKind deer = animal_kind("animal.deer_roe");
  // Up to full speed at its acceleration, then on.
  const double ramp = deer.flight_mps / deer.accel_mps2;
  EXPECT_NEAR(moved(t.actors[1], 500), 0.5 * deer.flight_mps * ramp + deer.flight_mps * (4 - ramp),
              0.5);
}

TEST(Animals, CrossesAndIsThrough) {
  scenario::Variant v = with_animal("boar");
  scenario::Action cross = act("cross");
  cross.across = "ego";
  v.actors[1].actions = {cross};
  v.end = event("animal", "", "crossed");
  v.max_duration_s = 30;
  const world::Timeline t = run(v);
  EXPECT_LT(t.end_ns, 20'000'000'000);
}

TEST(Animals, AHerdKeepsTogetherAndApart) {
  scenario::Variant v = with_animal("sheep");
  v.actors[1].at.facing = "along";
  scenario::Action walk = act("walk");
  walk.speed_mps = 1.2;
  v.actors[1].actions = {walk};
  for (int i = 0; i < 4; ++i) {
    const std::string name = "sheep" + std::to_string(i);
    scenario::Placement at = ahead_of("ego", 30 - 3.0 * i, "sidewalk");
    at.facing = "along";
    v.actors.push_back(actor(name, "animal.sheep", at));
    scenario::Action herd = act("herd");
    herd.words["with"] = i == 0 ? "animal" : "sheep" + std::to_string(i - 1);
    v.actors.back().actions = {herd};
  }
  v.max_duration_s = 25;
  const world::Timeline t = run(v);
  for (std::size_t i = 1; i < 5; ++i) {
    const double apart = glm::length(t.actors[i].states.back().T_world_actor.translation -
                                     t.actors[i + 1].states.back().T_world_actor.translation);
    EXPECT_GT(apart, 1.2) << i;
    EXPECT_LT(apart, 5) << i;
  }
}

TEST(Animals, ADogIsErraticAndStaysAboutItsPlace) {
  scenario::Variant v = with_animal("dog");
  scenario::Action roam = act("roam");
  roam.numbers["radius"] = 6;
  v.actors[1].actions = {roam};
  v.max_duration_s = 30;
  const world::Timeline t = run(v);
  double farthest = 0;
  double turned = 0;
  for (std::size_t k = 1; k < t.actors[1].states.size(); ++k) {
    farthest = std::max(farthest, moved(t.actors[1], k));
    turned += std::abs(t.actors[1].states[k].yaw_rate_rps) * 0.01;
  }
  EXPECT_LT(farthest, 8.5);
  EXPECT_GT(farthest, 1);
  EXPECT_GT(turned, 6);
}

TEST(Animals, BirdsTakeOffInTime) {
  scenario::Variant v = with_animal("pigeon", 12);
  v.actors[1].at = ahead_of("ego", 60, "same");
  scenario::Action fly = act("take_off");
  fly.numbers["ttc"] = 2;
  v.actors[1].actions = {fly};
  const world::Timeline t = run(v);
  // 60 m of free gap at 12 m/s: 3 s until 2 s are left.
  EXPECT_EQ(moved(t.actors[1], 295), 0);
  EXPECT_GT(moved(t.actors[1], 350), 0.3);
  EXPECT_GT(t.actors[1].states.back().T_world_actor.translation.z, 5);
  for (const auto& e : t.events) EXPECT_EQ(e.what.find("hit"), std::string::npos);
}

TEST(Animals, OnlyBirdsFly) {
  scenario::Variant v = with_animal("cow");
  v.actors[1].actions = {act("take_off")};
  const Street street;
  Setting setting;
  const auto t = simulate(v, *street.graph, setting.context);
  ASSERT_FALSE(t);
  EXPECT_THAT(core::to_string(t.error()), ::testing::HasSubstr("only birds can 'take_off'"));
}

}  // namespace
}  // namespace oddroad::sim
