// Keypoints against closed forms: where they appear, and what hides them.
#include "engine/labels/keypoints.h"

#include "engine/asset/catalog.h"
#include "engine/labels/objects.h"
#include "tests/unit/labels/seen.h"

namespace oddroad {
namespace {

using capture::KeypointState;
using math::Vec3d;
using tests::Look;
using tests::TestWorld;

const math::CameraModel kCamera{400, 300, 300, 300, 200, 150};

// A box whose keypoints are the middles of its near and its far face, seen within 10 cm.
std::shared_ptr<const asset::Model> marked_box() {
  auto model =
      std::make_shared<asset::Model>(*tests::model_of(tests::box_mesh({0, -1, 0}, {1, 1, 2})));
  model->keypoints = {{"near", 0, {0.05, 0, 1}, 0.1}, {"far", 0, {1, 0, 1}, 0.1}};
  return model;
}

std::vector<capture::Keypoint2> look(const TestWorld& world, core::InstanceId id,
                                     const Vec3d& eye) {
  const Look seen(world, {kCamera, tests::looking_forward(eye), 0});
  return labels::keypoints_in_image(seen.window, *seen.window.find(id), seen.view, *seen.caster);
}

TEST(Keypoints, NearIsVisibleFarIsHiddenByTheBoxItself) {
  TestWorld world;
  const auto id = world.add_actor("box", marked_box(), math::pose_xyz_yaw(10, 1, 0, 0));
  const auto points = look(world, id, {0, 0, 1});
  ASSERT_EQ(points.size(), 2u);
  EXPECT_NEAR(points[0].u_px, 200 - 300 * 1 / 10.05, 1e-4);
  EXPECT_NEAR(points[0].v_px, 150, 1e-4);
  EXPECT_EQ(points[0].state, KeypointState::kVisible);
  EXPECT_EQ(points[1].state, KeypointState::kSelfOccluded);
}

TEST(Keypoints, AnotherThingInFrontOccludes) {
  TestWorld world;
  const auto id = world.add_actor("box", marked_box(), math::pose_xyz_yaw(10, 1, 0, 0));
  world.add_static("screen", tests::model_of(tests::box_mesh({5, -3, 0}, {5.1f, 3, 3})));
  for (const auto& p : look(world, id, {0, 0, 1})) EXPECT_EQ(p.state, KeypointState::kOccluded);
}

TEST(Keypoints, OutsideTheImageAndBehindTheCamera) {
  TestWorld world;
  const auto aside = world.add_actor("aside", marked_box(), math::pose_xyz_yaw(10, 9, 0, 0));
  const auto behind = world.add_actor("behind", marked_box(), math::pose_xyz_yaw(-10, 0, 0, 0));
  const auto a = look(world, aside, {0, 0, 1});
  EXPECT_EQ(a[0].state, KeypointState::kOutside);
  EXPECT_LT(a[0].u_px, 0);
  const auto b = look(world, behind, {0, 0, 1});
  EXPECT_EQ(b[0].state, KeypointState::kOutside);
  EXPECT_TRUE(std::isnan(b[0].u_px));
}

TEST(Keypoints, MovingBoxUnderARollingShutterAppearsInItsOwnRow) {
  TestWorld world;
  const auto id =
      world.add_actor("box", marked_box(), math::pose_xyz_yaw(10, 1, 0.8, 0), {0, 20, 0});
  const std::int64_t row_time = 200'000;
  const Look seen(world, tests::rolling_view(kCamera, {0, 0, 1}, 100'000'000, row_time));
  const auto points =
      labels::keypoints_in_image(seen.window, *seen.window.find(id), seen.view, *seen.caster);
  const double v = 150 - 300 * 0.8 / 10.05;
  const double t = 0.1 + (v - 150) * 1e-9 * row_time;
  EXPECT_NEAR(points[0].v_px, v, 1e-3);
  EXPECT_NEAR(points[0].u_px, 200 - 300 * (1 + 20 * t) / 10.05, 1e-3);
}

TEST(Keypoints, NoseBehindTheHeadIsSelfOccluded) {
  // Seen from exactly behind, the nose hides behind the head; from the front it is visible.
  const auto person = asset::make_model({"pedestrian.adult", 4, {{"height", 1.8}}});
  ASSERT_TRUE(person.has_value());
  const auto nose_of = [&](double yaw) {
    TestWorld world;
    const auto id = world.add_actor("adult", *person, math::pose_xyz_yaw(4, 0, 0, yaw));
    return look(world, id, {0, 0, 1.6}).at(0).state;
  };
  EXPECT_EQ(nose_of(M_PI), KeypointState::kVisible);  // faces the camera
  EXPECT_EQ(nose_of(0), KeypointState::kSelfOccluded);
}

TEST(Keypoints, ThreeDimensionalOnesProjectOntoTheTwoDimensional) {
  const auto car = asset::make_model({"car.sedan", 2, {}});
  ASSERT_TRUE(car.has_value());
  TestWorld world;
  const auto id = world.add_actor("car", *car, math::pose_xyz_yaw(12, 1, 0, 0.7), {3, 0, 0});
  const Look seen(world, {kCamera, tests::looking_forward({0, 0, 1.4}), 50'000'000});
  auto objects = labels::objects_in_world(seen.window, 50'000'000, {}, {});
  labels::add_keypoints(seen.window, 50'000'000, objects);
  const auto image =
      labels::keypoints_in_image(seen.window, *seen.window.find(id), seen.view, *seen.caster);
  ASSERT_EQ(objects[0].keypoints_ego_m.size(), image.size());
  ASSERT_GE(image.size(), 16u);
  int visible = 0;
  for (std::size_t k = 0; k < image.size(); ++k) {
    const Vec3d p = objects[0].keypoints_ego_m[k] - Vec3d(0, 0, 1.4);
    EXPECT_NEAR(image[k].u_px, 200 - 300 * p.y / p.x, 1e-3);
    EXPECT_NEAR(image[k].v_px, 150 - 300 * p.z / p.x, 1e-3);
    visible += image[k].state == KeypointState::kVisible;
  }
  EXPECT_GE(visible, 6);
  EXPECT_LT(visible, static_cast<int>(image.size()) - 3);
}

}  // namespace
}  // namespace oddroad
