#include "engine/asset/person_face.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace oddroad::asset {

namespace {

constexpr double kPi2 = 2 * std::numbers::pi;

// A patch laid onto the face: outline(u, v) with u in [0, 1] across and v in [0, 1] up, lifted in
// the middle, sunk at the edge where `sink` says so.
TriangleMesh patch(const HeadFrame& frame, const HeadShape& head, int columns, int rows,
                   const std::function<Vec2f(float, float)>& outline, double lift, bool sink,
                   std::uint16_t material) {
  return grid(
      columns, rows,
      [&](float u, float v) {
        const Vec2f q = outline(u, v);
        const double edge = std::min({u, 1 - u, v, 1 - v}) <= 1e-4 ? 1.0 : 0.0;
        const Vec3d p = head.face(q.x, q.y);
        return frame(p + Vec3d(lift - (sink ? edge * 1.6 * lift : 0), 0, 0));
      },
      material, 1.4f);
}

}  // namespace

void add_eyes(const Tailor& t, const HeadFrame& frame, const HeadShape& head, const AddPiece& add) {
  const double size = 1 + .12 * t.traits.childlike;
  for (const double side : {1.0, -1.0}) {
    const double y0 = side * head.eye_y();
    const double z0 = head.eye_z();
    // Seen from the front u must run to the right: towards -y.
    const auto almond = [&](double half, double up, double down, double shift_z) {
      return [=](float u, float v) {
        const double s = 1 - 2.0 * u;  // +1 at the left of the body
        const double open = 1 - s * s;
        const double z = z0 + shift_z + (-down + (up + down) * v) * open;
        return Vec2f(static_cast<float>(y0 + half * s), static_cast<float>(z));
      };
    };
    add(patch(frame, head, 8, 4, almond(.074 * size, .034 * size, .027 * size, .001), .0020, false,
              kMatSkinShade));
    add(patch(frame, head, 8, 4, almond(.060 * size, .018 * size, .014 * size, 0), .0045, false,
              kMatEyeWhite));
    add(patch(
        frame, head, 6, 4,
        [=](float u, float v) {
          const double s = 1 - 2.0 * u;
          const double open = std::sqrt(std::max(0.0, 1 - s * s));
          const double z = z0 + .001 + (-.015 + .033 * v) * open * size;
          return Vec2f(static_cast<float>(y0 + .026 * size * s), static_cast<float>(z));
        },
        HeadShape::kIrisLift, false, kMatIris));
    // Lashes: a thin dark line along the upper lid.
    add(patch(
        frame, head, 8, 1,
        [=](float u, float v) {
          const double s = 1 - 2.0 * u;
          const double z = z0 + .017 * size * (1 - s * s) + .007 * v;
          return Vec2f(static_cast<float>(y0 + .066 * size * s), static_cast<float>(z));
        },
        .0085, false, kMatIris));
    const double thick = t.traits.shape.female ? .011 : .017;
    add(patch(
        frame, head, 8, 3,
        [=](float u, float v) {
          const double s = side * (1 - 2.0 * u);  // +1 outwards
          const double z = z0 + .078 - .016 * s * s + .012 * s * (1 - s) - thick * .5 +
                           thick * v * (1 - .6 * std::max(0.0, s));
          return Vec2f(static_cast<float>(y0 + side * .082 * s + side * .004),
                       static_cast<float>(z));
        },
        .009, true, kMatHair));
  }
}

void add_mouth(const HeadFrame& frame, const HeadShape& head, const AddPiece& add) {
  const auto lip = [](double top, double bottom, double half) {
    return [=](float u, float v) {
      const double s = 1 - 2.0 * u;
      const double open = 1 - s * s;
      const double bow = top > -.257 ? .006 * std::cos(3.1 * s) * open : 0;
      const double z = -.258 + ((bottom + .258) + (top - bottom) * v) * open + bow * v;
      return Vec2f(static_cast<float>(half * s), static_cast<float>(z));
    };
  };
  add(patch(frame, head, 10, 3, lip(-.226, -.257, .105), .0035, true, kMatLips));
  add(patch(frame, head, 10, 3, lip(-.261, -.298, .095), .0035, true, kMatLips));
  add(patch(frame, head, 8, 1, lip(-.2555, -.2625, .100), .0040, false, kMatSkinShade));
}

void add_ears(const HeadFrame& frame, const HeadShape& head, const AddPiece& add) {
  for (const double side : {1.0, -1.0}) {
    const Vec3d root = head.ear_root(side);
    // A shell: rim, hollow and lobe as a lofted disc leaning away from the head.
    std::vector<Ring> rings;
    const std::array<std::array<double, 3>, 5> levels{
        {{.80, -.030, 0}, {1.0, .022, 0}, {.96, .040, 0}, {.74, .028, .01}, {.30, .012, .02}}};
    for (const auto& [size, out, shift] : levels) {
      Ring ring;
      for (int j = 0; j < 14; ++j) {
        const double a = kPi2 * j / 14;
        const double z = .112 * size * std::sin(a) + .010 * std::cos(2 * a);
        const double narrow = 1 - .30 * std::max(0.0, -std::sin(a));
        const double x = -.010 + .064 * size * narrow * std::cos(a) - .16 * z + shift;
        // The rear edge stands further off.
        const double y = out + (x < 0 ? -.42 * x : -.10 * x) * (out > 0 ? 1 : 0);
        ring.push_back(frame({root.x + x, root.y + side * y, root.z + z}));
      }
      // Right-handed about the outward direction: x to the front is the "right" of a left ear.
      if (side > 0) std::reverse(ring.begin(), ring.end());
      rings.push_back(std::move(ring));
    }
    add(loft(rings, kMatSkin));
  }
}

void add_glasses(const HeadFrame& frame, const HeadShape& head, const AddPiece& add) {
  const float wire = static_cast<float>(.011 * frame.scale.z);
  const double front = head.face(head.eye_y(), head.eye_z()).x + .055;
  const auto rim = [&](double side, double angle) {
    // Wider than high, flattened above.
    const double y = .098 * std::cos(angle);
    const double z = .068 * std::sin(angle) - (std::sin(angle) > 0 ? .006 : 0);
    return frame({front - .10 * y * y * 9, side * (head.eye_y() + y), head.eye_z() + .004 + z});
  };
  for (const double side : {1.0, -1.0}) {
    std::vector<Vec3f> ring;
    for (int i = 0; i <= 12; ++i) ring.push_back(rim(side, kPi2 * i / 12));
    add(tube(ring, std::vector<float>{wire}, 4, kMatTrim, false));
    const std::vector<Vec3f> temple{rim(side, 1.0),
                                    frame(head.ear_root(side) + Vec3d(.02, side * .02, .11))};
    add(tube(temple, std::vector<float>{.8f * wire}, 4, kMatTrim));
  }
  const std::vector<Vec3f> bridge{rim(1, 2.7), rim(-1, 2.7)};
  add(tube(bridge, std::vector<float>{wire}, 4, kMatTrim));
}

}  // namespace oddroad::asset
