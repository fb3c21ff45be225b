#include "engine/world/scene_window.h"

#include <gtest/gtest.h>

#include "tests/unit/world/fixtures.h"

namespace oddroad::world {
namespace {

using testing::car_model;
using testing::make_actor;
using testing::person_model;

constexpr double kYawRate = 0.4;
constexpr double kSpeed = 12;

// A car on a circle (ego), a standing car, a walking and a standing person, two static things.
struct World {
  Timeline timeline;
  StaticWorld stage;

  World() {
    timeline.actors.push_back(make_actor(1, car_model(), 100, [](double t, ActorState& s) {
      const double yaw = kYawRate * t;
      const double radius = kSpeed / kYawRate;
      s.T_world_actor =
          math::pose_xyz_yaw(radius * std::sin(yaw), radius * (1 - std::cos(yaw)), 0, yaw);
      s.rolled_m = kSpeed * t;
    }));
    timeline.actors.push_back(make_actor(2, car_model(), 100, [](double, ActorState& s) {
      s.T_world_actor = math::pose_xyz_yaw(5, 5, 0.1, 0.7);
      s.steer_rad = 0.2;
    }));
    timeline.actors.push_back(make_actor(3, person_model(), 100, [](double t, ActorState& s) {
      s.articulation.travelled_m = t * t;
    }));
    timeline.actors.push_back(make_actor(4, person_model(), 100, [](double, ActorState&) {}));
    timeline.end_ns = 100 * kStepNs;
    for (const int id : {65535, 65534}) {
      StaticThing thing;
      thing.id = core::InstanceId(static_cast<std::uint16_t>(id));
      thing.name = "thing";
      thing.model = car_model();
      stage.things.push_back(thing);
    }
  }
};

TEST(SceneWindow, IsWidenedToWholeStepsAndClampedToTheTimeline) {
  const World w;
  const SceneBuilder builder(w.timeline, w.stage);
  const auto bounds = [&](std::int64_t b, std::int64_t e) {
    const SceneWindow s = builder.window(b, e);
    return std::pair(s.begin_ns / 1'000'000, s.end_ns / 1'000'000);
  };
  EXPECT_EQ(bounds(12'345'678, 87'000'001), std::pair(10L, 90L));
  EXPECT_EQ(bounds(-50'000'000, 50'000'000), std::pair(0L, 50L));
  EXPECT_EQ(bounds(980'000'000, 1'040'000'000), std::pair(980L, 1000L));
  // One instant: still a whole step.
  EXPECT_EQ(bounds(30'000'000, 30'000'000), std::pair(30L, 40L));
  EXPECT_EQ(bounds(1'000'000'000, 1'000'000'000), std::pair(990L, 1000L));
}

TEST(SceneWindowDeathTest, RefusesMoreThanASecondWidened) {
  World w;
  for (Actor& actor : w.timeline.actors) actor.states.resize(111, actor.states.back());
  w.timeline.end_ns = 110 * kStepNs;
  const SceneBuilder builder(w.timeline, w.stage);
  EXPECT_EQ(builder.window(0, 120'000'000).drawables.front().T_world_mesh.size(), 121u);
  EXPECT_EQ(builder.window(0, 1'020'000'000).drawables.front().T_world_mesh.size(), 1021u);
  EXPECT_DEATH((void)builder.window(0, 1'020'000'001), "kLongestNs");
}

TEST(SceneWindow, EqualsPoseAtForEveryInstant) {
  const World w;
  const SceneWindow s = SceneBuilder(w.timeline, w.stage).window(200'000'000, 300'000'000);
  for (std::int64_t t = s.begin_ns; t <= s.end_ns; t += 777'777) {
    const math::Affine3d a = transform_at(s, s.drawables[0], t);
    const math::Affine3d b = pose_at(w.timeline.actors[0], t);
    EXPECT_LT(glm::length(a.translation - b.translation), 1e-6);
    EXPECT_LT(glm::length(a.linear[0] - b.linear[0]), 1e-6);
  }
}

TEST(SceneWindow, IdsAscendAndLinksPointBothWays) {
  const World w;
  const SceneWindow s = SceneBuilder(w.timeline, w.stage).window(0, 50'000'000);
  ASSERT_EQ(s.instances.size(), 6u);
  ASSERT_EQ(s.drawables.size(), 2u + 2u + 1u + 1u + 4u);
  for (std::size_t i = 1; i < s.drawables.size(); ++i) {
    EXPECT_LE(s.drawables[i - 1].instance, s.drawables[i].instance);
  }
  for (const InstanceInfo& info : s.instances) {
    EXPECT_EQ(s.find(info.id), &info);
    for (const std::uint32_t d : info.drawables) EXPECT_EQ(s.drawables[d].instance, info.id);
  }
  EXPECT_EQ(s.find(core::InstanceId(77)), nullptr);
  EXPECT_TRUE(s.find(core::InstanceId(1))->is_ego);
  EXPECT_TRUE(s.drawables[0].hidden_from_ego);
  EXPECT_FALSE(s.drawables[2].hidden_from_ego);
}

TEST(SceneWindow, StandingThingsCollapse) {
  const World w;
  const SceneWindow s = SceneBuilder(w.timeline, w.stage).window(0, 100'000'000);
  EXPECT_EQ(s.drawables[0].T_world_mesh.size(), 101u);
  EXPECT_EQ(s.drawables[2].T_world_mesh.size(), 1u);
  EXPECT_EQ(s.drawables[3].T_world_mesh.size(), 1u);
  const Drawable& walker = s.drawables[4];
  const Drawable& stander = s.drawables[5];
  ASSERT_EQ(walker.steps.size(), 11u);
  ASSERT_EQ(stander.steps.size(), 11u);
  EXPECT_NE(walker.steps[0], walker.steps[1]);
  for (const auto& step : stander.steps) EXPECT_EQ(step, stander.steps[0]);
  // A standing steered wheel keeps its angle.
  const math::Affine3d wheel = transform_at(s, s.drawables[3], 50'000'000);
  EXPECT_NEAR(std::atan2(wheel.linear[0].y, wheel.linear[0].x), 0.9, 1e-6);
}

TEST(SceneWindow, WheelRollsWithoutSlip) {
  Timeline timeline;
  timeline.actors.push_back(make_actor(1, car_model(), 100, [](double t, ActorState& s) {
    s.T_world_actor = math::pose_xyz_yaw(kSpeed * t, 0, 0, 0);
    s.rolled_m = kSpeed * t;
  }));
  timeline.end_ns = 100 * kStepNs;
  const StaticWorld stage;
  const SceneWindow s = SceneBuilder(timeline, stage).window(500'000'000, 600'000'000);
  const Drawable& wheel = s.drawables[1];
  for (std::int64_t t = 510'000'000; t < 590'000'000; t += 1'000'000) {
    const math::Affine3d now = transform_at(s, wheel, t);
    // The material point that touches the ground now, a little before and after.
    const math::Vec3d contact = now.inverse().point(now.translation - math::Vec3d(0, 0, 0.3));
    const math::Vec3d before = transform_at(s, wheel, t - 1'000'000).point(contact);
    const math::Vec3d after = transform_at(s, wheel, t + 1'000'000).point(contact);
    const double slip_mps = (after - before).x / 0.002;
    // The point follows a cycloid: over +-1 ms it moves by w^3 r dt^2 / 6 = 0.003 m/s, not 12.
    EXPECT_NEAR(slip_mps, 0, 0.01);
  }
}

TEST(SceneWindow, DoorsOpenWhileTheirCarStands) {
  auto model = car_model();
  asset::Part door;
  door.role = asset::PartRole::kDoor;
  door.mesh = testing::small_mesh();
  door.T_model_part.translation = {2, 0.8, 0.4};
  door.door_turn = -1;
  model->parts.push_back(door);
  Timeline timeline;
  timeline.actors.push_back(make_actor(1, model, 20, [](double t, ActorState& s) {
    s.articulation.door_rad = 2 * t;
  }));
  timeline.end_ns = 20 * kStepNs;
  const StaticWorld stage;
  const SceneWindow s = SceneBuilder(timeline, stage).window(0, 100'000'000);
  for (const std::int64_t t : {0LL, 40'000'000LL, 55'000'000LL, 100'000'000LL}) {
    const math::Affine3d T = transform_at(s, s.drawables[2], t);
    const double angle = 2 * 1e-9 * static_cast<double>(t);
    // A point behind the hinge swings outwards, to the left.
    const math::Vec3d edge = T.point({-1, 0, 0});
    EXPECT_NEAR(edge.x, 2 - std::cos(angle), 1e-6);
    EXPECT_NEAR(edge.y, 0.8 + std::sin(angle), 1e-6);
    EXPECT_NEAR(edge.z, 0.4, 1e-6);
  }
  EXPECT_EQ(s.drawables[0].T_world_mesh.size(), 101u);  // the car is in motion
}

TEST(SceneWindow, SkinnedVerticesAreLinearBetweenSteps) {
  const World w;
  const SceneWindow s = SceneBuilder(w.timeline, w.stage).window(200'000'000, 240'000'000);
  const Drawable& walker = s.drawables[4];
  const double a = 0.21 * 0.21;
  const double b = 0.22 * 0.22;
  EXPECT_NEAR(vertex_at(s, walker, 0, 210'000'000).z, a, 1e-7);
  EXPECT_NEAR(vertex_at(s, walker, 0, 213'000'000).z, 0.7 * a + 0.3 * b, 1e-7);
  EXPECT_NEAR(triangle_at(s, walker, 1, 240'000'000)[2].z, 0.24 * 0.24, 1e-7);
  EXPECT_EQ(triangle_at(s, walker, 0, 200'000'000)[1].x, 1.0);
}

TEST(SceneWindowDeathTest, InstantsOutsideAreOurBug) {
  const World w;
  const SceneWindow s = SceneBuilder(w.timeline, w.stage).window(200'000'000, 240'000'000);
  EXPECT_DEATH((void)transform_at(s, s.drawables[0], 240'000'001), "stamp_ns");
}

TEST(SceneWindow, HoldsWhoIsThereAtItsStamp) {
  World w;
  Actor& actor = w.timeline.actors[0];
  const core::InstanceId id = actor.id;
  actor.states.erase(actor.states.begin(), actor.states.begin() + 20);
  actor.states.resize(30);
  actor.first_step = 20;  // lives from 200 to 490 ms
  const SceneBuilder builder(w.timeline, w.stage);
  // Sensors of one tick ask for windows of different length: they must agree on who is there.
  for (const std::int64_t half : {0L, 10'000'000L, 50'000'000L}) {
    const auto at = [&](std::int64_t stamp) {
      return builder.window(stamp - half, stamp + half, stamp).find(id) != nullptr;
    };
    EXPECT_FALSE(at(199'999'999)) << half;
    EXPECT_TRUE(at(200'000'000)) << half;
    EXPECT_TRUE(at(490'000'000)) << half;
    EXPECT_FALSE(at(490'000'001)) << half;
  }
  const SceneWindow s = builder.window(150'000'000, 250'000'000, 210'000'000);
  const auto place = [&](std::int64_t stamp) {
    return transform_at(s, s.drawables[0], stamp).translation;
  };
  EXPECT_LT(glm::length(place(240'000'000) - actor.states[4].T_world_actor.translation), 1e-6);
  EXPECT_LT(glm::length(place(160'000'000) - actor.states[0].T_world_actor.translation), 1e-6);
}

TEST(SceneWindow, LightsShowTheirStateAtTheStamp) {
  World w;
  StaticThing& thing = w.stage.things[0];
  thing.signal_id = "7";
  const auto red = std::make_shared<asset::Model>(*thing.model);
  thing.looks[SignalState::kRed] = red;
  w.timeline.signals = {{"7", {{0, SignalState::kRed}, {500'000'000, SignalState::kGreen}}}};
  const SceneBuilder builder(w.timeline, w.stage);
  const auto shown = [&](std::int64_t begin_ns, std::int64_t end_ns) {
    const SceneWindow s = builder.window(begin_ns, end_ns);
    return s.drawables[s.find(thing.id)->drawables[0]].model;
  };
  EXPECT_EQ(shown(0, 100'000'000), red);
  EXPECT_EQ(shown(440'000'000, 540'000'000), red);
  EXPECT_EQ(shown(460'000'000, 560'000'000), thing.model);
}

TEST(SceneWindow, PartsOfThingsFindEachOtherAcrossWindows) {
  World w;
  Actor& actor = w.timeline.actors[0];
  actor.states.erase(actor.states.begin(), actor.states.begin() + 20);
  actor.first_step = 20;
  const SceneBuilder builder(w.timeline, w.stage);
  const SceneWindow before = builder.window(0, 100'000'000);
  const SceneWindow after = builder.window(200'000'000, 300'000'000);
  const std::vector<std::int32_t> there = counterparts(after, before);
  ASSERT_EQ(there.size(), after.drawables.size());
  for (std::size_t d = 0; d < there.size(); ++d) {
    const Drawable& drawable = after.drawables[d];
    if (drawable.instance == actor.id) {
      EXPECT_EQ(there[d], -1);
      continue;
    }
    ASSERT_GE(there[d], 0);
    EXPECT_EQ(before.drawables[there[d]].instance, drawable.instance);
    EXPECT_EQ(before.drawables[there[d]].mesh, drawable.mesh);
  }
}

}  // namespace
}  // namespace oddroad::world
