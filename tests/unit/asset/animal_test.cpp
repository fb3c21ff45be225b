#include "engine/asset/animal.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "engine/asset/animal_gait.h"

namespace oddroad::asset {
namespace {

using math::Vec3d;
using math::Vec3f;

const char* const kTypes[] = {"animal.boar",     "animal.cat",  "animal.cow",   "animal.deer",
                              "animal.dog",      "animal.fox",  "animal.horse", "animal.moose",
                              "animal.red_deer", "animal.sheep"};

std::shared_ptr<const Model> make(const std::string& type, std::uint64_t seed,
                                  std::map<std::string, double> numbers = {}) {
  const auto model = make_model({type, seed, std::move(numbers), {}});
  EXPECT_TRUE(model.has_value()) << (model ? "" : core::to_string(model.error()));
  return model ? *model : nullptr;
}

std::vector<Vec3f> pose(const Model& model, const Articulation& a) {
  std::vector<Vec3f> positions;
  std::vector<Vec3f> normals;
  model.deformer->deform(a, positions, normals);
  return positions;
}

// Walk, trot and gallop at Froude numbers in the middle of each.
struct Gait {
  const char* name;
  double froude, run;
};
constexpr Gait kGaits[] = {{"walk", .2, 0}, {"trot", 1.2, 1}, {"gallop", 6, 2}};

double hip_m(const std::string& type, std::uint64_t seed) {
  // The stride law gives the hip height back: phase per metre at 1 m/s.
  const auto model = make(type, seed);
  const double stride = 1 / model->deformer->phase_per_metre(1);
  return std::pow(stride / (2.3 * std::pow(1 / 9.81, .3)), 1 / .7);
}

Articulation moving(const Gait& gait, double hip, double phase) {
  Articulation a;
  a.speed_mps = std::sqrt(gait.froude * 9.81 * hip);
  a.run_weight = gait.run;
  a.walk_weight = 1;
  a.phase = phase;
  return a;
}

TEST(Animal, SizesAreThoseOfTheKindAndFitTheNominalOnes) {
  for (const char* type : kTypes) {
    for (const std::uint64_t seed : {1, 2, 3, 4}) {
      SCOPED_TRACE(std::string(type) + " " + std::to_string(seed));
      const auto model = make(type, seed);
      const auto size = model_size({type, seed, {}, {}});
      ASSERT_TRUE(size.has_value());
      EXPECT_NEAR(model->length_m(), size->length_m, .10 * size->length_m + .03);
      EXPECT_NEAR(model->height_m, size->height_m, .10 * size->height_m + .02);
      EXPECT_NEAR(model->box.lower.x, -size->rear_overhang_m, .06 * size->length_m + .03);
      EXPECT_NEAR(model->box.lower.z, 0, .004 * size->height_m);
      EXPECT_EQ(model->class_name, "animal");
      EXPECT_GT(model->parts[0].mesh->triangle_count(), 2000u);
      EXPECT_LT(model->parts[0].mesh->triangle_count(), 15000u);
    }
  }
  EXPECT_NEAR(make("animal.dog", 1, {{"size", 0}})->height_m, .34, .08);
  EXPECT_NEAR(make("animal.moose", 1, {{"height", 2.0}, {"antlers", 0}})->height_m, 2.15, .15);
}

TEST(Animal, PlantedFeetDoNotSlide) {
  for (const char* type : kTypes) {
    const auto model = make(type, 5);
    const double hip = hip_m(type, 5);
    for (const Gait& gait : kGaits) {
      SCOPED_TRACE(std::string(type) + " " + gait.name);
      const Articulation first = moving(gait, hip, 0);
      const double step = .01;
      const double path = step / model->deformer->phase_per_metre(first.speed_mps);
      int planted = 0;
      double worst = 0;
      std::vector<Vec3f> before = pose(*model, first);
      for (int i = 1; i <= 100; ++i) {
        const std::vector<Vec3f> now = pose(*model, moving(gait, hip, i * step));
        for (std::size_t v = 0; v < now.size(); ++v) {
          if (now[v].z > .0005f * float(hip) || before[v].z > .0005f * float(hip)) continue;
          ++planted;
          worst = std::max({worst, std::abs(double(now[v].x) - before[v].x + path),
                            std::abs(double(now[v].y) - before[v].y)});
        }
        before = now;
      }
      EXPECT_GT(planted, 400);
      EXPECT_LT(worst, 2e-5);
    }
  }
}

TEST(Animal, FeetLandAsTheFootfallTableSays) {
  const Gait walk = kGaits[0];
  const double hip = 1;
  const AnimalPlan plan = plan_gait(hip, std::sqrt(walk.froude * 9.81), 0);
  EXPECT_NEAR(plan.lands[1] - plan.lands[0], .25, 1e-12);  // lateral sequence
  EXPECT_GT(plan.duty, .5);
  const AnimalPlan trot = plan_gait(hip, 3.4, 1);
  EXPECT_EQ(trot.lands[1], trot.lands[2]);  // diagonal pairs
  EXPECT_LT(trot.duty, .5);
  EXPECT_LT(plan_gait(hip, 8, 2).duty, .32);  // suspension
}

TEST(Animal, NothingSinksAndEverythingStaysFinite) {
  for (const char* type : kTypes) {
    const auto model = make(type, 2);
    const double hip = hip_m(type, 2);
    for (const Gait& gait : kGaits) {
      for (int i = 0; i < 20; ++i) {
        std::vector<Vec3f> positions;
        std::vector<Vec3f> normals;
        model->deformer->deform(moving(gait, hip, i / 20.0), positions, normals);
        ASSERT_EQ(positions.size(), model->parts[0].mesh->positions.size());
        for (std::size_t v = 0; v < positions.size(); ++v) {
          ASSERT_TRUE(std::isfinite(positions[v].x + positions[v].y + positions[v].z));
          ASSERT_NEAR(glm::length(normals[v]), 1, 1e-4);
          ASSERT_GT(positions[v].z, -.03 * hip) << type << " " << gait.name << " " << i;
        }
      }
    }
  }
}

// Edges between vertices keep their length where a body bends as a body.
TEST(Animal, TrianglesDoNotTearWhenLimbsBend) {
  for (const char* type : kTypes) {
    const auto model = make(type, 3);
    const double hip = hip_m(type, 3);
    const auto& mesh = *model->parts[0].mesh;
    for (const Gait& gait : kGaits) {
      for (int i = 0; i < 10; ++i) {
        const auto p = pose(*model, moving(gait, hip, i / 10.0));
        double worst = 0;
        for (const auto& t : mesh.triangles) {
          for (int k = 0; k < 3; ++k) {
            const auto a = t[k];
            const auto b = t[(k + 1) % 3];
            const double rest = glm::length(mesh.positions[a] - mesh.positions[b]);
            worst = std::max(worst, double(glm::length(p[a] - p[b])) - rest);
          }
        }
        EXPECT_LT(worst, .20 * hip) << type << " " << gait.name;
      }
    }
  }
}

TEST(Animal, GaitFollowsTheFroudeNumber) {
  const auto horse = make("animal.horse", 1);
  const auto cat = make("animal.cat", 1);
  EXPECT_EQ(horse->deformer->natural_gait(0).walk, 0);
  EXPECT_NEAR(horse->deformer->natural_gait(1.6).run, 0, 1e-9);
  EXPECT_NEAR(horse->deformer->natural_gait(4).run, 1, 1e-9);
  EXPECT_NEAR(horse->deformer->natural_gait(12).run, 2, 1e-9);
  EXPECT_GT(cat->deformer->natural_gait(1.6).run, .9);  // a cat trots where a horse walks
  // Strides of the facts: horse walk 1.78 m at 1.6 m/s, gallop 5.9 m at 13 m/s.
  EXPECT_NEAR(1 / horse->deformer->phase_per_metre(1.6), 1.78, .2);
  EXPECT_NEAR(1 / horse->deformer->phase_per_metre(13), 5.9, .8);
}

TEST(Animal, LiesDownAndTurnsOver) {
  for (const char* type : kTypes) {
    SCOPED_TRACE(type);
    std::map<std::string, double> numbers;
    if (type == std::string("animal.deer") || type == std::string("animal.red_deer") ||
        type == std::string("animal.moose")) {
      numbers["antlers"] = 0;  // would bore into the ground
    }
    const auto model = make(type, 4, numbers);
    Articulation a;
    a.rest_weight = 1;
    const auto top = [&] {
      float z = 0;
      float low = 0;
      for (const Vec3f& p : pose(*model, a)) z = std::max(z, p.z), low = std::min(low, p.z);
      EXPECT_GT(low, -.09 * model->height_m);
      return z;
    };
    EXPECT_LT(top(), .95 * model->height_m);
    a.rest = Articulation::Rest::kSide;
    EXPECT_LT(top(), .75 * model->height_m + .05);
  }
}

TEST(Animal, EqualRequestsGiveEqualBytesAndSeedsDiffer) {
  const auto a = make("animal.cow", 1);
  const auto b = make("animal.cow", 1);
  EXPECT_TRUE(*a->parts[0].mesh == *b->parts[0].mesh);
  EXPECT_TRUE(a->materials == b->materials);
  EXPECT_FALSE(*a->parts[0].mesh == *make("animal.cow", 2)->parts[0].mesh);
  EXPECT_FALSE(make_model({"animal.cow", 1, {{"height", 5}}, {}}).has_value());
  EXPECT_TRUE(is_animal_type("animal.cow"));
  EXPECT_FALSE(is_animal_type("animal.unicorn"));
}

TEST(Animal, LooksWhereItIsTold) {
  const auto model = make("animal.dog", 1);
  const auto nose_y = [&](double yaw) {
    Articulation a;
    a.look_yaw_rad = yaw;
    const auto p = pose(*model, a);
    return std::max_element(p.begin(), p.end(),
                            [](auto& u, auto& v) {
                              return u.y < v.y;
                            })
        ->y;
  };
  EXPECT_GT(nose_y(1.2), nose_y(0) + .05);
}

}  // namespace
}  // namespace oddroad::asset
