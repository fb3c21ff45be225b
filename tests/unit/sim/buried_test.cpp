#include "engine/sim/buried.h"

#include <gtest/gtest.h>

#include "engine/sim/street_style.h"
#include "tests/unit/sim/fixtures.h"

namespace oddroad::sim::testing {
namespace {

scenario::VariantActor box_at(const std::string& name, double by_m, double lateral_m) {
  scenario::Placement at = ahead_of("ego", by_m, "same");
  at.lateral_m = lateral_m;
  return actor(name, "cardboard_box", at);
}

// A house of 8 by 8 m about a place of the world.
world::StaticThing house_at(const math::Vec3d& p) {
  auto model = std::make_shared<asset::Model>();
  model->class_name = "building";
  model->box.lower = {-4, -4, 0};
  model->box.upper = {4, 4, 8};
  world::StaticThing thing;
  thing.name = "house.1";
  thing.T_world_model.translation = p;
  thing.model = std::move(model);
  return thing;
}

TEST(Buried, WhatWouldStandInAHouseIsLeftOut) {
  const Street street;
  Setting setting;
  scenario::Variant variant = ego_only(10);
  variant.actors.push_back(box_at("distractor.1", 20, -12));
  variant.actors.push_back(box_at("distractor.2", 40, -12));
  variant.actors.push_back(box_at("mine", 20, -12.5));  // of the story: stays
  auto placed = Simulation::place_actors(variant, *street.graph, setting.context);
  ASSERT_TRUE(placed) << core::to_string(placed.error());
  world::StaticWorld world;
  world.things.push_back(house_at((*placed)->bodies()[1].position + math::Vec3d(1, 2, 0)));
  const auto names = [&] {
    std::vector<std::string> out;
    for (const scenario::VariantActor& a : variant.actors) out.push_back(a.name);
    return out;
  };
  int asked = 0;
  const StageMaker stage = [&](const scenario::Variant&) {
    ++asked;
    return core::Result<world::StaticWorld>(world);
  };
  ASSERT_TRUE(drop_buried(variant, *street.graph, setting.context, stage));
  EXPECT_EQ(names(), (std::vector<std::string>{"ego", "distractor.2", "mine"}));
  EXPECT_EQ(asked, 1);
  scenario::Variant alone = ego_only(10);
  ASSERT_TRUE(drop_buried(alone, *street.graph, setting.context, stage));
  EXPECT_EQ(asked, 1);  // nothing to ask for
}

TEST(StreetStyle, IsMadeOfWhatWasDrawn) {
  scenario::Variant variant;
  EXPECT_FALSE(street_style(variant));
  variant.parameters = {{"randomize.dressing.street", "car_park"},
                        {"randomize.dressing.facades", "brick"},
                        {"randomize.dressing.footway", "concrete"},
                        {"randomize.dressing.wires", "poles"}};
  variant.parameter_values = {{"randomize.dressing.trees", .25},
                              {"randomize.dressing.lamp_height", 4.5}};
  const auto style = street_style(variant);
  ASSERT_TRUE(style);
  EXPECT_EQ(style->kind, stage::StreetKind::kCarPark);
  EXPECT_EQ(style->palette, 4);  // as asset/house.h counts them
  EXPECT_EQ(style->footway, stage::Footway::kConcrete);
  EXPECT_TRUE(style->wires);
  EXPECT_EQ(style->trees, .25);
  EXPECT_EQ(style->lamp_height_m, 4.5);
  variant.parameters["randomize.dressing.street"] = "mixed";
  EXPECT_FALSE(street_style(variant)->kind);
}

}  // namespace
}  // namespace oddroad::sim::testing
