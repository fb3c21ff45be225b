#include "engine/asset/bird.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "engine/asset/animal.h"
#include "engine/asset/catalog.h"

namespace oddroad::asset {
namespace {

using math::Vec3f;

struct Kind {
  const char* type;
  double length, span, walk_mps;
};
constexpr Kind kKinds[] = {{"animal.pigeon", .33, .65, .4},
                           {"animal.crow", .47, .95, .5},
                           {"animal.goose", .85, 1.65, .6}};

std::shared_ptr<const Model> make(const Kind& kind) {
  const auto model = make_model({kind.type, 1, {{"length", kind.length}}, {}});
  EXPECT_TRUE(model.has_value());
  return *model;
}

std::vector<Vec3f> pose(const Model& model, double speed, double fly, double phase) {
  Articulation a;
  a.speed_mps = speed;
  a.walk_weight = 1;
  a.run_weight = fly;
  a.phase = phase;
  std::vector<Vec3f> positions;
  std::vector<Vec3f> normals;
  model.deformer->deform(a, positions, normals);
  for (std::size_t i = 0; i < positions.size(); ++i) {
    EXPECT_TRUE(std::isfinite(positions[i].x + positions[i].y + positions[i].z));
    EXPECT_NEAR(glm::length(normals[i]), 1, 1e-4);
  }
  return positions;
}

TEST(Bird, SizesFitAndFeetStandOnTheGround) {
  for (const Kind& kind : kKinds) {
    SCOPED_TRACE(kind.type);
    const auto model = make(kind);
    const auto size = model_size({kind.type, 1, {{"length", kind.length}}, {}});
    EXPECT_TRUE(is_animal_type(kind.type));
    EXPECT_NEAR(model->length_m(), size->length_m, .1 * size->length_m);
    EXPECT_NEAR(model->height_m, size->height_m, .1 * size->height_m);
    EXPECT_NEAR(model->box.lower.z, 0, .004);
  }
}

TEST(Bird, PlantedFeetDoNotSlide) {
  for (const Kind& kind : kKinds) {
    SCOPED_TRACE(kind.type);
    const auto model = make(kind);
    const double path = .01 / model->deformer->phase_per_metre(kind.walk_mps);
    auto before = pose(*model, kind.walk_mps, 0, 0);
    int planted = 0;
    double worst = 0;
    for (int i = 1; i <= 100; ++i) {
      const auto now = pose(*model, kind.walk_mps, 0, i * .01);
      for (std::size_t v = 0; v < now.size(); ++v) {
        if (std::max(now[v].z, before[v].z) > .0003) continue;
        ++planted;
        worst = std::max(worst, std::abs(double(now[v].x) - before[v].x + path));
      }
      before = now;
    }
    EXPECT_GT(planted, 200);
    EXPECT_LT(worst, 1e-5);
  }
}

TEST(Bird, WingsSpreadAndBeat) {
  for (const Kind& kind : kKinds) {
    SCOPED_TRACE(kind.type);
    const auto model = make(kind);
    double widest = 0;
    float top = 0;
    float low = 1;
    for (int i = 0; i < 20; ++i) {
      float y = 0;
      float tip = 0;
      for (const Vec3f& p : pose(*model, 10, 1, i / 20.0)) {
        if (p.y > y) y = p.y, tip = p.z;
      }
      widest = std::max(widest, 2.0 * y);
      top = std::max(top, tip), low = std::min(low, tip);
    }
    EXPECT_NEAR(widest, kind.span, .06 * kind.span);
    EXPECT_GT(top - low, .3 * kind.span);
    EXPECT_EQ(model->deformer->natural_gait(0).walk, 0);
    EXPECT_EQ(model->deformer->natural_gait(kind.walk_mps).run, 0);
    EXPECT_EQ(model->deformer->natural_gait(10).run, 1);
    // Wings beat by time, not by distance.
    EXPECT_NEAR(model->deformer->phase_per_metre(10) * 10,
                model->deformer->phase_per_metre(20) * 20, 1e-9);
  }
}

}  // namespace
}  // namespace oddroad::asset
