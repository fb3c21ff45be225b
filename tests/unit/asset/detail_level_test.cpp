#include "engine/asset/detail_level.h"

#include <gtest/gtest.h>

#include "engine/asset/catalog.h"
#include "engine/asset/level_cache.h"
#include "tests/unit/asset/level_measures.h"

namespace oddroad::asset {
namespace {

using testing::areas_m2;
using testing::facets;
using testing::farthest_m;
using testing::outline_m2;

constexpr int kSamples = 300;

std::shared_ptr<const Model> make(const std::string& type) {
  const auto model = make_model({type, 3, {}, {}});
  EXPECT_TRUE(model.has_value()) << (model ? "" : core::to_string(model.error()));
  return *model;
}

// Calls test(full, level's model, its error) for every level that saves something.
template <typename Test>
void for_levels(const std::vector<std::string>& types, int coarsest, const Test& test) {
  for (const std::string& type : types) {
    const auto full = make(type);
    int coarser = 0;
    for (int level = 1; level <= coarsest; ++level) {
      SCOPED_TRACE(type + " level " + std::to_string(level));
      const auto model = make_level(full, level);
      if (model == full) continue;
      ++coarser;
      test(*full, *model, level_error_m(level));
    }
    EXPECT_GT(coarser, 0) << type;
  }
}

TEST(DetailLevel, SurfacesStayWithinTheErrorOfEachOther) {
  for_levels({"car.hatchback", "tree", "street_lamp"}, 6,
             [](const Model& full, const Model& model, double error_m) {
               const auto before = facets(full, false), after = facets(model, false);
               EXPECT_LT(farthest_m(before, after, kSamples), error_m);
               EXPECT_LT(farthest_m(after, before, kSamples), error_m);
             });
}

TEST(DetailLevel, OutlinesMoveByLessThanHalfTheErrorOnAverage) {
  for_levels({"car.hatchback", "shrub", "street_lamp"}, 5,
             [](const Model& full, const Model& model, double error_m) {
               const math::Vec3d size = full.box.size();
               for (int axis = 0; axis < 3; ++axis) {
                 const double around_m = 2 * (size[(axis + 1) % 3] + size[(axis + 2) % 3]);
                 EXPECT_NEAR(outline_m2(model, axis, error_m), outline_m2(full, axis, error_m),
                             0.5 * error_m * around_m)
                     << axis;
               }
             });
}

TEST(DetailLevel, LeavesKeepTheirAreaAndMaterialsTheirPlace) {
  for_levels({"tree", "shrub", "car.hatchback"}, 5,
             [](const Model& full, const Model& model, double) {
               for (const auto& [material, area] : areas_m2(facets(full, true))) {
                 const double after = areas_m2(facets(model, true))[material];
                 EXPECT_NEAR(after, area, 0.01 * area) << full.materials[material].name;
               }
               const auto before = areas_m2(facets(full, false));
               const auto after = areas_m2(facets(model, false));
               ASSERT_EQ(before.size(), after.size());
             });
}

TEST(DetailLevel, BoxesAndAllButTheMeshesStay) {
  for_levels(
      {"car.hatchback", "tree"}, kCoarsestLevel, [](const Model& full, const Model& model, double) {
        EXPECT_EQ(model.box, full.box);
        EXPECT_EQ(rest_bounds(model, false), rest_bounds(full, false));
        EXPECT_EQ(rest_bounds(model, true), rest_bounds(full, true));
        EXPECT_EQ(model.materials, full.materials);
        ASSERT_EQ(model.parts.size(), full.parts.size());
        for (std::size_t p = 0; p < model.parts.size(); ++p) {
          EXPECT_EQ(model.parts[p].name, full.parts[p].name);
          EXPECT_EQ(model.parts[p].mesh->material.size(), model.parts[p].mesh->triangle_count());
        }
      });
}

TEST(DetailLevel, EachSavesMoreThanTheOneBefore) {
  for (const std::string type : {"car.hatchback", "tree", "shrub"}) {
    const auto full = make(type);
    std::size_t before = triangle_count(*full);
    for (int level = 1; level <= kCoarsestLevel; ++level) {
      const std::size_t count = triangle_count(*make_level(full, level));
      EXPECT_LE(count, before) << type << " level " << level;
      before = count;
    }
    EXPECT_LT(before, triangle_count(*full) * 2 / 3) << type;
  }
}

TEST(DetailLevel, EqualModelsGiveEqualLevels) {
  for (const std::string type : {"car.hatchback", "tree"}) {
    const auto a = make_level(make(type), 4), b = make_level(make(type), 4);
    ASSERT_EQ(a->parts.size(), b->parts.size());
    for (std::size_t p = 0; p < a->parts.size(); ++p) {
      EXPECT_EQ(*a->parts[p].mesh, *b->parts[p].mesh);
    }
  }
}

TEST(DetailLevel, LivingThingsAndLevelZeroAreTheFullModel) {
  const auto person = make("pedestrian.adult");
  EXPECT_EQ(make_level(person, 5), person);
  const auto car = make("car.hatchback");
  EXPECT_EQ(make_level(car, 0), car);
}

TEST(DetailLevel, ACacheMakesALevelOnce) {
  LevelCache cache;
  const auto lamp = make("street_lamp");
  const auto first = cache.get(lamp, 5);
  EXPECT_NE(first, lamp);
  EXPECT_EQ(cache.get(lamp, 5), first);
  EXPECT_EQ(cache.get(lamp, 0), lamp);
  EXPECT_EQ(cache.get(lamp, 0), lamp);
  EXPECT_NE(cache.get(make("street_lamp"), 5), first);  // another model, though equal
}

TEST(DetailLevel, ACacheForgetsLevelsThatClipsNoLongerAskFor) {
  LevelCache cache;
  const auto lamp = make("street_lamp");
  const auto asked_for = cache.get(lamp, 5);
  const std::weak_ptr<const Model> idle = cache.get(lamp, 4);
  ASSERT_NE(idle.lock(), lamp);
  for (std::size_t clip = 0; clip <= LevelCache::kClips; ++clip) {
    EXPECT_FALSE(idle.expired()) << clip;
    cache.begin_clip();
    EXPECT_EQ(cache.get(lamp, 5), asked_for);
  }
  EXPECT_TRUE(idle.expired());
}

TEST(DetailLevel, ACacheForgetsLevelsWithTheirModels) {
  LevelCache cache;
  auto lamp = make("street_lamp");
  const std::weak_ptr<const Model> full = lamp, level = cache.get(lamp, 5);
  lamp.reset();
  EXPECT_TRUE(full.expired());
  cache.begin_clip();
  EXPECT_TRUE(level.expired());
}

}  // namespace
}  // namespace oddroad::asset
