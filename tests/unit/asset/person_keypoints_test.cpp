#include "engine/asset/person_keypoints.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "engine/asset/bicycle.h"
#include "engine/asset/person.h"
#include "tests/unit/asset/lines_of_sight.h"

namespace oddroad::asset {
namespace {

using math::Vec3d;
using testing::cover_m;
using testing::faces_of;

std::shared_ptr<const Model> make(const std::string& type, std::uint64_t seed) {
  const auto model = make_person({type, seed, {}});
  EXPECT_TRUE(model.has_value());
  return *model;
}

struct Gait {
  const char* name;
  const char* type;
  double speed;
  double run;
};
const std::vector<Gait> kGaits{
    {"stands", "pedestrian.adult", 0, 0},        {"walks", "pedestrian.adult", 1.4, 0},
    {"child walks", "pedestrian.child", 1.1, 0}, {"runs", "pedestrian.adult", 3.5, 1},
    {"child runs", "pedestrian.child", 3.0, 1},  {"rides", "bicycle.rider", 5, 0}};

Articulation at_phase(const Gait& gait, double phase) {
  Articulation a;
  a.mode = gait.run > 0 ? Articulation::Mode::kRun : Articulation::Mode::kWalk;
  if (gait.type == std::string("bicycle.rider")) a.mode = Articulation::Mode::kCycle;
  a.speed_mps = gait.speed;
  a.walk_weight = gait.speed > 0 ? 1 : 0;
  a.run_weight = gait.run;
  a.phase = phase;
  return a;
}

std::map<std::string, Vec3d> by_name(const Model& model, const Articulation& a) {
  std::map<std::string, Vec3d> out;
  const std::vector<Vec3d> points = model.deformer->keypoints(a);
  for (std::size_t i = 0; i < points.size(); ++i) out[model.keypoints[i].name] = points[i];
  return out;
}

TEST(PersonKeypoints, RestPositionsAreThoseOfTheStandingPose) {
  for (const char* type : {"pedestrian.adult", "pedestrian.child", "bicycle.rider"}) {
    const auto model = make(type, 3);
    const std::vector<Vec3d> points = model->deformer->keypoints({});
    ASSERT_EQ(points.size(), model->keypoints.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
      EXPECT_EQ(points[i], model->keypoints[i].position_m);
      EXPECT_EQ(model->keypoints[i].part, -1);
    }
    EXPECT_EQ(make(type, 3)->keypoints, model->keypoints);
    EXPECT_EQ(points, model->deformer->keypoints({}));
  }
}

TEST(PersonKeypoints, BindPoseIsSymmetricWithLeftAtPositiveY) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const auto traits = person_traits({"pedestrian.adult", seed, {}});
    const auto points = person_keypoints(*traits, make_skeleton(traits->shape));
    ASSERT_EQ(points.size(), 17u);
    EXPECT_EQ(points[0].bind_m.y, 0);
    for (std::size_t i = 1; i < points.size(); i += 2) {
      const Vec3d left = points[i].bind_m;
      EXPECT_EQ(points[i].name.substr(5), points[i + 1].name.substr(6));
      EXPECT_GT(left.y, .02) << points[i].name;
      EXPECT_LT(glm::distance(left * Vec3d(1, -1, 1), points[i + 1].bind_m), 1e-9);
      EXPECT_EQ(points[i].reach_m, points[i + 1].reach_m);
    }
  }
}

