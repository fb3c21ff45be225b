#include "engine/asset/keypoints.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "engine/asset/bicycle.h"
#include "engine/asset/vehicle.h"
#include "engine/asset/vehicle_paint.h"
#include "engine/asset/vehicle_shape.h"
#include "tests/unit/asset/lines_of_sight.h"

namespace oddroad::asset {
namespace {

using math::Vec3d;
using testing::at_rest;
using testing::cover_m;
using testing::faces_of;
using testing::keypoint;

using Names = std::vector<std::string>;
const Names kCoco{"nose",          "left_eye",       "right_eye",  "left_ear",    "right_ear",
                  "left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist",
                  "right_wrist",   "left_hip",       "right_hip",  "left_knee",   "right_knee",
                  "left_ankle",    "right_ankle"};
const Names kVehicle{"wheel_front_left",   "wheel_front_right", "wheel_rear_left",
                     "wheel_rear_right",   "headlamp_left",     "headlamp_right",
                     "taillamp_left",      "taillamp_right",    "bumper_front_left",
                     "bumper_front_right", "bumper_rear_left",  "bumper_rear_right",
                     "roof_front_left",    "roof_front_right",  "roof_rear_left",
                     "roof_rear_right",    "mirror_left",       "mirror_right"};
const Names kBicycle{"wheel_front", "wheel_rear", "saddle", "handlebar_left", "handlebar_right"};

TEST(Keypoints, EveryTypeHasTheListOfItsKind) {
  const std::map<std::string, Names> lists{{"pedestrian", kCoco},
                                           {"rider", kCoco},
                                           {"car", kVehicle},
                                           {"van", kVehicle},
                                           {"bicycle", kBicycle}};
  std::map<std::string, int> count;
  for (const std::string& type : catalog_types()) {
    if (composite_of({type, 1, {}})) continue;
    const auto model = make_model({type, 1, {}});
    ASSERT_TRUE(model.has_value()) << type;
    Names names;
    for (const KeypointAnchor& k : (*model)->keypoints) {
      names.push_back(k.name);
      EXPECT_GT(k.reach_m, .005) << type << " " << k.name;
      EXPECT_LT(k.reach_m, .25) << type << " " << k.name;
    }
    const auto list = lists.find((*model)->class_name);
    EXPECT_EQ(names, list == lists.end() ? Names{} : list->second) << type;
    ++count[(*model)->class_name];
  }
  for (const auto& [name, list] : lists) EXPECT_GE(count[name], 1) << name;
}

double distance_to_surface(const std::vector<testing::Face>& faces, const Vec3d& p,
                           std::uint16_t* material) {
  double nearest = 1;
  for (const auto& f : faces) {
    const Vec3d n = glm::cross(f.p[1] - f.p[0], f.p[2] - f.p[0]);
    if (glm::length(n) < 1e-12) continue;
    const glm::dmat3 m(f.p[1] - f.p[0], f.p[2] - f.p[0], glm::normalize(n));
    const Vec3d uvt = glm::inverse(m) * (p - f.p[0]);
    if (uvt.x < -1e-4 || uvt.y < -1e-4 || uvt.x + uvt.y > 1 + 1e-4) continue;
    if (std::abs(uvt.z) >= nearest) continue;
    nearest = std::abs(uvt.z);
    *material = f.material;
  }
  return nearest;
}

class Vehicles : public ::testing::TestWithParam<std::string> {
 protected:
  // Each vehicle is made once for all tests.
  static std::shared_ptr<const Model> make(std::uint64_t seed) {
    static std::map<std::pair<std::string, std::uint64_t>, std::shared_ptr<const Model>> made;
    auto& model = made[{GetParam(), seed}];
    if (!model) model = *make_vehicle({GetParam(), seed, {}});
    return model;
  }
};

TEST_P(Vehicles, LeftMirrorsRightAndIsAtPositiveY) {
  EXPECT_EQ(make(1)->keypoints, (*make_vehicle({GetParam(), 1, {}}))->keypoints);
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const auto model = make(seed);
    for (std::size_t i = 0; i < model->keypoints.size(); i += 2) {
      const Vec3d left = at_rest(*model, model->keypoints[i]);
      const Vec3d right = at_rest(*model, model->keypoints[i + 1]);
      EXPECT_GT(left.y, .3 * model->width_m()) << model->keypoints[i].name;
      EXPECT_LT(glm::distance(left * Vec3d(1, -1, 1), right), 1e-6);
    }
  }
}

TEST_P(Vehicles, WheelCentresLieOnTheirAxles) {
  const auto model = make(2);
  for (int i = 0; i < 4; ++i) {
    const KeypointAnchor& k = model->keypoints[i];
    const Part& wheel = model->parts.at(k.part);
    EXPECT_EQ(wheel.role, PartRole::kWheel);
    EXPECT_EQ(wheel.steered, i < 2);
    const glm::dquat rolled = glm::angleAxis(1.234, Vec3d(0, 1, 0));
    EXPECT_LT(glm::distance(rolled * k.position_m, k.position_m), 1e-12);
    const Vec3d p = at_rest(*model, k);
    EXPECT_NEAR(p.x, i < 2 ? model->wheelbase_m : 0, 1e-9);
    EXPECT_NEAR(p.z, wheel.wheel_radius_m, 1e-9);
    // The outer end of the hub, not the middle of the wheel.
    EXPECT_GT(std::abs(p.y), std::abs(wheel.T_model_part.translation.y) + .04);
  }
}

TEST_P(Vehicles, CornersAndLampsLieOnTheBody) {
  using namespace surface;
  const std::vector<std::uint16_t> head{kLampHousing, kLampLens, kLampGuide, kAmber};
  const std::vector<std::uint16_t> tail{kTailLamp, kTailDark, kAmber, kReverseLamp};
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const auto model = make(seed);
    const auto faces = faces_of(*model);
    const math::Aabb& box = model->box;
    const math::Aabb body = model->parts[0].mesh->bounds();  // without what stands on the roof
    for (const std::string name :
         {"headlamp", "taillamp", "bumper_front", "bumper_rear", "roof_front", "roof_rear"}) {
      const KeypointAnchor& k = keypoint(*model, name + "_left");
      std::uint16_t material = kCount;
      EXPECT_LT(distance_to_surface(faces, k.position_m, &material), .001) << name;
      const auto among = [&](const std::vector<std::uint16_t>& list) {
        return std::find(list.begin(), list.end(), material) != list.end();
      };
      EXPECT_TRUE(name != "headlamp" || among(head)) << material;
      EXPECT_TRUE(name != "taillamp" || among(tail)) << material;
      const bool high = name.starts_with("roof");
      EXPECT_EQ(k.position_m.z > .85 * body.upper.z, high) << name;
      if (high) continue;
      const bool front = name == "headlamp" || name == "bumper_front";
      const double inset = front ? box.upper.x - k.position_m.x : k.position_m.x - box.lower.x;
      EXPECT_LT(inset, .45) << name;
      EXPECT_GT(k.position_m.y, .35 * model->width_m()) << name;
    }
  }
}

