#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "engine/asset/occupants.h"
#include "engine/asset/vehicle.h"
#include "engine/asset/vehicle_paint.h"

namespace oddroad::asset {
namespace {

struct Expected {
  const char* type;
  const char* class_name;
  double length, width, height, wheelbase;
};
// Class averages; heights with what stands on the roof.
constexpr Expected kTypes[] = {
    {"car.coupe", "car", 4.45, 1.85, 1.28, 2.48},
    {"car.estate", "car", 4.80, 1.83, 1.48, 2.85},
    {"car.hatchback", "car", 4.284, 1.789, 1.456, 2.636},
    {"car.mpv", "car", 4.60, 1.83, 1.68, 2.78},
    {"car.pickup", "car", 5.33, 1.87, 1.82, 3.22},
    {"car.police", "car", 4.80, 1.83, 1.61, 2.85},
    {"car.sedan", "car", 4.72, 1.83, 1.44, 2.85},
    {"car.supermini", "car", 4.06, 1.75, 1.45, 2.56},
    {"car.suv", "car", 4.50, 1.84, 1.67, 2.68},
    {"car.suv_large", "car", 4.95, 1.985, 1.78, 2.995},
    {"car.taxi", "car", 4.72, 1.83, 1.57, 2.85},
    {"van.ambulance", "van", 5.932, 2.02, 2.83, 3.665},
    {"van.delivery", "van", 5.932, 2.02, 2.64, 3.665},
    {"van.panel", "van", 5.932, 2.02, 2.64, 3.665},
};

std::shared_ptr<const Model> make(const std::string& type, std::uint64_t seed, int occupants = 0) {
  ModelRequest request{type, seed, {}, {}};
  if (occupants > 0) request.numbers["occupants"] = occupants;
  const auto model = make_model(request);
  EXPECT_TRUE(model.has_value()) << type;
  return *model;
}

std::size_t triangles(const Model& model) {
  std::size_t count = 0;
  for (const Part& part : model.parts) count += part.mesh->triangle_count();
  return count;
}

TEST(VehicleTypes, AreWithinTwoPerCentOfTheTableAndOfTheirNominalSize) {
  for (const Expected& e : kTypes) {
    SCOPED_TRACE(e.type);
    const auto model = make(e.type, 3);
    const auto size = model_size({e.type, 3, {}, {}});
    EXPECT_EQ(model->class_name, e.class_name);
    EXPECT_NEAR(model->length_m() / e.length, 1, .02);
    EXPECT_NEAR(model->width_m() / e.width, 1, .02);
    EXPECT_NEAR(model->box.size().z / e.height, 1, .02);
    EXPECT_NEAR(model->wheelbase_m / e.wheelbase, 1, .02);
    EXPECT_NEAR(model->length_m(), size->length_m, .01);
    EXPECT_NEAR(model->width_m(), size->width_m, .01);
    EXPECT_NEAR(model->box.size().z, size->height_m, .012);
    EXPECT_LT(triangles(*model), 36000u);
  }
}

TEST(VehicleTypes, EqualRequestsGiveEqualMeshes) {
  for (const char* type : {"car.police", "van.delivery"}) {
    const auto a = make(type, 9, 2);
    const auto b = make(type, 9, 2);
    ASSERT_EQ(a->parts.size(), b->parts.size());
    EXPECT_EQ(a->materials, b->materials);
    EXPECT_EQ(a->textures, b->textures);
    for (std::size_t i = 0; i < a->parts.size(); ++i) {
      EXPECT_EQ(a->parts[i].mesh->positions, b->parts[i].mesh->positions);
      EXPECT_EQ(a->parts[i].mesh->triangles, b->parts[i].mesh->triangles);
    }
  }
}

TEST(VehicleTypes, OnlyEmergencyVehiclesHaveBeaconsAndTheseStandOnTheRoof) {
  const std::set<std::string> emergency{"car.police", "van.ambulance"};
  for (const Expected& e : kTypes) {
    SCOPED_TRACE(e.type);
    const bool has = emergency.count(e.type) > 0;
    ModelRequest request{e.type, 1, {}, {}};
    if (has) request.numbers["beacon"] = 1;
    const auto model = *make_model(request);
    bool found = false;
    for (const Lamp& lamp : model->lamps) {
      if (lamp.name != "beacon") continue;
      found = true;
      EXPECT_GT(glm::length(model->materials[lamp.on].emission_cd_m2), 1000);
      int lenses = 0;
      for (const Part& part : model->parts) {
        for (std::size_t t = 0; t < part.mesh->triangles.size(); ++t) {
          if (part.mesh->material[t] != lamp.off) continue;
          ++lenses;
          EXPECT_GT(part.mesh->positions[part.mesh->triangles[t][0]].z, .9 * model->box.upper.z);
        }
      }
      EXPECT_GT(lenses, 20);
    }
    EXPECT_EQ(found, has);
    request.numbers["beacon"] = 0;  // dark, or unknown
    const auto dark = make_model(request);
    EXPECT_EQ(dark.has_value(), has);
    if (has) {
      for (const Lamp& lamp : (*dark)->lamps) EXPECT_NE(lamp.name, "beacon");
    }
  }
}

TEST(Occupants, SitInsideAndLeaveTheOutsideAsItIs) {
  for (const Expected& e : kTypes) {
    SCOPED_TRACE(e.type);
    const auto empty = make(e.type, 4);
    const auto full = make(e.type, 4, 2);
    EXPECT_EQ(empty->box, full->box);
    EXPECT_GT(triangles(*full), triangles(*empty) + 4000);
    EXPECT_GT(full->materials.size(), empty->materials.size());
    const Part& cabin = full->parts.back();
    ASSERT_EQ(cabin.name, "cabin");
    // Nothing sticks out: every point of the cabin lies inside the body's box by a hand's breadth.
    const math::Aabb inside = cabin.mesh->bounds();
    EXPECT_GT(inside.lower.x, full->box.lower.x + .05);
    EXPECT_LT(inside.upper.x, full->box.upper.x - .3);
    EXPECT_LT(inside.upper.y, full->box.upper.y - .05);
    EXPECT_LT(inside.upper.z, full->box.upper.z - .02);
    EXPECT_GT(inside.lower.z, .1);
  }
}

TEST(Occupants, AreDrawnForWhatIsDriven) {
  double sum = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    ModelRequest car{"car.sedan", seed, {}, {}};
    seat_driver(car);
    EXPECT_GE(car.numbers.at("occupants"), 1);
    EXPECT_LE(car.numbers.at("occupants"), 4);
    sum += car.numbers.at("occupants");
  }
  EXPECT_NEAR(sum / 400, 1.55, .15);
  ModelRequest set{"car.sedan", 1, {{"occupants", 0}}, {}};
  seat_driver(set);
  EXPECT_EQ(set.numbers.at("occupants"), 0);
  ModelRequest trailer{"trailer.semi", 1, {}, {}};
  seat_driver(trailer);
  EXPECT_TRUE(trailer.numbers.empty());
}

TEST(Occupants, WrongNumbersAreErrors) {
  for (const double value : {-1.0, 1.5, 5.0}) {
    EXPECT_FALSE(make_model({"car.mpv", 1, {{"occupants", value}}, {}}).has_value()) << value;
  }
  EXPECT_FALSE(make_model({"truck.semi", 1, {{"occupants", 3}}, {}}).has_value());
}

TEST(Panes, AreSeenThroughWhereThereIsACabin) {
  const auto car = make("car.hatchback", 1);
  EXPECT_GT(car->materials[surface::kGlass].transmission.y, .5f);
  EXPECT_GT(car->materials[surface::kPrivacy].transmission.y, .1f);
  EXPECT_EQ(make("trailer.caravan", 1)->materials[surface::kPrivacy].transmission, math::Vec3f(0));
  EXPECT_GT(make("bus.city", 1)->materials[surface::kGlass].transmission.y, .5f);
}

}  // namespace
}  // namespace oddroad::asset
