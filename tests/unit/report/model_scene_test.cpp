#include "engine/report/model_scene.h"

#include <gtest/gtest.h>

namespace oddroad::report {
namespace {

TEST(ModelScene, CompositesAreTwoThingsOnOneFloor) {
  const auto models = models_of({.type = "bicycle.cyclist"});
  ASSERT_TRUE(models) << core::to_string(models.error());
  ASSERT_EQ(models->size(), 2u);
  const math::Aabb box = bounds_of(*models);
  EXPECT_NEAR(box.size().x, 1.82, 0.1);
  EXPECT_GT(box.size().z, 1.5);  // the rider, too
  const world::SceneWindow window = model_scene(*models, 0.5);
  EXPECT_EQ(window.instances.size(), 3u);
  EXPECT_EQ(window.drawables.back().model->name, "floor");
  EXPECT_EQ(window.environment.cloud_cover, 1);
  for (const world::Drawable& drawable : window.drawables) {
    EXPECT_TRUE(drawable.steps.empty() || drawable.steps.size() == 2);
  }
}

// The floor lies under what stands on it: nothing of a car is below.
TEST(ModelScene, LinesOfTheFloorLieLow) {
  const auto models = models_of({.type = "traffic_cone"});
  ASSERT_TRUE(models);
  const world::SceneWindow window = model_scene(*models, 0.1);
  const auto& floor = *window.drawables.back().mesh;
  EXPECT_LT(floor.bounds().upper.z, 0.001);
  EXPECT_GE(floor.bounds().lower.z, 0);
}

TEST(ModelScene, UnknownTypesAreErrors) {
  EXPECT_FALSE(models_of({.type = "car.spaceship"}));
}

}  // namespace
}  // namespace oddroad::report