TEST_P(Vehicles, AreSeenFromTheirOwnSideOnly) {
  struct View {
    const char* name;
    std::vector<double> from, hidden_from;  // azimuths, degrees
  };
  const std::vector<View> views{{"wheel_front_left", {45, 90, 135}, {-90, -45, 180}},
                                {"wheel_rear_left", {45, 90, 135}, {-90, -135, 0}},
                                {"headlamp_left", {-20, 0, 30, 60}, {-90, 150, 180}},
                                {"taillamp_left", {-160, 180, 150, 130}, {-90, 0, 30}},
                                {"bumper_front_left", {0, 30, 60}, {-90, 180, -120}},
                                {"bumper_rear_left", {180, 150, 120}, {-90, 0, -60}},
                                {"roof_front_left", {0, 45, 90}, {}},
                                {"roof_rear_left", {180, 135, 90}, {}},
                                {"mirror_left", {0, 45, 90, 135, -20}, {-120}}};
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const auto model = make(seed);
    const auto faces = faces_of(*model);
    for (const View& view : views) {
      const KeypointAnchor& k = keypoint(*model, view.name);
      const auto cover = [&](double azimuth) {
        return cover_m(faces, at_rest(*model, k), testing::from(azimuth, 6));
      };
      for (const double a : view.from) EXPECT_LE(cover(a), k.reach_m) << view.name << " " << a;
      for (const double a : view.hidden_from) {
        EXPECT_GT(cover(a), 1.5 * k.reach_m) << view.name << " " << a;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Types, Vehicles, ::testing::ValuesIn(vehicle_types()),
                         [](const auto& type) {
                           std::string name = type.param;
                           std::replace(name.begin(), name.end(), '.', '_');
                           return name;
                         });

TEST(BicycleKeypoints, HubsSaddleAndGrips) {
  const auto model = *make_bicycle({"bicycle.city", 4, {}});
  for (const char* name : {"wheel_front", "wheel_rear"}) {
    const KeypointAnchor& k = keypoint(*model, name);
    EXPECT_EQ(model->parts.at(k.part).role, PartRole::kWheel);
    EXPECT_EQ(k.position_m, Vec3d(0));
  }
  EXPECT_NEAR(at_rest(*model, keypoint(*model, "wheel_front")).x, model->wheelbase_m, 1e-9);
  EXPECT_GT(keypoint(*model, "handlebar_left").position_m.y, .2);
  EXPECT_LT(keypoint(*model, "handlebar_right").position_m.y, -.2);
  const auto faces = faces_of(*model);
  for (const KeypointAnchor& k : model->keypoints) {
    for (const double azimuth : {60, 90, 120, -60, -90, -120}) {
      if (k.name == (azimuth > 0 ? "handlebar_right" : "handlebar_left")) continue;
      EXPECT_LE(cover_m(faces, at_rest(*model, k), testing::from(azimuth, 5)), k.reach_m)
          << k.name << " from " << azimuth;
    }
  }
}

}  // namespace
}  // namespace oddroad::asset
