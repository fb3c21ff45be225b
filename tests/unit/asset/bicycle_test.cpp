#include "engine/asset/bicycle.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "engine/asset/bicycle_rider.h"
#include "engine/asset/person.h"
#include "engine/asset/person_traits.h"

namespace oddroad::asset {
namespace {

using math::Vec3d;
using math::Vec3f;

std::shared_ptr<const Model> city(std::uint64_t seed) {
  const auto model = make_bicycle({"bicycle.city", seed, {}});
  EXPECT_TRUE(model.has_value());
  return *model;
}

const Part& part(const Model& model, const std::string& name) {
  return *std::find_if(model.parts.begin(), model.parts.end(), [&](const Part& p) {
    return p.name == name;
  });
}

TEST(Bicycle, HasTheSizeOfACityBicycle) {
  const auto model = city(1);
  EXPECT_NEAR(model->length_m(), 1.82, .04);
  EXPECT_NEAR(model->width_m(), .62, .05);
  EXPECT_NEAR(model->height_m, 1.07, .06);
  EXPECT_DOUBLE_EQ(model->wheelbase_m, 1.10);
  EXPECT_EQ(model->class_name, "bicycle");
  const auto size = bicycle_size({"bicycle.city", 1, {}});
  EXPECT_NEAR(size->length_m, model->length_m(), .04);
  EXPECT_NEAR(size->width_m, model->width_m(), .05);
}

TEST(Bicycle, CargoTricycleStandsOnThreeWheels) {
  const auto model = make_model({"bicycle.cargo", 3, {}, {}});
  ASSERT_TRUE(model.has_value());
  const auto size = model_size({"bicycle.cargo", 3, {}, {}});
  EXPECT_NEAR((*model)->length_m(), 2.15, .03);
  EXPECT_NEAR((*model)->width_m(), size->width_m, .03);
  EXPECT_NEAR((*model)->wheelbase_m, size->wheelbase_m, 1e-9);
  int wheels = 0;
  for (const Part& part : (*model)->parts) {
    if (part.role != PartRole::kWheel || part.name == "crank") continue;
    ++wheels;
    EXPECT_NEAR(part.T_model_part.translation.z, part.wheel_radius_m, 1e-9);
  }
  EXPECT_EQ(wheels, 3);
  const auto ridden = composite_of({"bicycle.cargo_cyclist", 3, {}, {}});
  ASSERT_TRUE(ridden.has_value());
  EXPECT_EQ(ridden->mount.numbers.at("rider_height"), ridden->rider.numbers.at("height"));
}

TEST(Bicycle, WheelsTouchTheGroundAndTurnAboutTheirAxles) {
  const auto model = city(2);
  for (const char* name : {"wheel.rear", "wheel.front"}) {
    const Part& wheel = part(*model, name);
    const math::Aabb box = wheel.mesh->bounds();
    EXPECT_EQ(wheel.role, PartRole::kWheel);
    EXPECT_NEAR(box.lower.z + wheel.T_model_part.translation.z, 0, .002);
    EXPECT_NEAR(box.upper.z, wheel.wheel_radius_m, .002);
    for (const Vec3f& p : wheel.mesh->positions) {
      EXPECT_LT(std::hypot(p.x, p.z), wheel.wheel_radius_m + 1e-4);
    }
  }
  EXPECT_TRUE(part(*model, "wheel.front").steered);
  EXPECT_FALSE(part(*model, "wheel.rear").steered);
  EXPECT_GE(model->box.lower.z, -.002);
}

TEST(Bicycle, EqualRequestsGiveEqualBytes) {
  const auto a = city(5);
  const auto b = city(5);
  for (std::size_t i = 0; i < a->parts.size(); ++i) EXPECT_EQ(*a->parts[i].mesh, *b->parts[i].mesh);
  EXPECT_EQ(a->materials, b->materials);
}

TEST(Bicycle, MeshesAreSound) {
  const auto model = city(3);
  for (const Part& p : model->parts) {
    for (std::size_t v = 0; v < p.mesh->positions.size(); ++v) {
      ASSERT_TRUE(std::isfinite(glm::dot(p.mesh->positions[v], p.mesh->positions[v])));
      ASSERT_NEAR(glm::length(p.mesh->normals[v]), 1, 1e-3) << p.name;
    }
  }
}

TEST(Cyclist, IsABicycleAndARiderOfOneSize) {
  const auto parts = composite_of({"bicycle.cyclist", 8, {{"height", 1.9}, {"rack", 1}}});
  ASSERT_TRUE(parts.has_value());
  EXPECT_EQ(parts->mount.type, "bicycle.city");
  EXPECT_EQ(parts->rider.type, "bicycle.rider");
  EXPECT_EQ(parts->mount.numbers.at("rider_height"), 1.9);
  EXPECT_EQ(parts->mount.numbers.at("rack"), 1);
  EXPECT_FALSE(composite_of({"bicycle.city", 8, {}}).has_value());
  EXPECT_TRUE(make_bicycle(parts->mount).has_value());
  const auto rider = make_person(parts->rider);
  ASSERT_TRUE(rider.has_value());
  EXPECT_EQ((*rider)->class_name, "rider");
  // What nobody knows is an error of the rider, not dropped.
  const auto odd = composite_of({"bicycle.cyclist", 8, {{"wings", 1}}});
  EXPECT_FALSE(make_person(odd->rider).has_value());
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const auto any = composite_of({"bicycle.cyclist", seed, {}});
    EXPECT_TRUE(bicycle_size(any->mount).has_value()) << seed;
    EXPECT_TRUE(person_size(any->rider).has_value()) << seed;
  }
}

class Riding : public testing::TestWithParam<double> {};

TEST_P(Riding, FeetStayOnThePedalsAndHandsOnTheBar) {
  const double height = GetParam();
  const auto traits = person_traits({"bicycle.rider", 4, {{"height", height}}});
  const Skeleton s = make_skeleton(traits->shape);
  const RiderFit fit = fit_rider(s, height);
  for (int i = 0; i < 36; ++i) {
    Articulation a;
    a.mode = Articulation::Mode::kCycle;
    a.phase = i / 36.0;
    const SkeletonPose p = solve(s, riding_pose(s, fit, a));
    for (int side = 0; side < 2; ++side) {
      const double angle = 2 * std::numbers::pi * (a.phase + (side == 0 ? .5 : 0));
      const Vec3d pedal = fit.contact.crank_m +
                          fit.contact.crank_length_m * Vec3d(std::cos(angle), 0, -std::sin(angle));
      const Vec3d toe = p[bone_of(kToe, side)].joint;
      // The ball joint sits a few centimetres over the pedal axle.
      EXPECT_NEAR(toe.x, pedal.x, .03) << a.phase;
      EXPECT_GT(toe.z, pedal.z + .01) << a.phase;
      EXPECT_LT(toe.z, pedal.z + .075) << a.phase;
      const Vec3d wrist = p[bone_of(kHand, side)].joint;
      EXPECT_LT(glm::distance(wrist, fit.contact.grip_m[side]), .078 * height) << a.phase;
    }
    for (int b = 1; b < kBoneCount; ++b) {
      EXPECT_NEAR(glm::distance(p[b].joint, p[s.parent[b]].joint),
                  glm::distance(s.joint[b], s.joint[s.parent[b]]), 1e-6);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Statures, Riding, testing::Values(1.52, 1.65, 1.78, 1.95));

// The rider's mesh meets the bicycle's: soles on the pedals, fists on the grips, nobody under it.
TEST(Cyclist, MeshesMeet) {
  const auto parts = composite_of({"bicycle.cyclist", 3, {}});
  const auto bicycle = *make_bicycle(parts->mount);
  const auto rider = *make_person(parts->rider);
  const BicycleContact contact = bicycle_contact(rider->height_m);
  std::vector<Vec3f> positions;
  std::vector<Vec3f> normals;
  for (int i = 0; i < 12; ++i) {
    Articulation a;
    a.phase = i / 12.0;
    rider->deformer->deform(a, positions, normals);
    const double angle = 2 * std::numbers::pi * a.phase;
    const Vec3d pedal =
        contact.crank_m + Vec3d(contact.crank_length_m * std::cos(angle), -contact.pedal_y_m,
                                -contact.crank_length_m * std::sin(angle));
    double to_pedal = 1;
    double to_grip = 1;
    for (const Vec3f& p : positions) {
      ASSERT_GT(p.z, .03f);
      to_pedal = std::min(to_pedal, glm::distance(Vec3d(p), pedal));
      to_grip = std::min(to_grip, glm::distance(Vec3d(p), contact.grip_m[1]));
    }
    EXPECT_LT(to_pedal, .050) << a.phase;
    EXPECT_LT(to_grip, .045) << a.phase;
  }
  // Crank and rider's phase turn together.
  const Part& crank = part(*bicycle, "crank");
  EXPECT_NEAR(1 / (2 * std::numbers::pi * crank.wheel_radius_m),
              rider->deformer->phase_per_metre(5), 1e-12);
}

TEST(Bicycle, RefusesWhatItDoesNotKnow) {
  EXPECT_FALSE(make_bicycle({"bicycle.unicycle", 1, {}}).has_value());
  const auto bad = make_bicycle({"bicycle.city", 1, {{"rider_height", 4}, {"bell", 1}}});
  ASSERT_FALSE(bad.has_value());
  EXPECT_EQ(bad.error().items().size(), 2u);
}

}  // namespace
}  // namespace oddroad::asset
