// Composites: who rides, sits or pushes fits what is ridden, sat in or pushed.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "engine/asset/bicycle.h"
#include "engine/asset/catalog.h"
#include "engine/asset/person.h"
#include "engine/asset/person_carry.h"

namespace oddroad::asset {
namespace {

using math::Vec3d;
using math::Vec3f;

const char* const kComposites[] = {"moped.ridden",    "motorcycle.ridden", "scooter.ridden",
                                   "stroller.pushed", "wheelchair.user",   "bicycle.cyclist"};

struct Pair {
  std::shared_ptr<const Model> mount, rider;
};
Pair make(const char* type, std::uint64_t seed, std::map<std::string, double> numbers = {}) {
  const auto both = composite_of({type, seed, std::move(numbers), {}});
  EXPECT_TRUE(both.has_value());
  const auto mount = make_model(both->mount);
  const auto rider = make_model(both->rider);
  EXPECT_TRUE(mount.has_value() && rider.has_value());
  return {*mount, *rider};
}

std::vector<Vec3f> pose(const Model& model, const Articulation& a) {
  std::vector<Vec3f> positions;
  std::vector<Vec3f> normals;
  model.deformer->deform(a, positions, normals);
  return positions;
}

std::map<std::string, Vec3d> joints(const Model& model, const Articulation& a) {
  const auto points = model.deformer->keypoints(a);
  std::map<std::string, Vec3d> out;
  for (std::size_t i = 0; i < points.size(); ++i) out[model.keypoints[i].name] = points[i];
  return out;
}

TEST(Riders, EveryCompositeIsTwoModelsOfItsClasses) {
  for (const char* type : kComposites) {
    SCOPED_TRACE(type);
    EXPECT_TRUE(catalog_has(type));
    EXPECT_FALSE(make_model({type, 1, {}, {}}).has_value());
    const auto size = model_size({type, 1, {}, {}});
    ASSERT_TRUE(size.has_value());
    const Pair pair = make(type, 1);
    math::Aabb box = pair.mount->box;
    box.include(pair.rider->box);
    EXPECT_NEAR(size->length_m, box.size().x, .25 * box.size().x);
    EXPECT_NEAR(size->rear_overhang_m, -box.lower.x, .15);
    EXPECT_TRUE(is_person_type(pair.rider->name));
  }
  EXPECT_EQ(make("motorcycle.ridden", 1).mount->class_name, "motorcycle");
  EXPECT_EQ(make("motorcycle.ridden", 1).rider->class_name, "rider");
  EXPECT_EQ(make("wheelchair.user", 1).rider->class_name, "pedestrian");
}

TEST(Riders, FeetAndHandsAreWhereTheMountCarriesThem) {
  for (const double height : {1.55, 1.75, 1.95}) {
    const auto moto = joints(*make("motorcycle.ridden", 2, {{"height", height}}).rider, {});
    EXPECT_NEAR(moto.at("left_wrist").y, .36, .09);
    EXPECT_NEAR(moto.at("left_wrist").z, 1.03, .09);
    EXPECT_NEAR(moto.at("left_hip").z, .90, .09);
    EXPECT_GT(moto.at("left_knee").x, moto.at("left_hip").x + .2);
    const auto scooter = joints(*make("scooter.ridden", 2, {{"height", height}}).rider, {});
    EXPECT_GT(scooter.at("left_ankle").z, .18);
    EXPECT_LT(scooter.at("left_ankle").z, .30);
    EXPECT_LT(scooter.at("left_knee").z, scooter.at("left_hip").z - .2);
    const auto chair = joints(*make("wheelchair.user", 2, {{"height", height}}).rider, {});
    EXPECT_NEAR(chair.at("left_knee").z, chair.at("left_hip").z, .16);
    EXPECT_GT(std::abs(chair.at("left_wrist").y), .22);
  }
  // Nobody's feet go through the floor.
  for (const char* type : kComposites) {
    for (const std::uint64_t seed : {1, 2, 3}) {
      for (const Vec3f& p : pose(*make(type, seed).rider, {})) ASSERT_GT(p.z, -.012) << type;
    }
  }
}

TEST(Riders, SteeringMovesTheHandsWithTheBar) {
  const Pair pair = make("motorcycle.ridden", 1);
  Articulation a;
  a.steer_rad = .3;
  const auto turned = joints(*pair.rider, a);
  const auto straight = joints(*pair.rider, {});
  EXPECT_LT(turned.at("left_wrist").x, straight.at("left_wrist").x - .05);
  EXPECT_GT(turned.at("right_wrist").x, straight.at("right_wrist").x + .05);
}

TEST(Riders, PusherWalksWithHandsOnTheBar) {
  const auto pusher = make("stroller.pushed", 1).rider;
  for (int i = 0; i < 10; ++i) {
    Articulation a;
    a.walk_weight = 1;
    a.speed_mps = 1.2;
    a.phase = i / 10.0;
    const auto at = joints(*pusher, a);
    EXPECT_NEAR(at.at("left_wrist").z, kPushHeight_m, .06);
    EXPECT_NEAR(at.at("left_wrist").x, kPushAhead_m - .10, .06);
    EXPECT_NEAR(at.at("right_wrist").y, -kPushHalfWidth_m, .05);
  }
  EXPECT_GT(pusher->deformer->natural_gait(1.2).walk, .99);
}

TEST(Riders, WheelchairHandsGoRoundAsItRolls) {
  const auto sitter = make("wheelchair.user", 1).rider;
  double low = 10;
  double high = -10;
  for (int i = 0; i < 20; ++i) {
    Articulation a;
    a.speed_mps = 1;
    a.travelled_m = i / 20.0;
    const double x = joints(*sitter, a).at("left_wrist").x;
    low = std::min(low, x), high = std::max(high, x);
  }
  EXPECT_GT(high - low, .2);
}

TEST(PersonRest, LiesOnTheGroundAtBodyThickness) {
  for (const char* type : {"pedestrian.adult", "pedestrian.child"}) {
    const auto model = *make_model({type, 4, {{"backpack", 0}}, {}});
    for (const auto rest :
         {Articulation::Rest::kProne, Articulation::Rest::kSupine, Articulation::Rest::kSide}) {
      Articulation a;
      a.rest = rest;
      a.rest_weight = 1;
      math::Aabb box;
      for (const Vec3f& p : pose(*model, a)) box.include(Vec3d(p));
      EXPECT_NEAR(box.lower.z, 0, 1e-5);
      // A turned head may point the peak of a cap upwards.
      EXPECT_LT(box.size().z, (rest == Articulation::Rest::kProne ? .30 : .46) * model->height_m);
      EXPECT_GT(std::max(box.size().x, box.size().y), .85 * model->height_m);
    }
  }
}

TEST(PersonRest, FallsWithoutAJumpAndKeepsContact) {
  const auto model = *make_model({"pedestrian.adult", 4, {}, {}});
  for (const auto rest :
       {Articulation::Rest::kProne, Articulation::Rest::kSupine, Articulation::Rest::kSide}) {
    std::vector<Vec3f> before;
    for (int i = 0; i <= 50; ++i) {
      Articulation a;
      a.rest = rest;
      a.rest_weight = i / 50.0;
      const auto now = pose(*model, a);
      float low = 1;
      for (const Vec3f& p : now) low = std::min(low, p.z);
      EXPECT_NEAR(low, 0, .012);
      double most = 0;
      for (std::size_t v = 0; v < before.size(); ++v) {
        most = std::max(most, double(glm::length(now[v] - before[v])));
      }
      EXPECT_LT(most, .16) << i;
      before = now;
    }
  }
}

TEST(PersonRest, KeypointsLieWhereTheBodyLies) {
  const auto model = *make_model({"pedestrian.adult", 4, {}, {}});
  Articulation a;
  a.rest_weight = 1;
  for (const Vec3d& p : model->deformer->keypoints(a)) {
    EXPECT_GT(p.z, -.02);
    EXPECT_LT(p.z, .45);
  }
}

TEST(PersonLook, HeadTurnsAndFeetStay) {
  const auto model = *make_model({"pedestrian.adult", 4, {}, {}});
  Articulation left;
  left.look_yaw_rad = .8;
  const auto there = joints(*model, left);
  const auto here = joints(*model, {});
  EXPECT_GT(there.at("nose").y, here.at("nose").y + .04);
  EXPECT_NEAR(glm::length(there.at("left_ankle") - here.at("left_ankle")), 0, 1e-9);
}

TEST(PersonCarry, HeldThingsKeepToTheHandsWhileWalking) {
  for (const double carry : {1., 2., 3., 4.}) {
    SCOPED_TRACE(carry);
    const auto plain = *make_model({"pedestrian.adult", 6, {{"backpack", 0}}, {}});
    const auto model =
        *make_model({"pedestrian.adult", 6, {{"backpack", 0}, {"carry", carry}}, {}});
    const math::TriangleMesh& mesh = *model->parts[0].mesh;
    EXPECT_GT(mesh.triangle_count(), plain->parts[0].mesh->triangle_count());
    EXPECT_GT(model->materials.size(), plain->materials.size());
    for (int i = 0; i < 8; ++i) {
      Articulation a;
      a.walk_weight = 1;
      a.speed_mps = 1.3;
      a.phase = i / 8.0;
      const auto p = pose(*model, a);
      const Vec3d wrist = joints(*model, a).at("right_wrist");
      double nearest = 10;
      for (std::size_t t = 0; t < mesh.triangles.size(); ++t) {
        if (mesh.material[t] < plain->materials.size()) continue;
        for (const auto v : mesh.triangles[t]) {
          nearest = std::min(nearest, glm::length(Vec3d(p[v]) - wrist));
        }
      }
      EXPECT_LT(nearest, .20);
    }
  }
  EXPECT_FALSE(make_model({"pedestrian.adult", 6, {{"carry", 7}}, {}}).has_value());
  EXPECT_FALSE(make_model({"bicycle.rider", 6, {{"carry", 1}}, {}}).has_value());
}

}  // namespace
}  // namespace oddroad::asset
