#include "engine/asset/heavy.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "engine/asset/catalog.h"

namespace oddroad::asset {
namespace {

struct Expected {
  const char* type;
  const char* class_name;
  double length, width, height, wheelbase;
  int axles;
};
constexpr Expected kTypes[] = {{"bus.city", "bus", 12.135, 2.55, 3.12, 5.90, 2},
                               {"trailer.car", "trailer", 3.30, 1.70, 1.05, 2.15, 1},
                               {"trailer.caravan", "trailer", 6.60, 2.30, 2.60, 3.83, 1},
                               {"loader.wheel", "work_machine", 7.40, 2.60, 3.25, 3.0, 2},
                               {"tractor.farm", "work_machine", 4.90, 2.45, 3.05, 2.75, 2},
                               {"trailer.semi", "trailer", 13.62, 2.55, 4.0, 7.70, 3},
                               {"trailer.semi_flatbed", "trailer", 13.62, 2.55, 2.45, 7.70, 3},
                               {"trailer.semi_tank", "trailer", 11.40, 2.55, 3.70, 6.50, 3},
                               {"tram.car", "tram", 14.0, 2.40, 3.50, 6.40, 4},
                               {"truck.fire", "truck", 7.80, 2.50, 3.25, 4.20, 2},
                               {"truck.rigid", "truck", 9.80, 2.55, 3.80, 5.40, 2},
                               {"truck.semi", "truck", 6.0, 2.50, 3.75, 3.70, 2}};

std::shared_ptr<const Model> make(const std::string& type) {
  const auto model = make_model({type, 2, {}, {}});
  EXPECT_TRUE(model.has_value());
  return *model;
}

TEST(Heavy, DimensionsAreThoseOfTheTable) {
  for (const Expected& e : kTypes) {
    SCOPED_TRACE(e.type);
    const auto model = make(e.type);
    EXPECT_EQ(model->class_name, e.class_name);
    EXPECT_NEAR(model->length_m(), e.length, .04);
    EXPECT_NEAR(model->width_m(), e.width, .03);
    EXPECT_NEAR(model->height_m, e.height, .02);
    EXPECT_NEAR(model->wheelbase_m, e.wheelbase, .02);
    EXPECT_NEAR(model->box.upper.x, model->wheelbase_m + model->front_overhang_m, 1e-6);
    const auto size = model_size({e.type, 2, {}, {}});
    EXPECT_NEAR(size->rear_overhang_m, -model->box.lower.x, .03);
    EXPECT_EQ(size->wheelbase_m, model->wheelbase_m);
    std::size_t triangles = 0;
    for (const Part& part : model->parts) triangles += part.mesh->triangle_count();
    EXPECT_GT(triangles, 2000u);
    EXPECT_LT(triangles, 24000u);
  }
}

TEST(Heavy, WheelsStandOnTheGroundAndTheFirstAxleSteers) {
  for (const Expected& e : kTypes) {
    SCOPED_TRACE(e.type);
    const auto model = make(e.type);
    int wheels = 0;
    for (const Part& part : model->parts) {
      if (part.role != PartRole::kWheel) continue;
      ++wheels;
      EXPECT_NEAR(part.T_model_part.translation.z, part.wheel_radius_m, 1e-9);
      EXPECT_NEAR(part.mesh->bounds().lower.z, -part.wheel_radius_m, .006);
      EXPECT_EQ(part.steered, part.T_model_part.translation.x == model->wheelbase_m);
    }
    EXPECT_EQ(wheels, 2 * e.axles);
  }
}

TEST(Heavy, LampsSitWhereTheyShine) {
  for (const Expected& e : kTypes) {
    SCOPED_TRACE(e.type);
    const auto model = make(e.type);
    const bool pulled = std::string(e.class_name) == "trailer";
    for (const Lamp& lamp : model->lamps) {
      if (lamp.name == "beacon" || (pulled && lamp.name == "head")) continue;
      SCOPED_TRACE(lamp.name);
      const math::TriangleMesh& mesh = *model->parts[0].mesh;
      int front = 0;
      int rear = 0;
      for (std::size_t t = 0; t < mesh.triangles.size(); ++t) {
        if (mesh.material[t] != lamp.off) continue;
        math::Vec3f p(0);
        for (const auto v : mesh.triangles[t]) p += mesh.positions[v] / 3.f;
        if (lamp.side != 0 && p.y * float(lamp.side) < 0) continue;
        (p.x > .5 * model->wheelbase_m ? front : rear) += 1;
        EXPECT_GT(p.z, .3);
        EXPECT_LT(p.z, 2.1);
      }
      EXPECT_EQ(lamp.name == "head", rear == 0);
      if (lamp.name == "brake" || lamp.name == "tail") {
        EXPECT_EQ(front, 0);
      }
      EXPECT_GT(front + rear, 3);
      EXPECT_GT(glm::length(model->materials[lamp.on].emission_cd_m2), 500);
      EXPECT_EQ(model->materials[lamp.off].emission_cd_m2, math::Vec3f(0));
    }
  }
}

TEST(Heavy, CarsHaveLampsToo) {
  for (const char* type : {"car.hatchback", "van.panel"}) {
    const auto model = make(type);
    ASSERT_EQ(model->lamps.size(), 6u);
    for (const Lamp& lamp : model->lamps) {
      const auto& used = model->parts[0].mesh->material;
      if (lamp.name != "reverse") {
        EXPECT_NE(std::count(used.begin(), used.end(), lamp.off), 0) << lamp.name;
      }
      EXPECT_LT(lamp.on, model->materials.size());
    }
  }
}

}  // namespace
}  // namespace oddroad::asset
