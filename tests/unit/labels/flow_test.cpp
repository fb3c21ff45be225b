// Flow against closed forms.
#include <cmath>

#include "tests/unit/labels/seen.h"

namespace oddroad {
namespace {

using math::Vec2f;
using math::Vec3d;
using tests::Look;
using tests::TestWorld;

constexpr std::int64_t kFrame = 100'000'000;
const math::CameraModel kCamera{200, 100, 100, 100, 100, 50};

std::uint8_t state(capture::FlowOcclusion o) {
  return static_cast<std::uint8_t>(o);
}

TEST(Flow, MovingBoxMovesAndTheWallBehindItDoesNot) {
  TestWorld world;
  world.add_actor("box", tests::model_of(tests::box_mesh({0, -1, 0.5f}, {0.5f, 1, 2.5f})),
                  math::pose_xyz_yaw(10, 0, 0, 0), {0, 10, 0});
  world.add_static("wall", tests::model_of(tests::wall_mesh(20)));
  const auto view = [](std::int64_t t) {
    return scene::CameraView{kCamera, tests::looking_forward({0, 0, 1.5}), t};
  };
  const Look now(world, view(kFrame));
  const Look next(world, view(2 * kFrame));
  const auto forward = now.flow_to(next);
  const auto backward = next.flow_to(now);
  std::size_t box = 0, hidden = 0, seen = 0;
  for (int y = 0; y < 100; ++y) {
    for (int x = 0; x < 200; ++x) {
      const Vec2f f = forward.displacement_px.at(x, y);
      if (now.ids.at(x, y) == 2) {
        ++box;
        // 1 m to the left at 10 m (the front face) is 10 px.
        EXPECT_NEAR(f.x, -10, 1e-4);
        EXPECT_NEAR(f.y, 0, 1e-4);
        EXPECT_EQ(forward.occlusion.at(x, y), state(capture::FlowOcclusion::kSeen));
        continue;
      }
      EXPECT_NEAR(glm::length(f), 0, 1e-4);
      const bool covered = next.ids.at(x, y) == 2;
      EXPECT_EQ(forward.occlusion.at(x, y),
                state(covered ? capture::FlowOcclusion::kHidden : capture::FlowOcclusion::kSeen));
      (covered ? hidden : seen) += 1;
    }
  }
  EXPECT_EQ(box, 400u);
  EXPECT_EQ(hidden, 200u);  // ten columns of twenty rows
  EXPECT_GT(seen, 10'000u);
  EXPECT_NEAR(backward.displacement_px.at(80, 50).x, 10, 1e-4);
}

TEST(Flow, SpinningWheelTurnsAboutItsHub) {
  TestWorld world;
  // A disc of radius 0.5 in the model's x-z plane, seen from its left side.
  math::TriangleMesh disc;
  for (int k = 0; k < 64; ++k) {
    const auto rim = [](int i) {
      const double a = 2 * M_PI * i / 64;
      return math::Vec3f(0.5 * std::cos(a), 0, 0.5 * std::sin(a));
    };
    const auto c = disc.add_vertex({0, 0, 0}, {0, 1, 0}, {});
    const auto p = disc.add_vertex(rim(k), {0, 1, 0}, {});
    const auto q = disc.add_vertex(rim(k + 1), {0, 1, 0}, {});
    disc.add_triangle(c, p, q, 0);
  }
  auto model = std::make_shared<asset::Model>();
  model->materials.resize(1);
  asset::Part wheel;
  wheel.role = asset::PartRole::kWheel;
  wheel.wheel_radius_m = 0.5;
  wheel.mesh = std::make_shared<const math::TriangleMesh>(disc);
  model->parts.push_back(wheel);
  model->box = asset::rest_bounds(*model, true);
  // Turned by 90 degrees: the disc faces the camera, the model's x points to world y (left).
  const auto id = world.add_actor("wheel", model, math::pose_xyz_yaw(5, 0, 1.5, M_PI / 2));
  const double turn = 0.3;  // radians in a frame
  auto& states = world.timeline().actors[1].states;
  for (std::size_t k = 0; k < states.size(); ++k) states[k].rolled_m = 0.5 * turn * 0.1 * k;
  const auto view = [](std::int64_t t) {
    return scene::CameraView{kCamera, tests::looking_forward({0, 0, 1.5}), t};
  };
  const Look now(world, view(kFrame));
  const Look next(world, view(2 * kFrame));
  const auto flow = now.flow_to(next);
  std::size_t checked = 0;
  for (int y = 0; y < 100; ++y) {
    for (int x = 0; x < 200; ++x) {
      if (now.ids.at(x, y) != id.value) continue;
      ++checked;
      // Rolling forward (to the left in the image) turns the top forward: counter-clockwise here.
      const double du = x + 0.5 - 100, dv = y + 0.5 - 50;
      const double u = du * std::cos(turn) + dv * std::sin(turn);
      const double v = -du * std::sin(turn) + dv * std::cos(turn);
      EXPECT_NEAR(flow.displacement_px.at(x, y).x, u - du, 1e-3);
      EXPECT_NEAR(flow.displacement_px.at(x, y).y, v - dv, 1e-3);
    }
  }
  EXPECT_GT(checked, 200u);
}

TEST(Flow, SkyTurnsWithTheCameraAndLeavesTheImage) {
  TestWorld world;
  const double turn = 0.1;
  scene::CameraView a{kCamera, tests::looking_forward({0, 0, 1.5}), 0};
  scene::CameraView b = a;
  b.stamp_ns = kFrame;
  b.T_world_camera.translation = {3, 1, 0};  // does not matter for the sky
  b.T_world_camera.linear =
      glm::mat3_cast(math::from_yaw_pitch_roll(turn)) * a.T_world_camera.linear;
  const auto flow = Look(world, a).flow_to(Look(world, b));
  // Turning left moves the middle of the image to the right.
  EXPECT_NEAR(flow.displacement_px.at(100, 49).x,
              100 + 100 * std::tan(turn + std::atan(0.5 / 100)) - 100.5, 1e-4);
  EXPECT_EQ(flow.occlusion.at(100, 49), state(capture::FlowOcclusion::kSeen));
  EXPECT_EQ(flow.occlusion.at(199, 49), state(capture::FlowOcclusion::kOutside));
}

TEST(Flow, RollingRowsMeetTheBoxAtTheirOwnInstant) {
  TestWorld world;
  world.add_actor("box", tests::model_of(tests::box_mesh({0, -1, 0.5f}, {0.5f, 1, 2.5f})),
                  math::pose_xyz_yaw(10, 0, 0, 0), {0, 10, 2});
  const std::int64_t row_time = 400'000;
  const Look now(world, tests::rolling_view(kCamera, {0, 0, 1.5}, kFrame, row_time));
  const Look next(world, tests::rolling_view(kCamera, {0, 0, 1.5}, 2 * kFrame, row_time));
  const auto flow = now.flow_to(next);
  std::size_t checked = 0;
  for (int y = 0; y < 100; ++y) {
    for (int x = 0; x < 200; ++x) {
      if (now.ids.at(x, y) != 2) continue;
      ++checked;
      // Seen at t, then at t': v' = v - 20 px/s (t' - t), t' = 0.2 + (v' - 50) row_time.
      const double v = y + 0.5, rt = 1e-9 * row_time;
      const double t = 0.1 + (v - 50) * rt;
      const double v2 = (v + 20 * t - 20 * (0.2 - 50 * rt)) / (1 + 20 * rt);
      const double t2 = 0.2 + (v2 - 50) * rt;
      EXPECT_NEAR(flow.displacement_px.at(x, y).y, v2 - v, 2e-3);
      EXPECT_NEAR(flow.displacement_px.at(x, y).x, -100 * (t2 - t), 2e-3);
    }
  }
  EXPECT_GT(checked, 300u);
}

}  // namespace
}  // namespace oddroad
