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
  EXPECT_GE(known, 3);
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

TEST(PropPhysics, ThingsThatStandFastHaveNone) {
  EXPECT_FALSE(prop_physics({"house", 0, {}, {}}).has_value());
  EXPECT_FALSE(prop_physics({"pedestrian.adult", 0, {}, {}}).has_value());
  EXPECT_FALSE(prop_physics({"no such thing", 0, {}, {}}).has_value());
  EXPECT_FALSE(prop_physics({"bin", 0, {{"height", 9}}, {}}).has_value());
}

}  // namespace
}  // namespace oddroad::asset
