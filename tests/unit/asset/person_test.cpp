#include "engine/asset/person.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "engine/asset/gait_step.h"
#include "engine/asset/person_traits.h"

namespace oddroad::asset {
namespace {

using math::Vec3d;
using math::Vec3f;

std::shared_ptr<const Model> make(const std::string& type, std::uint64_t seed,
                                  std::map<std::string, double> numbers = {}) {
  const auto model = make_person({type, seed, std::move(numbers)});
  EXPECT_TRUE(model.has_value()) << (model ? "" : core::to_string(model.error()));
  return model ? *model : nullptr;
}

struct Frame {
  std::vector<Vec3f> positions, normals;
};
Frame pose(const Model& model, const Articulation& a) {
  Frame f;
  model.deformer->deform(a, f.positions, f.normals);
  return f;
}

Articulation moving(double speed, double phase, bool run) {
  Articulation a;
  a.mode = run ? Articulation::Mode::kRun : Articulation::Mode::kWalk;
  a.speed_mps = speed;
  a.phase = phase;
  a.walk_weight = 1;
  a.run_weight = run ? 1 : 0;
  return a;
}

struct Mover {
  const char* name;
  const char* type;
  double height, speed;
  bool run;
};
const std::vector<Mover> kMovers{{"man walks", "pedestrian.adult", 1.78, 1.4, false},
                                 {"short woman hurries", "pedestrian.adult", 1.58, 1.8, false},
                                 {"slow walk", "pedestrian.adult", 1.70, 0.6, false},
                                 {"child walks", "pedestrian.child", 1.15, 1.1, false},
                                 {"child runs", "pedestrian.child", 1.20, 3.0, true},
                                 {"man runs", "pedestrian.adult", 1.80, 4.0, true}};

TEST(Person, StandsAsTallAsAsked) {
  for (const double height : {1.50, 1.64, 1.80, 2.00}) {
    for (const std::uint64_t seed : {1, 7}) {
      const auto model = make("pedestrian.adult", seed, {{"height", height}});
      EXPECT_NEAR(model->box.size().z, height, 0.02 * height) << height;
      EXPECT_EQ(model->height_m, height);
    }
  }
  for (const double height : {1.00, 1.20, 1.45}) {
    const auto model = make("pedestrian.child", 3, {{"height", height}});
    EXPECT_NEAR(model->box.size().z, height, 0.02 * height) << height;
  }
}

TEST(Person, IsASkinnedClosedBodyOfReasonableSize) {
  for (const std::uint64_t seed : {1, 2, 3, 4, 5, 6, 7, 8}) {
    for (const char* type : {"pedestrian.adult", "pedestrian.child"}) {
      const auto model = make(type, seed);
      ASSERT_EQ(model->parts.size(), 1u);
      const Part& part = model->parts[0];
      EXPECT_EQ(part.role, PartRole::kSkin);
      EXPECT_EQ(model->class_name, "pedestrian");
      EXPECT_GT(part.mesh->triangle_count(), 8000u);
      EXPECT_LT(part.mesh->triangle_count(), 14500u);
      EXPECT_NEAR(model->box.lower.z, 0, 0.003);
      for (const std::uint16_t m : part.mesh->material) ASSERT_LT(m, model->materials.size());
      // Shoulders 0.25 to 0.40 of stature wide with hanging arms.
      EXPECT_GT(model->width_m(), 0.25 * model->height_m);
      EXPECT_LT(model->width_m(), 0.40 * model->height_m);
    }
  }
}

TEST(Person, RestMeshIsTheStandingPose) {
  const auto model = make("pedestrian.adult", 5);
  const Frame f = pose(*model, {});
  EXPECT_EQ(f.positions, model->parts[0].mesh->positions);
  EXPECT_EQ(f.normals, model->parts[0].mesh->normals);
}

TEST(Person, EqualRequestsGiveEqualBytesAndSeedsDiffer) {
  const auto a = make("pedestrian.child", 11);
  const auto b = make("pedestrian.child", 11);
  EXPECT_EQ(*a->parts[0].mesh, *b->parts[0].mesh);
  EXPECT_EQ(a->materials, b->materials);
  const Articulation run = moving(3, .37, true);
  EXPECT_EQ(pose(*a, run).positions, pose(*b, run).positions);
  EXPECT_NE(make("pedestrian.child", 12)->materials, a->materials);
}

TEST(Person, FixingOneTraitMovesNoOther) {
  const auto drawn = person_traits({"pedestrian.adult", 21, {}});
  const auto tall = person_traits({"pedestrian.adult", 21, {{"height", 1.93}}});
  EXPECT_EQ(drawn->skin, tall->skin);
  EXPECT_EQ(drawn->outfit.upper_color, tall->outfit.upper_color);
  EXPECT_EQ(drawn->hair, tall->hair);
  EXPECT_EQ(drawn->shape.female, tall->shape.female);
}

TEST(Person, ClothesAreAsLightAsIsAsked) {
  const auto lightness = [](const Vec3f& color) {
    return glm::dot(color, Vec3f(.2126f, .7152f, .0722f));
  };
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const auto plain = person_traits({"pedestrian.adult", seed, {}, {}});
    for (const double asked : {0.03, 0.2, 0.5}) {
      const auto traits = person_traits({"pedestrian.adult", seed, {{"clothes", asked}}, {}});
      ASSERT_TRUE(plain && traits);
      const Outfit& outfit = traits->outfit;
      for (const Vec3f& color : {outfit.upper_color, outfit.lower_color}) {
        const bool full = std::max({color.x, color.y, color.z}) > 0.899f;
        if (!full) {
          EXPECT_NEAR(lightness(color), asked, 1e-4) << seed;
        }
        EXPECT_LE(lightness(color), asked + 1e-4);
      }
      EXPECT_EQ(outfit.shoe_color, plain->outfit.shoe_color);
      EXPECT_EQ(traits->skin, plain->skin);
      EXPECT_EQ(traits->height_m, plain->height_m);
    }
  }
  EXPECT_FALSE(person_traits({"pedestrian.adult", 1, {{"clothes", 0.95}}, {}}));
}

TEST(Person, EverythingStaysFiniteWithUnitNormals) {
  for (const Mover& m : kMovers) {
    const auto model = make(m.type, 4, {{"height", m.height}});
    for (int i = 0; i < 16; ++i) {
      const Frame f = pose(*model, moving(m.speed, i / 16.0, m.run));
      for (std::size_t v = 0; v < f.positions.size(); ++v) {
        ASSERT_TRUE(std::isfinite(glm::dot(f.positions[v], f.positions[v]))) << m.name;
        ASSERT_NEAR(glm::length(f.normals[v]), 1, 1e-3) << m.name;
      }
    }
  }
}

TEST(Person, PhaseHasPeriodOne) {
  const auto model = make("pedestrian.adult", 4);
  const Frame a = pose(*model, moving(1.4, .25, false));
  const Frame b = pose(*model, moving(1.4, 1.25, false));
  for (std::size_t v = 0; v < a.positions.size(); ++v) {
    ASSERT_LT(glm::distance(a.positions[v], b.positions[v]), 1e-5f);
  }
}

TEST(Person, PhaseOffsetShiftsTheGait) {
  const auto model = make("pedestrian.adult", 4);
  Articulation late = moving(1.4, .25, false);
  late.phase_offset = .25;
  EXPECT_EQ(pose(*model, late).positions, pose(*model, moving(1.4, .5, false)).positions);
}

TEST(Person, TrianglesDoNotTearWhenLimbsBend) {
  for (const Mover& m : kMovers) {
    const auto model = make(m.type, 9, {{"height", m.height}});
    const auto& mesh = *model->parts[0].mesh;
    for (int i = 0; i < 8; ++i) {
      const Frame f = pose(*model, moving(m.speed, i / 8.0, m.run));
      double worst_seat = 0;  // cloth between the thighs spans the stride
      double worst_else = 0;
      for (std::size_t n = 0; n < mesh.triangles.size(); ++n) {
        const auto& t = mesh.triangles[n];
        for (int k = 0; k < 3; ++k) {
          const auto a = t[k];
          const auto b = t[(k + 1) % 3];
          const double rest = glm::distance(mesh.positions[a], mesh.positions[b]);
          const double over = glm::distance(f.positions[a], f.positions[b]) - 1.9 * rest;
          const bool trousers = model->materials[mesh.material[n]].name == "lower";
          double& worst = trousers ? worst_seat : worst_else;
          worst = std::max(worst, over);
        }
      }
      EXPECT_LT(worst_seat, 0.090) << m.name << " phase " << i / 8.0;
      EXPECT_LT(worst_else, 0.040) << m.name << " phase " << i / 8.0;
    }
  }
}

// The vertices of the right sole, found in the standing pose.
std::vector<std::uint32_t> right_sole(const Model& model) {
  const auto& p = model.parts[0].mesh->positions;
  std::vector<std::uint32_t> out;
  for (std::uint32_t v = 0; v < p.size(); ++v) {
    if (p[v].z < 0.012f && p[v].y < 0) out.push_back(v);
  }
  return out;
}

// What is on the ground moves back through the model frame by exactly the travelled distance.
TEST(Person, PlantedFeetDoNotSlide) {
  for (const Mover& m : kMovers) {
    const auto model = make(m.type, 2, {{"height", m.height}});
    const auto sole = right_sole(*model);
    ASSERT_GT(sole.size(), 20u);
    const double stride = 1 / model->deformer->phase_per_metre(m.speed);
    Frame before;
    std::vector<double> slid(sole.size(), 0.0);  // along the ground, while a vertex touches it
    double worst = 0;
    constexpr int kSteps = 400;
    int bearing_steps = 0;
    for (int i = 0; i <= kSteps; ++i) {
      Frame now = pose(*model, moving(m.speed, static_cast<double>(i) / kSteps, m.run));
      bool bears = false;
      for (std::size_t k = 0; k < sole.size() && i > 0; ++k) {
        const Vec3d a = Vec3d(before.positions[sole[k]]);
        const Vec3d b = Vec3d(now.positions[sole[k]]) + Vec3d(stride / kSteps, 0, 0);
        const bool touches = std::max(a.z, b.z) < 0.002;
        slid[k] = touches ? slid[k] + std::hypot(b.x - a.x, b.y - a.y) : 0.0;
        worst = std::max(worst, slid[k]);
        bears |= touches;
      }
      bearing_steps += bears;
      before = std::move(now);
    }
    EXPECT_LT(worst, 0.005) << m.name;
    EXPECT_GT(bearing_steps, kSteps / 5) << m.name;
  }
}

TEST(Person, BearingSoleTouchesTheGroundAndNothingSinks) {
  for (const Mover& m : kMovers) {
    const auto model = make(m.type, 6, {{"height", m.height}});
    const auto traits = person_traits({m.type, 6, {{"height", m.height}}});
    const Skeleton skeleton = make_skeleton(traits->shape);
    const LegPlan plan = plan_leg(skeleton, traits->gait, m.speed, m.run ? 1 : 0);
    for (int i = 0; i < 50; ++i) {
      const double phase = i / 50.0;
      const Frame f = pose(*model, moving(m.speed, phase, m.run));
      float right = 1;
      float lowest = 1;
      for (std::size_t v = 0; v < f.positions.size(); ++v) {
        lowest = std::min(lowest, f.positions[v].z);
        if (f.positions[v].y < 0) right = std::min(right, f.positions[v].z);
      }
      EXPECT_GT(lowest, -0.010) << m.name << " phase " << phase;
      if (phase < plan.stance) {
        EXPECT_LT(right, 0.010) << m.name << " phase " << phase;
      }
    }
  }
}

TEST(Person, FreezesInPlaceAsSpeedGoesToZero) {
  const auto model = make("pedestrian.adult", 2);
  const Frame a = pose(*model, moving(0.0, .1, false));
  const Frame b = pose(*model, moving(0.0, .6, false));
  for (std::size_t v = 0; v < a.positions.size(); ++v) {
    ASSERT_LT(glm::distance(a.positions[v], b.positions[v]), 0.30f);
  }
}

TEST(Gait, BonesKeepTheirLengthAndLegsReachTheirFeet) {
  for (const Mover& m : kMovers) {
    const auto traits = person_traits({m.type, 6, {{"height", m.height}}});
    const Skeleton s = make_skeleton(traits->shape);
    for (int i = 0; i < 40; ++i) {
      const BodyPose body = gait_pose(s, traits->gait, moving(m.speed, i / 40.0, m.run));
      const SkeletonPose p = solve(s, body);
      for (int b = 1; b < kBoneCount; ++b) {
        const int q = s.parent[b];
        EXPECT_NEAR(glm::distance(p[b].joint, p[q].joint), glm::distance(s.joint[b], s.joint[q]),
                    1e-6)
            << m.name << " bone " << b;
      }
      for (int side = 0; side < 2; ++side) {
        EXPECT_LT(glm::distance(p[bone_of(kFoot, side)].joint, body.foot[side].ankle_m), 0.004)
            << m.name << " side " << side << " phase " << i / 40.0;
      }
    }
  }
}

TEST(Gait, HalfACycleLaterIsTheMirrorImage) {
  for (const Mover& m : kMovers) {
    auto traits = person_traits({m.type, 6, {{"height", m.height}}});
    traits->gait.arm_swing[0] = traits->gait.arm_swing[1];
    const Skeleton s = make_skeleton(traits->shape);
    for (int i = 0; i < 20; ++i) {
      const auto at = [&](double phase) {
        return solve(s, gait_pose(s, traits->gait, moving(m.speed, phase, m.run)));
      };
      const SkeletonPose a = at(i / 20.0);
      const SkeletonPose b = at(i / 20.0 + .5);
      for (const Bone bone : {kHand, kForearm, kShank, kFoot, kToe}) {
        const Vec3d left = a[bone_of(bone, 0)].joint;
        const Vec3d right = b[bone_of(bone, 1)].joint;
        EXPECT_LT(glm::distance(left * Vec3d(1, -1, 1), right), 1e-6) << m.name;
      }
    }
  }
}

// Knees of walkers: nearly straight in the middle of stance, about 60 degrees in swing.
TEST(Gait, KneesBendAsPeoplesDo) {
  const auto traits = person_traits({"pedestrian.adult", 6, {{"height", 1.775}}});
  const Skeleton s = make_skeleton(traits->shape);
  double stance = 0;
  double swing = 0;
  double least = 10;
  for (int i = 0; i < 100; ++i) {
    const SkeletonPose p = solve(s, gait_pose(s, traits->gait, moving(1.3, i / 100.0, false)));
    const Vec3d thigh = p[bone_of(kShank, 1)].joint - p[bone_of(kThigh, 1)].joint;
    const Vec3d shank = p[bone_of(kFoot, 1)].joint - p[bone_of(kShank, 1)].joint;
    const double bend = std::acos(
        std::clamp(glm::dot(thigh, shank) / (glm::length(thigh) * glm::length(shank)), -1.0, 1.0));
    least = std::min(least, bend);
    (i < 40 ? stance : swing) = std::max(i < 40 ? stance : swing, bend);
  }
  constexpr double kDeg = 3.14159265358979 / 180;
  EXPECT_LT(least, 12 * kDeg);
  EXPECT_LT(stance, 34 * kDeg);
  EXPECT_GT(swing, 50 * kDeg);
  EXPECT_LT(swing, 80 * kDeg);
}

TEST(Gait, StridesAreThoseOfPeople) {
  const GaitStyle plain;
  // Men at 1.3 m/s: steps of 0.71 m; children of eight at 1.18 m/s: 0.50 m.
  EXPECT_NEAR(stride_m(1.775, plain, 1.3) / 2, .71, .03);
  EXPECT_NEAR(stride_m(1.28, plain, 1.18) / 2, .50, .02);
  EXPECT_NEAR(stride_m(1.10, plain, 1.05) / 2, .42, .02);
  // Running: strides of 0.692 s at 4 m/s, a child's of 0.55 s at 3 m/s.
  EXPECT_NEAR(stride_m(1.75, plain, 4.0) / 4.0, .692, .02);
  EXPECT_NEAR(stride_m(1.28, plain, 3.0) / 3.0, .56, .04);
  double before = 0;
  for (double v = .1; v < 6; v += .05) {
    const double stride = stride_m(1.7, plain, v);
    EXPECT_GT(stride, .93 * before) << v;  // no jump where walking turns into running
    before = stride;
  }
}

TEST(Person, NaturalGaitWalksThenRuns) {
  EXPECT_EQ(natural_gait(1.75, 0).walk, 0);
  EXPECT_EQ(natural_gait(1.75, 1.4).walk, 1);
  EXPECT_EQ(natural_gait(1.75, 1.4).run, 0);
  EXPECT_EQ(natural_gait(1.75, 3.0).run, 1);
  EXPECT_EQ(natural_gait(1.20, 2.4).run, 1);
}

TEST(Person, RefusesWhatItDoesNotKnow) {
  EXPECT_FALSE(make_person({"pedestrian.giant", 1, {}}).has_value());
  const auto bad = make_person({"pedestrian.adult", 1, {{"height", 3.0}, {"wings", 2}}});
  ASSERT_FALSE(bad.has_value());
  EXPECT_EQ(bad.error().items().size(), 2u);
  EXPECT_FALSE(person_size({"pedestrian.child", 1, {{"height", std::nan("")}}}).has_value());
  const auto size = person_size({"pedestrian.child", 1, {{"height", 1.2}}});
  EXPECT_DOUBLE_EQ(size->height_m, 1.2);
}

// 905 nm: skin of every tone returns as much as half, black cloth too.
TEST(Person, InfraredReflectancesAreThoseOfSkinAndCloth) {
  for (const double skin : {1.0, 10.0}) {
    const auto model = make("pedestrian.adult", 1, {{"skin", skin}});
    for (const Material& m : model->materials) {
      if (m.name == "skin") {
        EXPECT_NEAR(m.reflectance_905nm, .55f, .05f);
      }
      if (m.name == "hair") {
        EXPECT_NEAR(m.reflectance_905nm, .3f, .05f);
      }
      if (m.name == "lower") {
        EXPECT_GE(m.reflectance_905nm, .5f);
      }
      if (m.name == "shoe") {
        EXPECT_NEAR(m.reflectance_905nm, .2f, .05f);
      }
    }
  }
}

}  // namespace
}  // namespace oddroad::asset
