// Meetings, falls, spins and wind.
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sim/rigid_body.h"
#include "tests/unit/sim/fixtures.h"

namespace oddroad::sim {
namespace {

using namespace testing;
using math::Vec2d;

scenario::Action act(const std::string& verb, double at_s) {
  scenario::Action out;
  out.verb = verb;
  out.when = compare("", "", "time", ">=", at_s);
  return out;
}

scenario::Action meet(double aim, double speed, double accel) {
  scenario::Action out;
  out.verb = "meet";
  out.across = "ego";
  out.words["with"] = "ego";
  out.aim = aim;
  out.speed_mps = speed;
  out.accel_mps2 = accel;
  return out;
}

scenario::VariantActor aside(const std::string& type, double by, double lateral) {
  scenario::Placement at = ahead_of("ego", by, "driving");
  at.lateral_m = lateral;
  at.facing = "road";
  return actor("other", type, at);
}

bool happened(const world::Timeline& timeline, const std::string& what) {
  return std::any_of(timeline.events.begin(), timeline.events.end(), [&](const auto& e) {
    return e.what == what;
  });
}

double height_of_axis(const world::ActorState& state) {
  return (state.T_world_actor.rotation * math::Vec3d(0, 0, 1)).z;
}

// The aimed point of a front 1.8 m wide is where the middle of the other is when they touch.
TEST(Meeting, PeopleAndRidersAreMetWhereTheyAim) {
  for (const char* type : {"pedestrian.adult", "bicycle.city", "bicycle.cyclist"}) {
    for (const double aim : {0.1, 0.5, 0.9}) {
      for (const double speed : {4.0, 9.0, 16.0}) {
        scenario::Variant v = ego_only(speed);
        v.actors.push_back(aside(type, 6 * speed, -3.3));
        v.actors.back().actions = {meet(aim, 1.7, 1.2)};
        v.end = event("ego", "other", "hit");
        const world::Timeline t = run(v);
        ASSERT_TRUE(happened(t, "ego hit other")) << type << ' ' << aim << ' ' << speed;
        const auto& ego = t.actors[0].states.back().T_world_actor;
        const auto& other = t.actors[1].states.back();
        math::Aabb box = t.actors[1].model->box;
        const math::Vec3d middle(0.5 * (box.lower.x + box.upper.x), 0, 0);
        const Vec2d left(-std::sin(math::yaw_of(ego.rotation)),
                         std::cos(math::yaw_of(ego.rotation)));
        const double across = glm::dot(Vec2d(other.T_world_actor * middle - ego.translation), left);
        // Seen up to a step after they touched; a rider's own middle is not that of the bicycle.
        const double slack = 0.01 * 1.7 + (std::string(type) == "bicycle.cyclist" ? 0.06 : 0.005);
        EXPECT_NEAR(across, -0.9 + 1.8 * aim, slack) << type << ' ' << aim << ' ' << speed;
        EXPECT_NEAR(glm::length(other.velocity_mps), 1.7, 1e-6);
      }
    }
  }
}

TEST(Meeting, NobodySetsOutForWhoStands) {
  scenario::Variant v = ego_only(0);
  v.actors.push_back(aside("pedestrian.adult", 20, -3.3));
  v.actors.back().actions = {meet(0.5, 1.4, 1)};
  v.max_duration_s = 5;
  EXPECT_FALSE(happened(run(v), "other.meet started"));
}

TEST(Meeting, CarsCannotAndRidersMustLookAcross) {
  for (const char* type : {"car.sedan", "bicycle.city"}) {
    scenario::Variant v = ego_only(10);
    v.actors.push_back(actor("other", type, ahead_of("ego", 40, "same")));
    v.actors.back().actions = {meet(0.5, 1.4, 1)};
    try {
      run(v);
      ADD_FAILURE() << type;
    } catch (const std::exception& e) {
      const std::string why = e.what();
      EXPECT_NE(why.find(std::string(type) == "car.sedan" ? "only who rides on two wheels"
                                                          : "facing: road"),
                std::string::npos)
          << why;
    }
  }
}

// v^2 / 2a, on its side, no lower than the road.
TEST(Mishaps, WhoFallsSlidesOnTheSide) {
  scenario::Variant v = ego_only(2);
  v.actors.push_back(actor("other", "bicycle.cyclist", ahead_of("ego", 30, "same")));
  v.actors.back().drive = scenario::Drive{"constant", 6, false};
  scenario::Action fall = act("fall", 1);
  fall.accel_mps2 = 4.5;
  fall.numbers["within"] = 0.5;
  v.actors.back().actions = {fall};
  v.max_duration_s = 5;
  const world::Timeline t = run(v);
  const auto& states = t.actors[1].states;
  EXPECT_GT(height_of_axis(states[99]), 0.98);
  EXPECT_NEAR(height_of_axis(states.back()), 0.09, 0.05);
  EXPECT_LT(glm::length(states.back().velocity_mps), 1e-6);
  const double slid = glm::length(Vec2d(states.back().T_world_actor.translation) -
                                  Vec2d(states[100].T_world_actor.translation));
  EXPECT_NEAR(slid, 36 / (2 * 4.5), 0.6);
  for (const auto& state : states) {
    // Its lowest corner, handlebars included: never far below the road, which is level here.
    double lowest = 1e9;
    for (const double y : {-0.3, 0.3}) {
      for (const double z : {0.0, 1.1}) {
        lowest = std::min(lowest, (state.T_world_actor * math::Vec3d(0.5, y, z)).z);
      }
    }
    EXPECT_GT(lowest, -0.05);
  }
  EXPECT_EQ(t.actors[2].rides, t.actors[1].id);  // the rider goes with it
}

// The turning dies down with the speed: in all rate / v times the way, v^2 / 2a.
TEST(Mishaps, WhoSpinsTurnsByTheWayItSlides) {
  scenario::Variant v = ego_only(2);
  v.actors.push_back(actor("other", "car.sedan", ahead_of("ego", 60, "same")));
  v.actors.back().drive = scenario::Drive{"constant", 20, false};
  scenario::Action spin = act("spin", 1);
  spin.numbers["rate"] = 3.0;
  spin.accel_mps2 = 5;
  v.actors.back().actions = {spin, act("go", 2)};
  v.actors.back().actions[1].speed_mps = 10;
  v.max_duration_s = 7;
  const world::Timeline t = run(v);
  const auto& states = t.actors[1].states;
  double turned = 0;
  for (std::size_t k = 101; k < states.size(); ++k) {
    turned += math::wrap_angle(math::yaw_of(states[k].T_world_actor.rotation) -
                               math::yaw_of(states[k - 1].T_world_actor.rotation));
  }
  const double way = 400 / (2 * 5.0);
  EXPECT_NEAR(turned, 3.0 / 20 * way, 0.05);
  EXPECT_NEAR(glm::length(Vec2d(states.back().T_world_actor.translation) -
                          Vec2d(states[100].T_world_actor.translation)),
              way, 0.3);
  EXPECT_NEAR(glm::length(Vec2d(states.back().velocity_mps)), 0, 1e-6);
  EXPECT_TRUE(happened(t, "other.go: is out of control: does nothing more"));
}

TEST(Mishaps, SwayIsAShareOfTheUsual) {
  const auto most_aside = [](double sway) {
    scenario::Variant v = ego_only(0);
    v.actors.push_back(actor("other", "bicycle.city", ahead_of("ego", 20, "same")));
    v.actors.back().drive = scenario::Drive{"constant", 3, false, {}, sway};
    v.max_duration_s = 20;
    const world::Timeline t = run(v);
    const auto& states = t.actors[1].states;
    const Vec2d from(states[0].T_world_actor.translation);
    const Vec2d left(-std::sin(0.3), std::cos(0.3));
    double most = 0;
    for (const auto& s : states) {
      most = std::max(most, std::abs(glm::dot(Vec2d(s.T_world_actor.translation) - from, left)));
    }
    return most;
  };
  EXPECT_LT(most_aside(0), 1e-3);
  const double once = most_aside(1);
  EXPECT_GT(once, 0.08);
  EXPECT_NEAR(most_aside(2), 2 * once, 0.3 * once);
}

// A light thing in the air takes up the wind's speed, a heavy one hardly; without wind its energy
// only falls.
TEST(Mishaps, WindTakesLightThingsAlong) {
  asset::PropPhysics bag;
  bag.mass_kg = 0.02;
  bag.half_extent_m = math::Vec3d(0.15);
  bag.hull = asset::PropPhysics::kSphere;
  bag.drag_area_m2 = 0.06;
  asset::PropPhysics block = bag;
  block.mass_kg = 25;
  Support road;
  road.wind_mps = {0, 8, 0};
  for (const auto& [physics, least, most] :
       {std::tuple(bag, 6.0, 8.0), std::tuple(block, 0.0, 0.2)}) {
    RigidState state;
    state.centre = {0, 0, 30};
    const RigidShape shape = make_shape(physics);
    for (int i = 0; i < 100; ++i) step(shape, road, 0.01, state);
    EXPECT_GE(state.velocity_mps.y, least);
    EXPECT_LE(state.velocity_mps.y, most);
  }
}

}  // namespace
}  // namespace oddroad::sim
