#include "engine/world/levels.h"

#include <gtest/gtest.h>

#include "engine/asset/detail_level.h"
#include "engine/world/lamp_looks.h"
#include "tests/unit/world/fixtures.h"

namespace oddroad::world {
namespace {

using asset::Model;
using ModelPtr = std::shared_ptr<const Model>;

// A ball of a metre with 4,000 triangles.
ModelPtr ball() {
  auto mesh = std::make_shared<math::TriangleMesh>();
  constexpr int kRings = 32, kSides = 64;
  for (int r = 0; r <= kRings; ++r) {
    for (int s = 0; s <= kSides; ++s) {
      const double a = glm::pi<double>() * r / kRings;
      const double b = 2 * glm::pi<double>() * (s % kSides) / kSides;
      const math::Vec3f n(std::sin(a) * std::cos(b), std::sin(a) * std::sin(b), std::cos(a));
      mesh->add_vertex(.5f * n, n, {0, 0});
    }
  }
  const auto at = [](int r, int s) {
    return static_cast<std::uint32_t>(r * (kSides + 1) + s);
  };
  for (int r = 0; r < kRings; ++r) {
    for (int s = 0; s < kSides; ++s) {
      mesh->add_triangle(at(r, s), at(r + 1, s), at(r + 1, s + 1), 0);
      mesh->add_triangle(at(r, s), at(r + 1, s + 1), at(r, s + 1), 0);
    }
  }
  mesh->remove_degenerate();
  auto model = std::make_shared<Model>();
  model->name = "ball";
  model->materials.resize(2);
  asset::Part part;
  part.mesh = std::move(mesh);
  model->parts = {part};
  model->box = asset::rest_bounds(*model, false);
  return model;
}

// An ego that drives 20 m along x, and balls beside its way at these distances.
struct Street {
  Timeline timeline;
  StaticWorld stage;

