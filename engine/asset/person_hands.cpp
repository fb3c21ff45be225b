// Hands: a palm, four curled fingers and a thumb, in the bind pose (palm to the thigh).
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/asset/clothing.h"

namespace oddroad::asset {

namespace {

struct HandFrame {
  Vec3d root, along, fore, palm;  // wrist, to the fingers, towards the thumb, where the palm faces
  double size;                    // hand length in metres
  [[nodiscard]] Vec3d at(double a, double f, double p) const {
    return root + (along * a + fore * f + palm * p) * size;
  }
};

TriangleMesh make_palm(const HandFrame& hand) {
  // Along the hand, half breadth, half thickness, shift towards the thumb.
  constexpr std::array<std::array<double, 4>, 7> kRows{{{-.10, .150, .120, 0},
                                                        {.02, .160, .120, 0},
                                                        {.15, .200, .125, .010},
                                                        {.30, .222, .120, .010},
                                                        {.44, .218, .105, .004},
                                                        {.52, .205, .090, 0},
                                                        {.56, .170, .055, 0}}};
  std::vector<Ring> rings;
  for (const auto& [a, breadth, thick, shift] : kRows) {
    Ring ring;
    for (int j = 0; j < 14; ++j) {
      const double angle = 2 * 3.14159265358979 * j / 14;
      const double c = std::copysign(std::pow(std::abs(std::cos(angle)), .8), std::cos(angle));
      const double n = std::copysign(std::pow(std::abs(std::sin(angle)), .8), std::sin(angle));
      // The heel of the palm and its fingers' base curve towards the palm's side.
      ring.push_back(Vec3f(hand.at(a, shift + breadth * c, thick * n + .10 * a * a)));
    }
    rings.push_back(std::move(ring));
  }
  if (glm::dot(glm::cross(hand.fore, hand.palm), hand.along) < 0) {
    for (Ring& ring : rings) std::reverse(ring.begin(), ring.end());
  }
  return loft(rings, kMatSkin);
}

TriangleMesh make_finger(const HandFrame& hand, const Vec3d& from, double length, double radius,
                         double curl, const Vec3d& direction) {
  std::vector<Vec3f> path;
  std::vector<float> radii;
  Vec3d p = from;
  double angle = .12;
  constexpr int kJoints = 4;
  for (int i = 0; i <= kJoints; ++i) {
    path.push_back(Vec3f(hand.at(p.x, p.y, p.z)));
    const double taper = 1 - .28 * i / kJoints;
    radii.push_back(static_cast<float>(radius * taper * hand.size * (i == kJoints ? .55 : 1)));
    angle += curl / kJoints;
    const double step = length / kJoints;
    p += (direction * std::cos(angle) + Vec3d(0, 0, std::sin(angle))) * step;
  }
  return tube(path, radii, 6, kMatSkin, true);
}

}  // namespace

void add_hands(const Tailor& t) {
  const Skeleton& s = t.skeleton;
  const bool fist = t.traits.rides;
  for (int side = 0; side < 2; ++side) {
    const Vec3d wrist = s.joint[bone_of(kHand, side)];
    HandFrame hand;
    hand.root = wrist;
    hand.along = glm::normalize(wrist - s.joint[bone_of(kForearm, side)]);
    hand.fore = Vec3d(1, 0, 0);
    hand.palm = glm::normalize(glm::cross(hand.fore, hand.along)) * side_sign(side);
    if (hand.palm.y * side_sign(side) > 0) hand.palm = -hand.palm;  // towards the body
    hand.size = t.traits.shape.hand * t.h();
    const auto weight = [&](const Vec3d& p) {
      return t.weights.arm(p, side);
    };
    t.out.add(make_palm(hand), weight);
    constexpr std::array<std::array<double, 3>, 4> kFingers{
        {{.155, .42, .062}, {.052, .46, .064}, {-.052, .43, .060}, {-.150, .34, .054}}};
    const Vec3d straight(1, 0, 0);
    for (std::size_t i = 0; i < kFingers.size(); ++i) {
      const auto& [fore, length, radius] = kFingers[i];
      t.out.add(make_finger(hand, {.50 - .25 * fore * fore, fore, .028}, length, radius,
                            (fist ? 2.9 : .75) + .12 * static_cast<double>(i), straight),
                weight);
    }
    t.out.add(make_finger(hand, {.14, .15, .045}, .40, .075, fist ? 1.3 : .35,
                          glm::normalize(Vec3d(.80, .55, .15))),
              weight);
  }
}

}  // namespace oddroad::asset
