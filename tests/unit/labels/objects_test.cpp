#include "engine/labels/objects.h"

#include <cmath>

#include <gtest/gtest.h>

#include "engine/labels/image_objects.h"
#include "render/cast/embree_scene.h"
#include "render/scene/pixel_images.h"
#include "render/scene/resolve.h"
#include "sensors/lidar/model_file.h"
#include "sensors/lidar/scanner.h"
#include "tests/common/test_world.h"

namespace oddroad {
namespace {

using math::Vec3d;
using tests::TestWorld;

struct Seen {
  world::SceneWindow window;
  std::vector<capture::ObjectInImage> objects;
};

Seen look(const TestWorld& world, const math::CameraModel& camera, const Vec3d& from) {
  Seen seen{world.window(0, 0), {}};
  auto factory = cast::make_embree_factory();
  const auto caster = (*factory)->create(seen.window);
  const scene::CameraView view{camera, tests::looking_forward(from), 0};
  auto record = caster->record(view);
  scene::resolve_edges(seen.window, view, *caster, record);
  seen.objects =
      labels::objects_in_image(seen.window, view, scene::instance_image(seen.window, record),
                               scene::depth_image(seen.window, view, record), *caster);
  return seen;
}

TEST(ObjectsInImage, BoxOfAFrontFaceIsItsProjection) {
  TestWorld world;
  // Front face at x = 10, y in [-1, 1], z in [0, 2]; seen from z = 1.
  world.add_actor("box", tests::model_of(tests::box_mesh({0, -1, 0}, {1, 1, 2})),
                  math::pose_xyz_yaw(10, 0, 0, 0));
  const math::CameraModel camera{200, 100, 100, 100, 100, 50};
  const auto seen = look(world, camera, {0, 0, 1});
  ASSERT_EQ(seen.objects.size(), 1u);
  const auto& o = seen.objects[0];
  EXPECT_EQ(o.amodal_box, (capture::Box2{90, 40, 110, 60}));
  EXPECT_EQ(o.amodal_box_unclipped, o.amodal_box);
  EXPECT_EQ(o.visible_px, 20 * 20);
  EXPECT_EQ(o.in_frame_px, 400);
  EXPECT_EQ(o.unoccluded_px, 400);
  EXPECT_TRUE(o.occluders.empty());
  EXPECT_EQ(o.truncation, 0);
  EXPECT_EQ(o.box, (capture::Box2{90, 40, 110, 60}));
}

TEST(ObjectsInImage, HalfHiddenBoxHasVisibilityOneHalf) {
  TestWorld world;
  const auto hidden =
      world.add_actor("box", tests::model_of(tests::box_mesh({0, -1, 0}, {1, 1, 2})),
                      math::pose_xyz_yaw(10, 0, 0, 0));
  // A screen at x = 5 that covers exactly y > 0 (left half).
  const auto screen = world.add_static(
      "screen", tests::model_of(tests::box_mesh({5, 0, -5}, {5.1f, 20, 20})), false);
  const math::CameraModel camera{200, 100, 100, 100, 100, 50};
  const auto seen = look(world, camera, {0, 0, 1});
  ASSERT_EQ(seen.objects.size(), 1u);
  EXPECT_EQ(seen.objects[0].id, hidden);
  EXPECT_EQ(seen.objects[0].visible_px * 2, seen.objects[0].in_frame_px);
  EXPECT_EQ(seen.objects[0].unoccluded_px, seen.objects[0].in_frame_px);
  ASSERT_EQ(seen.objects[0].occluders.size(), 1u);
  EXPECT_EQ(seen.objects[0].occluders[0].id, screen);
  EXPECT_EQ(seen.objects[0].occluders[0].px, seen.objects[0].visible_px);
  EXPECT_EQ(seen.objects[0].box.left, 100);
}

TEST(ObjectsInImage, TruncationIsTheShareOutsideTheImage) {
  TestWorld world;
  world.add_actor("box", tests::model_of(tests::box_mesh({0, -1, 0}, {0.001f, 1, 2})),
                  math::pose_xyz_yaw(10, 10, 0, 0));
  // y = 10 projects to u = 0: half of the face is outside.
  const math::CameraModel camera{200, 100, 100, 100, 100, 50};
  const auto seen = look(world, camera, {0, 0, 1});
  ASSERT_EQ(seen.objects.size(), 1u);
  EXPECT_EQ(seen.objects[0].truncation, 0.5);
  EXPECT_EQ(seen.objects[0].amodal_box, (capture::Box2{0, 40, 10, 60}));
  EXPECT_EQ(seen.objects[0].amodal_box_unclipped, (capture::Box2{-10, 40, 10, 60}));
}

TEST(ObjectsInImage, ObjectAcrossTheCameraPlaneHasAFiniteBox) {
  TestWorld world;
  world.add_actor("box", tests::model_of(tests::box_mesh({-5, 0.5f, 0}, {5, 2, 2})), {});
  const math::CameraModel camera{200, 100, 100, 100, 100, 50};
  const auto seen = look(world, camera, {0, 0, 1});
  ASSERT_EQ(seen.objects.size(), 1u);
  EXPECT_GT(seen.objects[0].truncation, 0.5);
  EXPECT_TRUE(std::isfinite(seen.objects[0].amodal_box_unclipped.area()));
  EXPECT_LE(seen.objects[0].amodal_box.right, 200);
}

TEST(ObjectsInWorld, BoxFollowsPoseAndVelocity) {
  TestWorld world;
  world.add_actor("box", tests::model_of(tests::box_mesh({-1, -1, 0}, {3, 1, 2})),
                  math::pose_xyz_yaw(10, 5, 0, M_PI / 2), {0, 4, 0}, 0.1);
  const auto window = world.window(0, 100'000'000);
  const auto objects = labels::objects_in_world(window, 50'000'000, {}, {});
  ASSERT_EQ(objects.size(), 1u);
  const auto& o = objects[0];
  EXPECT_NEAR(o.box_world.size_m.x, 4, 1e-9);
  EXPECT_NEAR(o.box_world.pose.translation.x, 10, 0.01);
  EXPECT_NEAR(o.box_world.pose.translation.y, 5 + 4 * 0.05 + 1, 1e-3);
  EXPECT_NEAR(o.box_world.pose.translation.z, 1, 1e-9);
  EXPECT_NEAR(math::yaw_of(o.box_world.pose.rotation), M_PI / 2 + 0.005, 1e-9);
  EXPECT_EQ(o.velocity_world_mps, Vec3d(0, 4, 0));
}

TEST(CountPoints, EveryReturnOfAMovingBoxIsInItsBoxAtItsTime) {
  TestWorld world;
  const auto id = world.add_actor("box", tests::model_of(tests::box_mesh({0, -1, 0}, {4, 1, 2})),
                                  math::pose_xyz_yaw(8, 3, 0, 0.3), {20, 0, 0}, 0.8);
  world.add_static("wall", tests::model_of(tests::wall_mesh(40)));
  auto model = lidar::load_lidar_model("velodyne_vls128", {{ODDROAD_SOURCE_DIR}});
  ASSERT_TRUE(model.has_value());
  const lidar::Scanner scanner({*model, lidar::ReturnMode::kStrongest, lidar::Effects::none()});
  const std::int64_t stamp = 200'000'000;
  const auto window = world.window(scanner.begin_ns(stamp), scanner.end_ns(stamp));
  auto factory = cast::make_embree_factory();
  const math::Pose mount{{1, 0, 0, 0}, {0, 0, 1.9}};
  const auto cloud = scanner.sweep(window, *(*factory)->create(window), mount, {stamp, 1, 1}).cloud;
  auto objects = labels::objects_in_world(window, stamp, {}, {});
  labels::count_points(window, cloud, stamp, mount, objects);
  ASSERT_FALSE(objects.empty());
  EXPECT_EQ(objects[0].id, id);
  EXPECT_GT(objects[0].returns_by_id, 300);
  EXPECT_EQ(objects[0].points_in_box, objects[0].returns_by_id);
}

}  // namespace
}  // namespace oddroad