  explicit Street(const std::vector<double>& distances_m) {
    auto car = testing::car_model();
    car->materials.resize(1);
    car->box = {{-1, -1, 0}, {3, 1, 1.5}};
    timeline.actors.push_back(testing::make_actor(1, car, 100, [](double t, ActorState& s) {
      s.T_world_actor.translation = {20 * t, 0, 0};
    }));
    timeline.end_ns = 100 * kStepNs;
    const ModelPtr model = ball();
    for (const double d : distances_m) add(model, {10, d, 0});
  }
  StaticThing& add(const ModelPtr& model, const math::Vec3d& where) {
    StaticThing thing;
    thing.id = core::InstanceId(static_cast<std::uint16_t>(65'535 - stage.things.size()));
    thing.model = model;
    thing.T_world_model.translation = where;
    stage.things.push_back(thing);
    return stage.things.back();
  }
  [[nodiscard]] std::vector<std::size_t> counts() const {
    std::vector<std::size_t> out;
    for (const StaticThing& thing : stage.things) out.push_back(triangle_count(*thing.model));
    return out;
  }
};

TEST(Levels, WhatStaysFarIsCoarserAndWhatComesNearIsNot) {
  Street street({5, 30, 100, 300});
  const auto full = asset::triangle_count(*ball());
  const LevelOutcome outcome = choose_levels({}, {}, street.timeline, street.stage);
  const auto counts = street.counts();
  EXPECT_EQ(counts[0], full);
  EXPECT_LT(counts[1], full);
  EXPECT_LT(counts[2], counts[1]);
  EXPECT_LT(counts[3], counts[2]);
  EXPECT_EQ(outcome.coarser_things, 3u);
  EXPECT_EQ(outcome.error_rad, kLevelError_rad);
  EXPECT_TRUE(outcome.within_budget);
  EXPECT_EQ(outcome.triangles, counts[0] + counts[1] + counts[2] + counts[3] + 4);
  EXPECT_EQ(outcome.full_triangles, 4 * full + 4);
}

TEST(Levels, TheNearestInstantOfTheWholeClipCounts) {
  // Passed at the end of the way, and never come near.
  Street street({});
  street.add(ball(), {20, 4, 0});
  street.add(ball(), {-150, 4, 0});
  const auto full = asset::triangle_count(*ball());
  choose_levels({}, {}, street.timeline, street.stage);
  EXPECT_EQ(street.counts()[0], full);
  EXPECT_LT(street.counts()[1], full);
}

TEST(Levels, NoLevelIsWorseThanTheAngleAllows) {
  std::vector<double> distances;
  for (double d = 5; d < 400; d *= 1.3) distances.push_back(d);
  Street street(distances);
  std::vector<int> levels(distances.size(), -1);
  choose_levels(
      {},
      [](const ModelPtr& full, int level) {
        auto out = std::make_shared<Model>(*full);
        out->height_m = asset::level_error_m(level);  // marks it
        return out;
      },
      street.timeline, street.stage);
  for (std::size_t k = 0; k < distances.size(); ++k) {
    // The ball's radius, the ego's sphere with its reach, the way between two instants.
    const double nearest_m = distances[k] - 0.5;
    EXPECT_LE(street.stage.things[k].model->height_m, kLevelError_rad * nearest_m);
    EXPECT_GE(4 * street.stage.things[k].model->height_m + 6e-3, kLevelError_rad * nearest_m);
  }
}

TEST(Levels, GroundAndTrafficLightsStayInFull) {
  Street street({300});
  street.add(ball(), {0, 0, 0}).model = [] {
    auto far = std::make_shared<Model>(*ball());
    far->box = {{500, 500, 0}, {501, 501, 1}};
    return far;
  }();
  street.add(ball(), {0, 300, 0}).signal_id = "7";
  const auto full = asset::triangle_count(*ball());
  choose_levels({}, {}, street.timeline, street.stage);
  EXPECT_LT(street.counts()[0], full);
  EXPECT_EQ(street.counts()[1], full);
  EXPECT_EQ(street.counts()[2], full);
}

TEST(Levels, ABudgetTakesFromTheFarthestFirst) {
  Street in_full({5, 60, 100, 300}), street({5, 60, 100, 300});
  const auto free = choose_levels({}, {}, in_full.timeline, in_full.stage);
  LevelRule rule;
  rule.budget = free.triangles - 1;
  const auto outcome = choose_levels(rule, {}, street.timeline, street.stage);
  EXPECT_TRUE(outcome.within_budget);
  EXPECT_LE(outcome.triangles, rule.budget);
  EXPECT_EQ(outcome.error_rad, 2 * kLevelError_rad);
  const auto recorded = told(rule, outcome);
  EXPECT_EQ(recorded.at("levels.error"), outcome.error_rad);
  EXPECT_EQ(recorded.at("levels.triangles"), static_cast<double>(outcome.triangles));
  EXPECT_TRUE(told({}, free).empty());
  EXPECT_LT(street.counts()[3], in_full.counts()[3]);
  EXPECT_EQ(street.counts()[1], in_full.counts()[1]);
}

TEST(Levels, ABudgetThatCannotBeKeptIsTold) {
  Street street({5, 60});
  LevelRule rule;
  rule.budget = 10;
  const auto outcome = choose_levels(rule, {}, street.timeline, street.stage);
  EXPECT_FALSE(outcome.within_budget);
  EXPECT_GT(outcome.error_rad, kLevelError_rad);
}

TEST(Levels, WithoutAnAngleTheBudgetAloneDecides) {
  Street street({60, 300});
  LevelRule rule;
  rule.error_rad = 0;
  const auto outcome = choose_levels(rule, {}, street.timeline, street.stage);
  EXPECT_EQ(outcome.coarser_things, 0u);
  EXPECT_EQ(outcome.triangles, outcome.full_triangles);
}

TEST(Levels, LampsOfFarVehiclesStillLight) {
  Street street({});
  auto lamp = std::make_shared<Model>(*ball());
  lamp->lamps.push_back({"brake", 0, 1, 0});
  lamp->materials[1].emission_cd_m2 = math::Vec3f(100);
  street.timeline.actors.push_back(testing::make_actor(2, lamp, 100, [](double, ActorState& s) {
    s.T_world_actor.translation = {200, 0, 0};
    s.lamps.brake = true;
  }));
  add_lamp_looks(street.timeline);
  choose_levels({}, {}, street.timeline, street.stage);
  const Actor& far = street.timeline.actors[1];
  EXPECT_LT(triangle_count(*far.model), triangle_count(*lamp));
  const auto& lit = far.looks.at(kBrakeLit);
  EXPECT_EQ(lit->parts[0].mesh, far.model->parts[0].mesh);
  EXPECT_EQ(lit->materials[0].emission_cd_m2, math::Vec3f(100));
}

TEST(Levels, EqualWorldsGetEqualLevels) {
  Street a({40, 90, 200}), b({40, 90, 200});
  choose_levels({}, {}, a.timeline, a.stage);
  choose_levels({}, {}, b.timeline, b.stage);
  for (std::size_t k = 0; k < a.stage.things.size(); ++k) {
    EXPECT_EQ(*a.stage.things[k].model->parts[0].mesh, *b.stage.things[k].model->parts[0].mesh);
  }
}

}  // namespace
}  // namespace oddroad::world