TEST(PersonKeypoints, StandingPeopleHaveHeadsAboveAndFeetBelow) {
  for (const char* type : {"pedestrian.adult", "pedestrian.child"}) {
    const auto model = make(type, 8);
    auto p = by_name(*model, {});
    const double h = model->height_m;
    for (const std::string side : {"left_", "right_"}) {
      EXPECT_GT(p["nose"].z, p[side + "shoulder"].z + .06 * h);
      EXPECT_GT(p[side + "eye"].z, p["nose"].z);
      EXPECT_GT(p["nose"].x, p[side + "eye"].x);
      EXPECT_GT(p[side + "eye"].x, p[side + "ear"].x + .03);
      double above = p[side + "shoulder"].z;
      for (const char* joint : {"elbow", "wrist"}) {
        EXPECT_LT(p[side + joint].z, above - .10 * h);
        above = p[side + joint].z;
      }
      above = p[side + "shoulder"].z;
      for (const char* joint : {"hip", "knee", "ankle"}) {
        EXPECT_LT(p[side + joint].z, above - .15 * h);
        above = p[side + joint].z;
      }
      EXPECT_LT(p[side + "ankle"].z, .09 * h);
    }
  }
}

TEST(PersonKeypoints, LimbsKeepTheirLength) {
  for (const Gait& gait : kGaits) {
    const auto model = make(gait.type, 5);
    const auto rest = by_name(*model, {});
    const auto length = [](const auto& p, const std::string& a, const std::string& b) {
      return glm::distance(p.at(a), p.at(b));
    };
    for (int i = 0; i < 40; ++i) {
      const auto p = by_name(*model, at_phase(gait, i / 40.0));
      for (const std::string s : {"left_", "right_"}) {
        for (const auto& [a, b] : {std::pair{s + "shoulder", s + "elbow"},
                                   {s + "elbow", s + "wrist"},
                                   {s + "hip", s + "knee"},
                                   {s + "knee", s + "ankle"},
                                   {s + "eye", s + "ear"},
                                   {s + "eye", std::string("nose")},
                                   {std::string("left_hip"), std::string("right_hip")}}) {
          EXPECT_NEAR(length(p, a, b), length(rest, a, b), 1e-6) << gait.name << " " << a;
        }
      }
    }
  }
}

TEST(PersonKeypoints, MoveContinuouslyAndComeBackAfterACycle) {
  for (const Gait& gait : kGaits) {
    const auto model = make(gait.type, 6);
    constexpr int kSteps = 200;
    const std::vector<Vec3d> first = model->deformer->keypoints(at_phase(gait, 0));
    std::vector<Vec3d> before = first;
    double most = 0;
    for (int i = 1; i <= kSteps; ++i) {
      const auto now = model->deformer->keypoints(at_phase(gait, static_cast<double>(i) / kSteps));
      for (std::size_t k = 0; k < now.size(); ++k) {
        const double step = glm::distance(now[k], before[k]);
        EXPECT_LT(step, .025) << gait.name << " " << model->keypoints[k].name;
        most = std::max(most, step);
      }
      before = now;
    }
    if (gait.speed > 0) {
      EXPECT_GT(most, .003) << gait.name;
    }
    for (std::size_t k = 0; k < first.size(); ++k) {
      EXPECT_LT(glm::distance(first[k], before[k]), 1e-6) << gait.name;
    }
  }
}

// Whatever the pose, face points lie on the skin and joints inside the body.
TEST(PersonKeypoints, StayOnTheFaceAndInTheLimbs) {
  for (const Gait& gait : kGaits) {
    const auto model = make(gait.type, 9);
    for (const double phase : {.0, .3, .6}) {
      const Articulation a = at_phase(gait, phase);
      const auto faces = faces_of(*model, a);
      const auto points = model->deformer->keypoints(a);
      for (std::size_t k = 0; k < points.size(); ++k) {
        const KeypointAnchor& anchor = model->keypoints[k];
        double nearest = 1;
        for (const auto& f : faces) nearest = std::min(nearest, glm::distance(f.p[0], points[k]));
        EXPECT_LT(nearest, k < 5 ? .02 : anchor.reach_m) << gait.name << " " << anchor.name;
        for (int azimuth = 0; azimuth < 360 && k >= 5; azimuth += 60) {
          EXPECT_GT(cover_m(faces, points[k], testing::from(azimuth, 10)), .004)
              << gait.name << " " << anchor.name << " from " << azimuth;
        }
      }
    }
  }
}

