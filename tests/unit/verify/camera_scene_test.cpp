#include "engine/verify/camera_scene.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "engine/math/camera_model.h"  // test_world.h
#include "tests/common/test_world.h"

namespace oddroad::verify {
namespace {

using math::Vec3f;

// A leaf folded along an upright edge, both halves to its right: one faces the camera, the other,
// behind it, is seen almost along its face.
math::TriangleMesh folded_leaf(float distance_m, float edge_y_m) {
  math::TriangleMesh m;
  const auto vertex = [&](const Vec3f& p) {
    return m.add_vertex(p, {-1, 0, 0}, {0, 0});
  };
  const std::uint32_t low = vertex({distance_m, edge_y_m, 1.4f});
  const std::uint32_t high = vertex({distance_m, edge_y_m, 1.6f});
  const std::uint32_t facing = vertex({distance_m, edge_y_m - .1f, 1.5f});
  const std::uint32_t along = vertex({distance_m + .1f, edge_y_m - .0024f, 1.5f});
  m.add_triangle(low, high, facing, 0);
  m.add_triangle(low, high, along, 0);
  return m;
}

TEST(CameraScene, BothHalvesOfAFoldCountWhereItsEdgeIsNear) {
  CameraRecord camera;
  camera.width_px = camera.height_px = 100;
  camera.fx_px = camera.fy_px = 200;
  camera.cx_px = camera.cy_px = 50.5;
  const math::Affine3d T_ego_camera = tests::looking_forward({0, 0, 1.5});
  camera.T_ego_camera = {glm::quat_cast(T_ego_camera.linear), T_ego_camera.translation};
  for (const double off_px : {-1e-5, 1e-5, -1e-3, 1e-3}) {
    tests::TestWorld world;
    world.add_static(
        "leaf", tests::model_of(folded_leaf(40, static_cast<float>(-off_px * 40 / camera.fx_px))));
    world.add_static("wall", tests::model_of(tests::wall_mesh(50)));
    const world::SceneBuilder builder(world.timeline(), world.stage());
    MeshTrees trees;
    const CameraScene scene(builder, trees, View(camera, world.timeline().actors.front(), 0));
    const auto answers = scene.near_centre(50, 50);
    const auto named = [&](std::uint16_t id, std::uint32_t triangle) {
      return std::any_of(answers.begin(), answers.end(), [&](const PixelTruth& t) {
        return t.id == id && t.hit.triangle == triangle;
      });
    };
    EXPECT_TRUE(named(65535, 0)) << off_px;
    EXPECT_TRUE(named(65535, 1)) << off_px;
    EXPECT_TRUE(named(65534, 0) || named(65534, 1)) << off_px;
  }
}

}  // namespace
}  // namespace oddroad::verify
