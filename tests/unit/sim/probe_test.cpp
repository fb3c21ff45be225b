#include "engine/sim/probe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/asset/model.h"
#include "render/cast/embree_scene.h"
#include "tests/unit/sim/fixtures.h"

namespace oddroad::sim {
namespace {

using namespace testing;

struct Sight {
  Street street;
  Setting setting;
  std::unique_ptr<scene::RayCasterFactory> casters = std::move(*cast::make_embree_factory());
  SimProbe probe{*street.graph, setting.context, *casters, {1.7, 0.0, 1.65}};
};

scenario::HiddenQuery hidden(double until_ttc_s) {
  return {"child", "ego", until_ttc_s, 0.05, false};
}

TEST(Probe, TheVanHidesTheChildUntilItRuns) {
  Sight s;
  const scenario::Variant v = child_behind_van(10, 2.9, 1.6, 0.5);
  const auto holds = s.probe.holds(v, hidden(1.6));
  ASSERT_TRUE(holds) << core::to_string(holds.error());
  EXPECT_TRUE(*holds);
  // Later it runs in full view.
  const auto later = s.probe.holds(v, hidden(0.4));
  ASSERT_TRUE(later);
  EXPECT_FALSE(*later);
}

TEST(Probe, WithoutTheVanTheChildIsInFullView) {
  Sight s;
  scenario::Variant v = child_behind_van(10, 2.9, 1.6, 0.5);
  v.actors[1].model.type = "pedestrian.adult";  // stands in the parking lane instead
  v.actors[1].at.side_gap_m.reset();
  v.actors[2].at = ahead_of("ego", 50, "sidewalk");
  const auto seen = s.probe.sight(v, {"child", "ego", 1.6, 0.5, true}, nullptr);
  ASSERT_TRUE(seen) << core::to_string(seen.error());
  EXPECT_GT(seen->least, 0.95);
  EXPECT_GT(seen->instants, 5);
}

TEST(Probe, HalfHiddenIsHalf) {
  // A low box in front of the child covers its lower part: by similar triangles.
  Sight s;
  scenario::Variant v = ego_only(10);
  v.actors.push_back(actor("wall", "car.sedan", ahead_of("ego", 30, "same")));
  v.actors.push_back(actor("child", "pedestrian.adult", ahead_of("wall", 3, "same")));
  v.max_duration_s = 0.01;
  const auto seen = s.probe.sight(v, {"child", "ego", 0, 2, false}, nullptr);
  ASSERT_TRUE(seen) << core::to_string(seen.error());
  // Eye 1.65 m high and 1.7 m ahead of the origin; the wall's rear face top at 1.5 m height and its
  // front edge 4.2 m farther: the lowest ray grazes the front or rear edge, whichever is higher.
  const double rear = 30 + 3.4 - 1.7;  // eye to the wall's rear face
  const double to_child = rear + 4.2 + 3;
  const double drop_per_m = std::min(0.15 / rear, 0.15 / (rear + 4.2));
  const double lowest = 1.65 - drop_per_m * to_child;
  EXPECT_NEAR(seen->most, (1.75 - lowest) / 1.75, 0.06);
}

TEST(Probe, AStageIsAskedForOnlyWhereItMatters) {
  Sight s;
  int asked = 0;
  SimProbe probe(*s.street.graph, s.setting.context, *s.casters, {1.7, 0.0, 1.65},
                 [&](const scenario::Variant&,
                     const std::vector<Look>& looks) -> core::Result<world::StaticWorld> {
                   ++asked;
                   // Between the ego and the child, and beside the road.
                   const math::Aabb box{{-1, -1, 0}, {1, 1, 2}};
                   const auto at = [](const math::Vec3d& p) {
                     math::Affine3d T;
                     T.translation = p;
                     return T;
                   };
                   EXPECT_FALSE(looks.empty());
                   const Look& last = looks.front();
                   const math::Vec3d between = 0.5 * (last.eye + last.points.at(0));
                   EXPECT_TRUE(comes_near(looks, box, at({between.x, between.y, 0})));
                   EXPECT_FALSE(comes_near(looks, box, at({between.x, between.y + 30, 0})));
                   EXPECT_FALSE(comes_near(looks, box, at({between.x, between.y, 3})));
                   return world::StaticWorld{};
                 });
  const scenario::Variant v = child_behind_van(10, 2.9, 1.6, 0.5);
  EXPECT_TRUE(*probe.holds(v, hidden(1.6)));
  EXPECT_EQ(asked, 0);
  EXPECT_FALSE(*probe.holds(v, hidden(0.4)));
  EXPECT_EQ(asked, 1);
}

// Vehicles tell their outlines first; full models are counted.
class CountingModels : public BoxModels {
 public:
  core::Result<std::shared_ptr<const asset::Model>> model(
      const asset::ModelRequest& request) override {
    made.push_back(request.type);
    return BoxModels::model(request);
  }
  core::Result<std::shared_ptr<const asset::Model>> outline(
      const asset::ModelRequest& request) override {
    auto full = BoxModels::model(request);
    if (!full || (*full)->deformer) return full;
    auto bare = std::make_shared<asset::Model>(**full);
    bare->parts.clear();
    return std::shared_ptr<const asset::Model>(std::move(bare));
  }
  std::vector<std::string> made;
};

TEST(Probe, OnlyVehiclesInTheLineOfSightAreMade) {
  Sight s;
  CountingModels models;
  const SimContext context{&s.setting.ontology, &models};
  SimProbe probe(*s.street.graph, context, *s.casters, {1.7, 0.0, 1.65});
  scenario::Variant v = child_behind_van(10, 2.9, 1.6, 0.5);
  v.actors.push_back(actor("oncoming", "car.sedan", ahead_of("ego", 90, "opposite")));
  EXPECT_TRUE(*probe.holds(v, hidden(1.6)));
  EXPECT_THAT(models.made, ::testing::ElementsAre("van.panel"));
  models.made.clear();
  EXPECT_FALSE(*probe.holds(v, hidden(0.4)));  // in full view: no mesh is needed to see that
  EXPECT_FALSE(probe.placement_problem(v).has_value());
  EXPECT_THAT(models.made, ::testing::IsEmpty());
}

// Bounds without meshes decide most; they must decide as the meshes do.
TEST(Probe, BoundsAnswerAsMeshesDo) {
  Sight s;
  CatalogModels models;
  const SimContext context{&s.setting.ontology, &models};
  SimProbe probe(*s.street.graph, context, *s.casters, {1.7, 0.0, 1.65});
  int hides = 0;
  for (int k = 0; k < 10; ++k) {
    scenario::Variant v = child_behind_van(8 + k % 3, 2.9, 1.6, 0.2 + 0.25 * k);
    v.actors[1].model = {"van.panel", static_cast<std::uint64_t>(k), {}, {}};
    v.actors[2].model = {"pedestrian.child", static_cast<std::uint64_t>(k), {}, {}};
    const auto holds = probe.holds(v, hidden(1.6));
    const auto seen = probe.sight(v, hidden(1.6), nullptr);
    ASSERT_TRUE(holds && seen);
    EXPECT_EQ(*holds, seen->most < 0.05) << k << ": " << seen->most;
    hides += *holds ? 1 : 0;
  }
  EXPECT_GT(hides, 0);
  EXPECT_LT(hides, 10);
}

// Line by line, and by the meshes of those alone on whom a line depends.
TEST(Watch, LinesAreAsMeshesShowThem) {
  Sight s;
  CatalogModels models;
  const SimContext context{&s.setting.ontology, &models};
  int told = 0, open = 0;
  for (int k = 0; k < 4; ++k) {
    scenario::Variant v = child_behind_van(8 + k % 3, 2.9, 1.6, 0.3 + 0.3 * k);
    v.actors[1].model = {"van.panel", static_cast<std::uint64_t>(k), {}, {}};
    v.actors[2].model = {"pedestrian.child", static_cast<std::uint64_t>(k), {}, {}};
    v.actors.push_back(actor("parked", "car.sedan", ahead_of("ego", 12, "parking")));
    const auto watch = Watch::begin(v, *s.street.graph, context, hidden(1.0), {1.7, 0.0, 1.65});
    ASSERT_TRUE(watch) << core::to_string(watch.error());
    for (std::size_t n = 0; n < (*watch)->count(); n += 3) {
      const Judgement before = (*watch)->judgement(n);
      while (const auto suspect = (*watch)->judgement(n).suspect()) {
        ASSERT_TRUE((*watch)->settle(n, *suspect, *s.casters));
      }
      const auto seen = (*watch)->seen_in(n, {}, *s.casters);
      ASSERT_TRUE(seen);
      EXPECT_EQ((*watch)->judgement(n).free(), *seen) << k << ' ' << n;
      for (std::size_t i = 0; i < seen->size(); ++i) {
        const Sightline& line = before.lines[i];
        const bool is_open = !line.blocked && !line.may_hide.empty();
        (is_open ? open : told) += 1;
        if (is_open) continue;
        EXPECT_EQ(line.blocked, !(*seen)[i]) << k << " " << n << " " << i;
      }
    }
  }
  EXPECT_GT(told, 3 * open);
}

TEST(CatalogModels, OutlinesOfVehiclesAreThoseOfTheirModels) {
  for (const char* type : {"car.hatchback", "car.sedan", "van.panel"}) {
    CatalogModels fresh;
    const asset::ModelRequest request{type, 12345, {}};
    const auto outline = fresh.outline(request);
    const auto model = fresh.model(request);
    ASSERT_TRUE(outline && model);
    EXPECT_TRUE((*outline)->parts.empty());
    EXPECT_LT(glm::length((*outline)->box.lower - (*model)->box.lower), 1e-3) << type;
    EXPECT_LT(glm::length((*outline)->box.upper - (*model)->box.upper), 1e-3) << type;
    EXPECT_NEAR((*outline)->wheelbase_m, (*model)->wheelbase_m, 1e-6) << type;
    EXPECT_EQ(*fresh.outline(request), *model);  // once made, the model itself
  }
}

TEST(Probe, PlacementProblemsAndBadQueries) {
  Sight s;
  scenario::Variant v = child_behind_van(10, 2.9, 1.6, 0.5);
  EXPECT_FALSE(s.probe.placement_problem(v).has_value());
  v.actors[2].at.gap_m = -1;
  const auto problem = s.probe.placement_problem(v);
  ASSERT_TRUE(problem.has_value());
  EXPECT_THAT(core::to_string(*problem), ::testing::HasSubstr("overlap"));
  v.actors[2].at.gap_m = 1;
  EXPECT_FALSE(s.probe.holds(v, {"nobody", "ego", 1, 0.05, false}));
  EXPECT_FALSE(s.probe.holds(v, {"child", "van", 1, 0.05, false}));
}

}  // namespace
}  // namespace oddroad::sim
