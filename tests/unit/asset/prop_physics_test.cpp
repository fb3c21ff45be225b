#include "engine/asset/prop_physics.h"

#include <cmath>

#include <gtest/gtest.h>

namespace oddroad::asset {
namespace {

TEST(PropPhysics, EveryRowIsPlausibleAndHasTheSizeOfItsModel) {
  int known = 0;
  for (const std::string& type : catalog_types()) {
    const auto physics = prop_physics({type, 3, {}, {}});
    if (!physics) continue;
    ++known;
    SCOPED_TRACE(type);
    const auto size = model_size({type, 3, {}, {}});
    ASSERT_TRUE(size.has_value());
    EXPECT_NEAR(physics->half_extent_m.x, .5 * size->length_m, 1e-12);
    EXPECT_NEAR(physics->half_extent_m.y, .5 * size->width_m, 1e-12);
    EXPECT_NEAR(physics->half_extent_m.z, .5 * size->height_m, 1e-12);
    EXPECT_GE(physics->friction, .2);
    EXPECT_LE(physics->friction, .9);
    EXPECT_GE(physics->restitution, 0);
    EXPECT_LE(physics->restitution, .85);
    EXPECT_GT(physics->drag_area_m2, 0);
    // Between a bag full of air and cast iron.
    const math::Vec3d h = physics->half_extent_m;
    const double density = physics->mass_kg / (8 * h.x * h.y * h.z);
    EXPECT_GT(density, .1);
    EXPECT_LT(density, 7500);
  }
  EXPECT_GE(known, 31);
}

TEST(PropPhysics, MassFollowsTheSizeThatIsAskedFor) {
  const auto carton = [](double edge) {
    return *prop_physics({"cardboard_box",
                          0,
                          {{"length", edge}, {"width", edge}, {"height", edge}, {"open", 0}},
                          {}});
  };
  EXPECT_GT(carton(.8).mass_kg, 3 * carton(.4).mass_kg);
  // A box of edge a shows a^2 to each axis.
  EXPECT_NEAR(carton(.8).drag_area_m2, 1.05 * .64, .02);
}

TEST(PropPhysics, EveryKindOfDebrisHasARowAndFillsItsHull) {
  for (const std::string& type : catalog_types()) {
    if (type.rfind("debris.", 0) != 0) continue;
    SCOPED_TRACE(type);
    const auto physics = prop_physics({type, 2, {}, {}});
    ASSERT_TRUE(physics.has_value());
    const auto model = make_model({type, 2, {}, {}});
    ASSERT_TRUE(model.has_value());
    const math::Vec3d size = (*model)->box.size();
    for (int c = 0; c < 3; ++c) EXPECT_NEAR(size[c], 2 * physics->half_extent_m[c], .02);
    EXPECT_NEAR(glm::length((*model)->box.centre() - physics->centre_m), 0, .02);
    EXPECT_EQ((*model)->class_name, "debris");
  }
}

TEST(PropPhysics, HullsTurnWithWhatTheyStandFor) {
  EXPECT_EQ(prop_physics({"debris.tyre", 0, {}, {}})->hull, PropPhysics::kCylinderZ);
  EXPECT_EQ(prop_physics({"debris.tyre", 0, {{"standing", 1}}, {}})->hull, PropPhysics::kCylinderY);
  EXPECT_EQ(prop_physics({"debris.barrel", 0, {{"lying", 1}}, {}})->hull, PropPhysics::kCylinderX);
  EXPECT_NEAR(prop_physics({"debris.barrel", 0, {{"lying", 1}}, {}})->mass_kg, 20, 1e-9);
}

TEST(PropPhysics, ThingsThatStandFastHaveNone) {
  EXPECT_FALSE(prop_physics({"house", 0, {}, {}}).has_value());
  EXPECT_FALSE(prop_physics({"pedestrian.adult", 0, {}, {}}).has_value());
  EXPECT_FALSE(prop_physics({"no such thing", 0, {}, {}}).has_value());
  EXPECT_FALSE(prop_physics({"bin", 0, {{"height", 9}}, {}}).has_value());
}

}  // namespace
}  // namespace oddroad::asset
