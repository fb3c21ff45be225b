#include "engine/asset/person_carry.h"

#include <cmath>
#include <numbers>

#include "engine/asset/materials.h"
#include "engine/asset/mesh_tools.h"
#include "engine/core/random.h"

namespace oddroad::asset {

using math::Vec3d;

namespace {

constexpr double kDeg = std::numbers::pi / 180;
constexpr auto kThing = static_cast<std::uint16_t>(kPersonMaterialCount);
constexpr auto kThing2 = static_cast<std::uint16_t>(kPersonMaterialCount + 1);

// Points fixed to the chest, in the bind pose.
struct Grip {
  bool held[2] = {false, false};
  Vec3d wrist_m[2];
};
Grip grip_of(const Skeleton& s, Carry carry) {
  const double h = s.stature_m;
  const double chest = s.joint[kSpine3].z;
  Grip out;
  if (carry == Carry::kBox) {
    out.held[0] = out.held[1] = true;
    for (int side = 0; side < 2; ++side) {
      out.wrist_m[side] = {.155 * h, side_sign(side) * .118 * h, chest - .13 * h};
    }
  } else if (carry == Carry::kPhone) {
    out.held[1] = true;
    out.wrist_m[1] = {.165 * h, -.045 * h, chest + .035 * h};
  } else if (carry == Carry::kUmbrella) {
    out.held[1] = true;
    out.wrist_m[1] = {.125 * h, -.085 * h, chest + .02 * h};
  }
  return out;
}

// Ahead of the wrist, where the fingers close.
Vec3d palm(const Skeleton& s, const Vec3d& wrist) {
  return wrist + Vec3d(.045, 0, .02) * s.stature_m;
}

TriangleMesh umbrella(const Vec3f& hand, float top) {
  TriangleMesh mesh =
      cylinder(hand - Vec3f(0, 0, .12f), {hand.x, hand.y, top}, .007f, .006f, 8, kThing2);
  const float r = .52f;
  const Vec2f canopy[] = {{0, top},
                          {.35f * r, top - .03f},
                          {.7f * r, top - .11f},
                          {r, top - .25f},
                          {r - .004f, top - .26f},
                          {.69f * r, top - .12f},
                          {.34f * r, top - .04f},
                          {0, top - .01f}};
  std::vector<Vec2f> profile(canopy, canopy + 8);
  TriangleMesh cloth = lathe(profile, kThing, {.segments = 8, .crease_rad = .3f});
  if (signed_volume(cloth) < 0) cloth = flipped(cloth);
  mesh.append(cloth, translation({hand.x, hand.y, 0}));
  return mesh;
}

}  // namespace

void add_carried(const Tailor& t, Carry carry) {
  const Skeleton& s = t.skeleton;
  const Grip grip = grip_of(s, carry);
  const double h = s.stature_m;
  const auto chest = [](const Vec3d&) {
    return SkinWeights::rigid(kSpine3);
  };
  if (carry == Carry::kBox) {
    const auto width = static_cast<float>(.235 * h);
    const Vec3f at(static_cast<float>(.165 * h) + .10f, 0,
                   static_cast<float>(grip.wrist_m[0].z) + .05f);
    t.out.add(box(at, {.30f, width, .28f}, kThing, .004f), chest);
    t.out.add(box(at + Vec3f(0, 0, .1405f), {.302f, .05f, .001f}, kThing2), chest);
  } else if (carry == Carry::kPhone) {
    const Vec3f at(palm(s, grip.wrist_m[1]));
    t.out.add(transformed(box({0, 0, 0}, {.008f, .075f, .15f}, kThing, .003f),
                          translation(at + Vec3f(.02f, .03f, .03f)) * rotation({0, 1, 0}, .5f)),
              chest);
  } else if (carry == Carry::kUmbrella) {
    const auto top = static_cast<float>(s.joint[kHead].z + .135 * h + .22);
    t.out.add(umbrella(Vec3f(palm(s, grip.wrist_m[1])), top), chest);
  } else if (carry == Carry::kBag) {
    // Hangs from the hand: along the arm of the bind pose.
    const int hand = bone_of(kHand, 1);
    const Vec3d along = glm::normalize(s.joint[hand] - s.joint[bone_of(kForearm, 1)]);
    const Vec3d at = s.joint[hand] + along * (.062 * h);
    const Affine3f T = frame_along(Vec3f(at), Vec3f(along), {1, 0, 0});
    TriangleMesh bag = box({0, 0, .33f}, {.36f, .14f, .34f}, kThing, .03f);
    for (const float y : {-.04f, .04f}) {
      const Vec3f strap[] = {
          {-.10f, y, .18f}, {-.07f, .3f * y, .0f}, {.07f, .3f * y, .0f}, {.10f, y, .18f}};
      const float r[] = {.007f};
      bag.append(tube(strap, r, 6, kThing));
    }
    t.out.add(transformed(bag, T), [&](const Vec3d&) {
      return SkinWeights::rigid(static_cast<std::uint8_t>(hand));
    });
  }
}

std::vector<Material> carried_materials(Carry carry, std::uint64_t seed) {
  core::RandomStream stream(seed, "person/carried");
  const math::Vec3f colours[] = {{.02f, .02f, .022f}, {.03f, .06f, .2f}, {.32f, .03f, .03f},
                                 {.05f, .2f, .08f},   {.5f, .38f, .05f}, {.62f, .6f, .56f}};
  const math::Vec3f colour = colours[stream.below(6)];
  switch (carry) {
    case Carry::kBox:
      return {materials::cardboard(), materials::packing_tape()};
    case Carry::kBag:
      return {materials::plain("shopping_bag", colour, .6f, .5f)};
    case Carry::kPhone:
      return {materials::plain("phone", {.012f, .012f, .014f}, .1f, .08f)};
    case Carry::kUmbrella:
      return {materials::plain("umbrella", colour, .6f, .5f), materials::chrome()};
    default:
      return {};
  }
}

void hold(const Skeleton& s, Carry carry, BodyPose& pose) {
  if (carry == Carry::kNothing) return;
  if (carry == Carry::kBag) {
    pose.arm[1].flexion *= .3;
    pose.arm[1].elbow *= .4;
    pose.arm[1].abduction += 8 * kDeg;
    pose.trunk_roll += 2 * kDeg;
    return;
  }
  if (carry == Carry::kPush) {
    pose.trunk_pitch += 7 * kDeg;
    pose.trunk_yaw *= .3;
    pose.grip = 1;
    for (int side = 0; side < 2; ++side) {
      pose.wrist_m[side] =
          Vec3d(kPushAhead_m - .10, side_sign(side) * kPushHalfWidth_m, kPushHeight_m + .015);
    }
    return;
  }
  if (carry == Carry::kPhone) {
    pose.head_pitch += 26 * kDeg;
    pose.trunk_pitch += 5 * kDeg;
  }
  if (carry == Carry::kBox) pose.trunk_pitch -= 4 * kDeg;
  const Grip grip = grip_of(s, carry);
  // The chest of this pose carries the grips along.
  const SkeletonPose posed = solve(s, pose);
  for (int side = 0; side < 2; ++side) {
    if (!grip.held[side]) continue;
    pose.wrist_m[side] =
        posed[kSpine3].joint + posed[kSpine3].rotation * (grip.wrist_m[side] - s.joint[kSpine3]);
  }
}

}  // namespace oddroad::asset