// Shares of a crowd whose keypoint counts as seen from there. Azimuths are those of left points;
// right points are looked at from the mirrored side.
struct Crowd {
  std::vector<std::shared_ptr<const Model>> models;
  std::vector<std::vector<testing::Face>> faces;
  std::vector<std::vector<Vec3d>> points;

  void add(const std::shared_ptr<const Model>& model, const Articulation& a) {
    models.push_back(model);
    faces.push_back(faces_of(*model, a));
    points.push_back(model->deformer->keypoints(a));
  }
  [[nodiscard]] double seen(const std::string& part, double azimuth) const {
    int all = 0;
    int within = 0;
    for (std::size_t m = 0; m < models.size(); ++m) {
      for (std::size_t k = 0; k < points[m].size(); ++k) {
        const KeypointAnchor& anchor = models[m]->keypoints[k];
        const bool right = anchor.name == "right_" + part;
        if (!right && anchor.name != "left_" + part && anchor.name != part) continue;
        const Vec3d eye = testing::from(right ? -azimuth : azimuth, 8);
        within += cover_m(faces[m], points[m][k], eye) <= anchor.reach_m;
        ++all;
      }
    }
    return static_cast<double>(within) / all;
  }
};

Crowd standing() {
  Crowd crowd;
  std::set<HairStyle> hair;
  std::set<Upper> coats;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    for (const char* type : {"pedestrian.adult", "pedestrian.child"}) {
      const auto traits = person_traits({type, seed, {}});
      hair.insert(traits->hair);
      coats.insert(traits->outfit.upper);
      crowd.add(make(type, seed), {});
    }
  }
  EXPECT_GE(hair.size(), 6u);
  EXPECT_EQ(coats.size(), 5u);
  return crowd;
}

// Hair, hats, hoods and coats do not hide what annotators mark; heads and trunks do.
TEST(PersonKeypoints, ReachesAreThoseOfFleshAndCloth) {
  const Crowd crowd = standing();
  const std::map<std::string, std::vector<double>> should{
      {"nose", {0, 45, 90, -45, -90}},      {"eye", {-45, 0, 45, 80}},
      {"ear", {20, 60, 90, 120}},           {"shoulder", {-25, 0, 30, 60, 90, 120, 150}},
      {"elbow", {0, 30, 60, 90, 120, 150}}, {"wrist", {0, 30, 60, 90, 120, 150}},
      {"hip", {-20, 0, 120, 150}},          {"knee", {0, 60, 90, 120, 180}},
      {"ankle", {0, 60, 90, 120, 180}}};
  for (const auto& [name, azimuths] : should) {
    for (const double azimuth : azimuths) {
      EXPECT_GT(crowd.seen(name, azimuth), .94) << name << " from " << azimuth;
    }
  }
  const std::map<std::string, std::vector<double>> never{
      {"nose", {150, 180, 210}}, {"eye", {150, 180, 225, 270}},
      {"ear", {240, 270, 300}},  {"shoulder", {270}},
      {"elbow", {270}},          {"hip", {240, 270}}};
  for (const auto& [name, azimuths] : never) {
    for (const double azimuth : azimuths) {
      EXPECT_LT(crowd.seen(name, azimuth), .01) << name << " from " << azimuth;
    }
  }
}

// Hands on the bar lie before the belly.
TEST(PersonKeypoints, RidersHideTheirHandsFromBehind) {
  Crowd crowd;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    for (const double phase : {.1, .6}) {
      crowd.add(make("bicycle.rider", seed), at_phase(kGaits.back(), phase));
    }
  }
  for (const double azimuth : {175, 180, 185}) {
    EXPECT_EQ(crowd.seen("wrist", azimuth), 0) << azimuth;
    EXPECT_EQ(crowd.seen("nose", azimuth), 0) << azimuth;
  }
  for (const char* name : {"shoulder", "elbow", "wrist", "hip", "knee", "ankle", "ear", "eye"}) {
    EXPECT_GT(crowd.seen(name, 80), .9) << name;
  }
}

}  // namespace
}  // namespace oddroad::asset
