#include "engine/asset/person_face.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace oddroad::asset {

namespace {

constexpr double kPi2 = 2 * std::numbers::pi;

// A sheet laid onto the face, canonical: rows from below, columns from the left of the body.
struct Patch {
  int columns;
  std::vector<Vec3d> points;
  std::uint16_t material;
};
using Patches = std::vector<Patch>;

struct PatchSize {
  int columns, rows;
};

// outline(u, v) with u in [0, 1] across and v in [0, 1] up, lifted in the middle, sunk at the edge
// where `sink` says so.
Patch patch(const HeadShape& head, const PatchSize& size,
            const std::function<Vec2f(float, float)>& outline, double lift, bool sink,
            std::uint16_t material) {
  Patch out{size.columns + 1, {}, material};
  for (int r = 0; r <= size.rows; ++r) {
    for (int c = 0; c <= size.columns; ++c) {
      const float u = static_cast<float>(c) / static_cast<float>(size.columns);
      const float v = static_cast<float>(r) / static_cast<float>(size.rows);
      const Vec2f q = outline(u, v);
      const double edge = std::min({u, 1 - u, v, 1 - v}) <= 1e-4 ? 1.0 : 0.0;
      const Vec3d p = head.face(q.x, q.y);
      out.points.push_back(p + Vec3d(lift - (sink ? edge * 1.6 * lift : 0), 0, 0));
    }
  }
  return out;
}

TriangleMesh lay(const HeadFrame& frame, const Patch& patch) {
  std::vector<Ring> rows;
  for (std::size_t i = 0; i < patch.points.size(); ++i) {
    if (i % patch.columns == 0) rows.emplace_back();
    rows.back().push_back(frame(patch.points[i]));
  }
  return loft(rows, patch.material, {.closed_rings = false, .crease_rad = 1.4f});
}

void put_eye(const HeadShape& head, double side, Patches& out) {
  const double size = 1 + .12 * head.childlike();
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
  const auto iris = [=](float u, float v) {
    const double s = 1 - 2.0 * u;
    const double open = std::sqrt(std::max(0.0, 1 - s * s));
    const double z = z0 + .001 + (-.015 + .033 * v) * open * size;
    return Vec2f(static_cast<float>(y0 + .026 * size * s), static_cast<float>(z));
  };
  // A thin dark line along the upper lid.
  const auto lashes = [=](float u, float v) {
    const double s = 1 - 2.0 * u;
    const double z = z0 + .017 * size * (1 - s * s) + .007 * v;
    return Vec2f(static_cast<float>(y0 + .066 * size * s), static_cast<float>(z));
  };
  const double thick = head.female() ? .011 : .017;
  const auto brow = [=](float u, float v) {
    const double s = side * (1 - 2.0 * u);  // +1 outwards
    const double z = z0 + .078 - .016 * s * s + .012 * s * (1 - s) - thick * .5 +
                     thick * v * (1 - .6 * std::max(0.0, s));
    return Vec2f(static_cast<float>(y0 + side * .082 * s + side * .004), static_cast<float>(z));
  };
  const auto lids = almond(.074 * size, .034 * size, .027 * size, .001);
  out.push_back(patch(head, {8, 4}, lids, .0020, false, kMatSkinShade));
  const auto white = almond(.060 * size, .018 * size, .014 * size, 0);
  out.push_back(patch(head, {8, 4}, white, .0045, false, kMatEyeWhite));
  out.push_back(patch(head, {6, 4}, iris, HeadShape::kIrisLift, false, kMatIris));
  out.push_back(patch(head, {8, 1}, lashes, .0085, false, kMatIris));
  out.push_back(patch(head, {8, 3}, brow, .009, true, kMatHair));
}

void put_mouth(const HeadShape& head, Patches& out) {
  const auto lip = [](double top, double bottom, double half) {
    return [=](float u, float v) {
      const double s = 1 - 2.0 * u;
      const double open = 1 - s * s;
      const double bow = top > -.257 ? .006 * std::cos(3.1 * s) * open : 0;
      const double z = -.258 + ((bottom + .258) + (top - bottom) * v) * open + bow * v;
      return Vec2f(static_cast<float>(half * s), static_cast<float>(z));
    };
  };
  out.push_back(patch(head, {10, 3}, lip(-.226, -.257, .105), .0035, true, kMatLips));
  out.push_back(patch(head, {10, 3}, lip(-.261, -.298, .095), .0035, true, kMatLips));
  out.push_back(patch(head, {8, 1}, lip(-.2555, -.2625, .100), .0040, false, kMatSkinShade));
}

Patches eyes_and_mouth(const HeadShape& head) {
  Patches out;
  for (const double side : {1.0, -1.0}) put_eye(head, side, out);
  put_mouth(head, out);
  return out;
}

// All grown men have one canonical face, and all women.
const Patches& grown_eyes_and_mouth(bool female) {
  static const std::array<Patches, 2> kFaces{eyes_and_mouth(HeadShape(0, false)),
                                             eyes_and_mouth(HeadShape(0, true))};
  return kFaces[female];
}

}  // namespace

void add_eyes_and_mouth(const HeadFrame& frame, const HeadShape& head, const AddPiece& add) {
  const auto lay_all = [&](const Patches& patches) {
    for (const Patch& p : patches) add(lay(frame, p));
  };
  if (head.childlike() > 0) return lay_all(eyes_and_mouth(head));
  lay_all(grown_eyes_and_mouth(head.female()));
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
