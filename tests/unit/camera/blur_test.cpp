// Motion blur against velocity and time.
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "render/cast/embree_scene.h"
#include "sensors/camera/motion_blur.h"
#include "tests/common/test_world.h"

namespace oddroad {
namespace {

using math::Vec3f;

constexpr std::int64_t kStamp = 500'000'000;

struct View {
  world::SceneWindow window;
  scene::CameraView view;
  scene::VisibilityRecord record;
};

// A wall 40 m ahead and a box whose face is 10 m away; focal length 200 px.
View look(tests::TestWorld& world) {
  View out{world.window(kStamp, kStamp), {}, {}};
  out.view = {{320, 160, 200, 200, 160, 80},
              world::pose_at(*out.window.ego, kStamp) * tests::looking_forward({0, 0, 0}),
              kStamp};
  auto factory = cast::make_embree_factory();
  out.record = (*factory)->create(out.window)->record(out.view);
  return out;
}

math::Pose mount() {
  return math::to_pose(tests::looking_forward({0, 0, 0}));
}

// Row 80 of a picture that is 1 on the box and 0 elsewhere, blurred.
std::vector<float> blurred_row(const View& at, double exposure_s) {
  const auto box = at.record.drawable[80 * 320 + 160];
  capture::Image<Vec3f> image(320, 160);
  for (std::size_t i = 0; i < image.pixels.size(); ++i) {
    image.pixels[i] = Vec3f(at.record.drawable[i] == box ? 1.0f : 0.0f);
  }
  camera::blur_motion(camera::image_motion(at.window, at.view, mount(), at.record, exposure_s),
                      image);
  std::vector<float> out;
  for (int x = 0; x < 320; ++x) out.push_back(image.at(x, 80).x);
  return out;
}

// Pixels that are neither box nor wall at its left edge, and where the edge is.
struct Edge {
  double width = 0, place = 0;
};
Edge left_edge(const std::vector<float>& row) {
  Edge out;
  for (int x = 0; x < 160; ++x) {
    out.width += row[x] > 0.01f && row[x] < 0.99f;
    out.place += 1 - row[x];
  }
  return out;
}

TEST(MotionBlur, LengthIsVelocityTimesTime) {
  tests::TestWorld world;
  world.add_static("wall", tests::model_of(tests::wall_mesh(40)), false);
  // At kStamp its middle is on the axis; 10 m/s to the left at 10 m: 200 px/s.
  world.add_actor("box", tests::model_of(tests::box_mesh({0, -3, -3}, {1, 3, 3})),
                  math::pose_xyz_yaw(10, -5, 0, 0), {0, 10, 0});
  const View at = look(world);
  for (const double exposure_s : {0.02, 0.05, 0.1}) {
    const double length = 200 * exposure_s;
    const Edge edge = left_edge(blurred_row(at, exposure_s));
    EXPECT_NEAR(edge.width, length, 2.5) << exposure_s;
    EXPECT_NEAR(edge.place, 100, 1.5) << exposure_s;  // half of it on either side of the edge
  }
  const auto motion = camera::image_motion(at.window, at.view, mount(), at.record, 0.05);
  EXPECT_NEAR(motion.at(40, 20).displacement_px.x, -10, 0.01);
  EXPECT_NEAR(motion.at(40, 20).distance, 10, 1e-3);
  EXPECT_NEAR(motion.at(2, 2).displacement_px.x, 0, 1e-6);
}

TEST(MotionBlur, TheEgosOwnWayBlursWhatItPasses) {
  tests::TestWorld world;
  world.add_static("wall", tests::model_of(tests::wall_mesh(40)), false);
  for (auto& state : world.timeline().actors[0].states) {
    const double t = 0.01 * static_cast<double>(&state - world.timeline().actors[0].states.data());
    state.T_world_actor.translation = {20 * t, 0, 0};
    state.velocity_mps = {20, 0, 0};
  }
  const View at = look(world);  // 30 m from the wall
  const auto motion = camera::image_motion(at.window, at.view, mount(), at.record, 0.02);
  // u = f X / Z: du = f X (1 / Z2 - 1 / Z1).
  const double X = (310.5 - 160) / 200 * 30;
  EXPECT_NEAR(motion.at(77, 20).displacement_px.x, 200 * X * (1 / 29.8 - 1 / 30.2), 0.01);
  EXPECT_TRUE(camera::may_blur(at.window, at.view.camera, 0.01, kStamp));
  EXPECT_FALSE(camera::may_blur(at.window, at.view.camera, 0.0001, kStamp));
}

TEST(MotionBlur, WhatStandsStillStaysAsItIs) {
  tests::TestWorld world;
  world.add_static("wall", tests::model_of(tests::wall_mesh(40)), false);
  const View at = look(world);
  capture::Image<Vec3f> image(320, 160);
  for (std::size_t i = 0; i < image.pixels.size(); ++i) image.pixels[i] = Vec3f(i % 17 * 1.0f);
  const auto before = image;
  camera::blur_motion(camera::image_motion(at.window, at.view, mount(), at.record, 0.1), image);
  EXPECT_EQ(image, before);
}

}  // namespace
}  // namespace oddroad
