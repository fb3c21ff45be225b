// People and crowds.
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sim/pace.h"
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

// A standing ego, and somebody on the pavement 30 m ahead who looks the way the ego does.
scenario::Variant with_walker(const std::string& lane = "sidewalk") {
  scenario::Variant v = ego_only(0);
  v.actors.push_back(actor("walker", "pedestrian.adult", ahead_of("ego", 30, lane)));
  v.actors.back().at.facing = "along";
  v.max_duration_s = 15;
  return v;
}

math::Vec3d from_start(const world::Actor& actor, std::size_t k) {
  return actor.states[0].T_world_actor.inverse() * actor.states[k].T_world_actor.translation;
}

// How near the two come over the clip, centre to centre.
double nearest(const world::Actor& a, const world::Actor& b) {
  double out = 1e9;
  for (std::size_t k = 0; k < a.states.size(); ++k) {
    const math::Vec3d d =
        a.states[k].T_world_actor.translation - b.states[k].T_world_actor.translation;
    out = std::min(out, std::hypot(d.x, d.y));
  }
  return out;
}

TEST(People, WalkAtAPaceOfTheirOwn) {
  std::vector<double> speeds;
  for (std::uint64_t key = 0; key < 40; ++key) {
    scenario::Variant v = with_walker();
    v.random_key = key;
    v.actors[1].actions = {act("walk")};
    v.max_duration_s = 5;
    speeds.push_back(glm::length(math::Vec2d(run(v).actors[1].states.back().velocity_mps)));
  }
  double mean = 0;
  for (const double s : speeds) mean += s / static_cast<double>(speeds.size());
  EXPECT_NEAR(mean, 1.34, 0.12);
  EXPECT_GT(*std::max_element(speeds.begin(), speeds.end()), 1.5);
  EXPECT_LT(*std::min_element(speeds.begin(), speeds.end()), 1.2);
  EXPECT_EQ(walking_pace("elderly", "pedestrian.adult", 1.7).mean_mps, 1.05);
  EXPECT_LT(walking_pace("", "pedestrian.child", 1.1).mean_mps, 1.1);
}

TEST(People, ApproachTheirSpeedWithinHalfASecond) {
  scenario::Variant v = with_walker();
  scenario::Action walk = act("walk");
  walk.speed_mps = 1.2;
  v.actors[1].actions = {walk};
  const world::Timeline t = run(v);
  const double v1 = glm::length(math::Vec2d(t.actors[1].states[101].velocity_mps));
  EXPECT_NEAR(v1, 1.2 * (1 - std::exp(-1.0 / 0.5)), 0.12);
}

TEST(People, FollowAPathAndStopAtItsEnd) {
  scenario::Variant v = with_walker();
  scenario::Action walk = act("walk");
  walk.speed_mps = 1.5;
  walk.path = {{4, 0}, {4, 3}, {8, 3}};
  v.actors[1].actions = {walk};
  const world::Timeline t = run(v);
  const math::Vec3d end = from_start(t.actors[1], t.actors[1].states.size() - 1);
  EXPECT_NEAR(end.x, 8, 0.2);
  EXPECT_NEAR(end.y, 3, 0.2);
  EXPECT_EQ(glm::length(t.actors[1].states.back().velocity_mps), 0);
}

TEST(People, GaitFollowsThePathHowEverItBends) {
  scenario::Variant v = with_walker();
  v.actors.push_back(actor("other", "pedestrian.adult", ahead_of("walker", 6, "sidewalk")));
  v.actors.back().at.facing = "against";
  v.actors[1].actions = {act("walk")};
  v.actors[2].actions = {act("walk")};
  const world::Timeline t = run(v);
  const auto& states = t.actors[1].states;
  double path = 0;
  for (std::size_t k = 1; k < states.size(); ++k) {
    const math::Vec3d d =
        states[k].T_world_actor.translation - states[k - 1].T_world_actor.translation;
    path += std::hypot(d.x, d.y);
  }
  EXPECT_NEAR(states.back().articulation.travelled_m, path, 1e-6);
}

TEST(People, PassEachOther) {
  scenario::Variant v = with_walker();
  v.actors.push_back(actor("other", "pedestrian.adult", ahead_of("walker", 8, "sidewalk")));
  v.actors.back().at.facing = "against";
  v.actors[1].actions = {act("walk")};
  v.actors[2].actions = {act("walk")};
  const world::Timeline t = run(v);
  EXPECT_GT(nearest(t.actors[1], t.actors[2]), 0.45);
  EXPECT_GT(from_start(t.actors[1], 1400).x, 12);
  EXPECT_GT(from_start(t.actors[2], 1400).x, 12);
}

TEST(People, WalkRoundAParkedCar) {
  scenario::Variant v = with_walker("parking");
  v.actors.push_back(actor("car", "car.sedan", ahead_of("walker", 4, "parking")));
  scenario::Action walk = act("walk");
  walk.speed_mps = 1.4;
  v.actors[1].actions = {walk};
  const Street street;
  Setting setting;
  auto sim = Simulation::create(v, *street.graph, setting.context);
  ASSERT_TRUE(sim);
  double least = 1e9;
  while ((*sim)->step()) least = std::min(least, gap_m((*sim)->bodies()[1], (*sim)->bodies()[2]));
  EXPECT_GT(least, 0.02);
  EXPECT_GT(from_start((*sim)->timeline().actors[1], 1400).x, 12);  // it got past
}

TEST(People, TurnBackPartOfTheWayAcross) {
  scenario::Variant v = with_walker();
  scenario::Action cross = act("cross");
  cross.across = "ego";
  cross.speed_mps = 1.4;
  scenario::Action back = {};
  back.verb = "turn_back";
  back.numbers["after"] = 0.5;
  v.actors[0].drive = scenario::Drive{"constant", 0.01, false};
  v.actors[1].actions = {cross, back};
  v.max_duration_s = 20;
  const world::Timeline t = run(v);
  double farthest = 0;
  for (std::size_t k = 0; k < t.actors[1].states.size(); ++k) {
    farthest = std::max(farthest, std::abs(from_start(t.actors[1], k).y));
    EXPECT_LT(std::abs(t.actors[1].states[k].acceleration_mps2), 3.1);
  }
  EXPECT_GT(farthest, 4);
  EXPECT_LT(farthest, 9);
  EXPECT_LT(std::abs(from_start(t.actors[1], t.actors[1].states.size() - 1).y), 0.4);
}

TEST(People, FallAndLieAndLook) {
  scenario::Variant v = with_walker();
  scenario::Action run_on = act("run");
  run_on.speed_mps = 3;
  scenario::Action fall = act("fall", 2);
  scenario::Action look = act("look_at", 0);
  look.words["at"] = "ego";
  v.actors[1].actions = {run_on, fall};
  v.actors.push_back(actor("other", "pedestrian.adult", ahead_of("ego", 50, "sidewalk")));
  v.actors.back().at.facing = "against";
  v.actors.back().at.yaw_rad = 0.5;
  v.actors.back().actions = {look};
  const world::Timeline t = run(v);
  const auto& fallen = t.actors[1].states.back();
  EXPECT_EQ(fallen.articulation.rest_weight, 1);
  EXPECT_EQ(glm::length(fallen.velocity_mps), 0);
  EXPECT_EQ(t.actors[1].states[199].articulation.rest_weight, 0);
  const double yaw = t.actors[2].states.back().articulation.look_yaw_rad;
  EXPECT_LT(yaw, -0.1);
  EXPECT_GT(yaw, -1.21);
}

TEST(People, WalkToACrosswalkAndOverIt) {
  std::string xml = street_xml();
  const std::string from = "</lanes>";
  xml.replace(
      xml.find(from), from.size(),
      "</lanes><objects><object id=\"1\" type=\"crosswalk\" s=\"150\" t=\"0\" zOffset=\"0\" "
      "hdg=\"0\" length=\"4\" width=\"11\" height=\"0\" orientation=\"none\"/></objects>");
  scenario::Variant v = with_walker();
  v.actors[0].drive = scenario::Drive{"constant", 0.01, false};
  scenario::Action cross = act("cross");
  cross.across = "ego";
  cross.speed_mps = 1.5;
  cross.words["at"] = "crosswalk";
  v.actors[1].actions = {cross};
  v.max_duration_s = 40;
  const Street street(xml);
  Setting setting;
  const auto t = simulate(v, *street.graph, setting.context);
  ASSERT_TRUE(t) << core::to_string(t.error());
  const std::size_t end = t->actors[1].states.size() - 1;
  // The ego's front stands at 103.4 m; the walker 30 m ahead of that, the crosswalk at 150 m.
  EXPECT_NEAR(from_start(t->actors[1], end).x, 150 - 133.55, 0.5);
  EXPECT_GT(std::abs(from_start(t->actors[1], end).y), 9);
}

TEST(People, AGroupSetsOutTogetherAndTheLastOneLater) {
  scenario::Variant v = ego_only(0.01);
  for (int k = 1; k <= 5; ++k) {
    scenario::VariantActor one =
        actor("group." + std::to_string(k), "pedestrian.adult", ahead_of("ego", 30, "sidewalk"));
    const double r = 1.2 * std::sqrt(k - 1) / 2;
    one.at.facing = "road";
    one.at.ahead_m = r * std::cos(2.4 * (k - 1));
    one.at.aside_m = r * std::sin(2.4 * (k - 1));
    scenario::Action cross = act("cross");
    cross.across = "ego";
    if (k == 5) cross.numbers["delay"] = 3;
    one.actions = {cross};
    v.actors.push_back(one);
  }
  v.max_duration_s = 18;
  const world::Timeline t = run(v);
  for (std::size_t i = 1; i <= 5; ++i) {
    for (std::size_t k = i + 1; k <= 5; ++k) {
      EXPECT_GT(nearest(t.actors[i], t.actors[k]), 0.35) << i << " " << k;
    }
    const bool moves = glm::length(t.actors[i].states[250].velocity_mps) > 0.5;
    EXPECT_EQ(moves, i != 5) << i;
    EXPECT_GT(glm::length(from_start(t.actors[i], 1800)), 9) << i;
  }
}

}  // namespace
}  // namespace oddroad::sim
