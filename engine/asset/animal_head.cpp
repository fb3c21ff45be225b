#include <algorithm>
#include <cmath>

#include "engine/asset/animal_mesh.h"
#include "engine/asset/mesh_tools.h"

namespace oddroad::asset {

using math::Vec3d;
using namespace animal_bone;

namespace {

// Places in head measures: s along from the poll to the nose, y to the left, z over the forehead
// line, all in head lengths.
class HeadFrame {
 public:
  HeadFrame(const AnimalShape& s, const AnimalRig& rig)
      : poll_(rig.bones.joint[kHead]),
        along_(std::cos(s.head_rad), 0, -std::sin(s.head_rad)),
        up_(std::sin(s.head_rad), 0, std::cos(s.head_rad)),
        size_(s.head_m) {}
  [[nodiscard]] Vec3d at(double s, double y, double z) const {
    return poll_ + (along_ * s + Vec3d(0, y, 0) + up_ * z) * size_;
  }
  [[nodiscard]] Vec3d along() const { return along_; }
  [[nodiscard]] Vec3d up() const { return up_; }

 private:
  Vec3d poll_, along_, up_;
  double size_;
};

TriangleMesh skull(const AnimalShape& s, const HeadFrame& f) {
  const double d = s.head_depth;
  const double w = s.head_width;
  const double m = s.muzzle;
  const bool round = s.kind == Kind::kCat;
  const double rows[][3] = {
      // along, depth, width
      {-.12, .40 * d, .42 * w},
      {-.04, .78 * d, .78 * w},
      {.12, .97 * d, .98 * w},
      {.28, d, w},
      {.42, (round ? .95 : .86) * d, (round ? .95 : .84) * w},
      {.56, (.45 + .45 * m) * d, (.42 + .42 * m) * w},
      {.72, (.20 + .80 * m) * d, (.22 + .72 * m) * w},
      {.88, 1.02 * m * d, std::max(.9 * m, .42) * w},
      {.97, .86 * m * d, std::max(.8 * m, .36) * w},
      {1.0, .55 * m * d, std::max(.5 * m, .24) * w},
  };
  std::vector<Ring> rings;
  for (const auto& row : rows) {
    // The forehead line runs straight from poll to nose.
    const double top =
        .20 * d - .10 * d * std::clamp(row[0], 0.0, 1.0) - (row[0] < 0 ? .12 * d : 0);
    Ring ring;
    for (int k = 0; k < 14; ++k) {
      const double a = 2 * M_PI * k / 14;
      ring.emplace_back(
          f.at(row[0], .5 * row[2] * std::cos(a), top - .5 * row[1] + .5 * row[1] * std::sin(a)));
    }
    rings.push_back(std::move(ring));
  }
  return loft(rings, kCoatFace, {.crease_rad = 1.2f});
}

// A leaf-shaped hollowless shell from root to tip.
TriangleMesh leaf(const Vec3d& root, const Vec3d& tip, const Vec3d& across, double width,
                  double thick, std::uint16_t material) {
  const Vec3d along = glm::normalize(tip - root);
  const Vec3d out = glm::normalize(glm::cross(along, across));
  const Vec3d side = glm::cross(out, along);
  std::vector<Ring> rings;
  const double widths[] = {.45, .85, 1.0, .75, .12};
  for (int i = 0; i < 5; ++i) {
    Ring ring;
    const Vec3d centre = glm::mix(root, tip, i / 4.0);
    for (int k = 0; k < 6; ++k) {
      const double a = 2 * M_PI * k / 6;
      ring.emplace_back(centre + side * (.5 * width * widths[i] * std::cos(a)) +
                        out * (.5 * thick * (1 - .12 * i) * std::sin(a)));
    }
    rings.push_back(std::move(ring));
  }
  TriangleMesh mesh = loft(rings, material, {.crease_rad = 1.2f});
  return signed_volume(mesh) < 0 ? flipped(mesh) : mesh;
}

void add_ears(const AnimalBuilder& b, const HeadFrame& f) {
  const AnimalShape& s = b.shape;
  const double ear = s.ear_m / s.head_m;
  const double w = s.head_width;
  const bool pricked = s.paws && (s.kind != Kind::kDog || b.stream.chance(.5));
  const bool sideways = s.kind == Kind::kCow || s.kind == Kind::kSheep || s.kind == Kind::kMoose ||
                        s.kind == Kind::kRedDeer || s.kind == Kind::kRoe;
  for (const double y : {1.0, -1.0}) {
    const Vec3d root = f.at(.04, y * .34 * w, .12 * s.head_depth);
    Vec3d tip = f.at(-.02, y * (.42 * w + .12 * ear), .12 * s.head_depth + ear);
    if (sideways) tip = f.at(-.10, y * (.40 * w + .72 * ear), .12 * s.head_depth + .58 * ear);
    if (s.kind == Kind::kCow) tip = f.at(.05, y * (.40 * w + .95 * ear), .05 * s.head_depth);
    if (s.kind == Kind::kDog && !pricked) {  // hanging
      tip = f.at(.22, y * (.56 * w), .02 - .75 * ear);
    }
    b.body.append(leaf(root, tip, f.along(), (s.paws ? .62 : .48) * s.ear_m, .16 * s.ear_m,
                       s.kind == Kind::kFox ? kCoatLegs : kCoatFace),
                  {kHead, 1});
  }
}

void add_branch(const AnimalBuilder& b, std::vector<Vec3f> path, double radius, double tip) {
  std::vector<float> radii;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const double u = static_cast<double>(i) / static_cast<double>(path.size() - 1);
    radii.push_back(static_cast<float>(radius + u * (tip - radius)));
  }
  b.body.append(tube(path, radii, 7, kHorn), {kHead, 1});
}

// Beams rise, spread and curve forward; tines leave them ahead and upward.
void add_antlers(const AnimalBuilder& b, const HeadFrame& f) {
  const AnimalShape& s = b.shape;
  const double size = s.antlers_m;
  for (const double y : {1.0, -1.0}) {
    const Vec3d root = f.at(.06, y * .24 * s.head_width, .16 * s.head_depth);
    const auto point = [&](double out, double ahead, double up) {
      return Vec3f(root + Vec3d(ahead, y * out, up) * size);
    };
    if (s.kind == Kind::kMoose) {
      // A palm: a curved plate with points along its upper edge.
      add_branch(b, {point(0, 0, 0), point(.22, -.02, .02), point(.40, 0, .08)}, .03, .035);
      std::vector<Ring> rings;
      const double chord[] = {.10, .34, .46, .46, .34, .12};
      for (int i = 0; i < 6; ++i) {
        const double u = i / 5.0;
        const Vec3d c(0, 0, 0);
        const double out = .36 + .60 * u;
        const double up = .08 + .34 * u * u + .06 * u;
        Ring ring;
        const double half = .5 * chord[i];
        for (int k = 0; k < 8; ++k) {
          const double a = 2 * M_PI * k / 8;
          ring.push_back(point(out, half * std::cos(a) - .05,
                               up + .020 * std::sin(a) + .12 * std::abs(std::cos(a)) * half));
        }
        rings.push_back(std::move(ring));
      }
      TriangleMesh palm = loft(rings, kHorn, {.crease_rad = .8f});
      b.body.append(signed_volume(palm) < 0 ? flipped(palm) : palm, {kHead, 1});
      for (int i = 0; i < 5; ++i) {
        const double u = i / 4.0;
        const double out = .55 + .40 * u;
        const double ahead = .22 - .44 * u;
        add_branch(
            b, {point(out, ahead, .26 + .10 * u), point(out + .07, 1.25 * ahead, .44 + .12 * u)},
            .022, .006);
      }
      continue;
    }
    const double thick = s.kind == Kind::kRoe ? .010 : .024;
    add_branch(b,
               {point(0, 0, 0), point(.14, -.10, .28), point(.30, -.12, .60), point(.34, 0, .85),
                point(.28, .10, 1.0)},
               thick, .35 * thick);
    add_branch(b, {point(.04, 0, .08), point(.10, .22, .12), point(.12, .32, .24)}, .8 * thick,
               .2 * thick);
    add_branch(b, {point(.20, -.12, .42), point(.26, .12, .48), point(.27, .20, .60)}, .7 * thick,
               .2 * thick);
    if (s.kind == Kind::kRedDeer) {
      add_branch(b, {point(.33, -.05, .74), point(.44, -.08, .88), point(.46, -.06, .98)},
                 .6 * thick, .2 * thick);
      add_branch(b, {point(.08, -.03, .16), point(.16, .18, .24), point(.18, .26, .36)}, .6 * thick,
                 .2 * thick);
    }
  }
}

void add_horns(const AnimalBuilder& b, const HeadFrame& f) {
  const AnimalShape& s = b.shape;
  for (const double y : {1.0, -1.0}) {
    if (s.kind == Kind::kCow) {
      add_branch(b,
                 {Vec3f(f.at(.02, y * .30 * s.head_width, .16 * s.head_depth)),
                  Vec3f(f.at(-.02, y * (.30 * s.head_width + .22), .22)),
                  Vec3f(f.at(.06, y * (.30 * s.head_width + .30), .40))},
                 .028, .006);
    } else if (s.kind == Kind::kBoar) {  // tusks
      add_branch(b,
                 {Vec3f(f.at(.74, y * .16 * s.head_width, -.20 * s.head_depth)),
                  Vec3f(f.at(.78, y * .40 * s.head_width, -.06 * s.head_depth))},
                 .012, .003);
    }
  }
}

}  // namespace

void add_animal_head(const AnimalBuilder& b) {
  const AnimalShape& s = b.shape;
  const HeadFrame f(s, b.rig);
  TriangleMesh head = skull(s, f);
  const double from = .70;
  for (std::size_t t = 0; t < head.triangles.size(); ++t) {
    const Vec3d p(head.positions[head.triangles[t][0]]);
    const double along = glm::dot(p - b.rig.bones.joint[kHead], f.along()) / s.head_m;
    if (along > .955) head.material[t] = kNose;
    const bool low =
        glm::dot(p - b.rig.bones.joint[kHead], f.up()) < -.25 * s.head_depth * s.head_m;
    if (b.coat.belly_line > -.6 && low && along < .955) head.material[t] = kCoatBelly;
    if (b.coat.patches > 0 && std::abs(p.y) < .12 * s.head_width * s.head_m && along > .15 &&
        along < from) {
      head.material[t] = kCoatMarks;  // a blaze
    }
  }
  b.body.append(head, {kHead, 1});
  for (const double y : {1.0, -1.0}) {
    const Vec3d eye = f.at(.34, y * .43 * s.head_width, .02 * s.head_depth);
    const auto r = static_cast<float>(.035 * s.head_m + .0025);
    b.body.append(ellipsoid(Vec3f(eye), {r, .8f * r, r}, 8, 5, kEye), {kHead, 1});
  }
  add_ears(b, f);
  if (s.antlers_m > 0) add_antlers(b, f);
  if (s.kind == Kind::kBoar || (s.kind == Kind::kCow && b.stream.chance(.35))) add_horns(b, f);
  if (s.kind == Kind::kMoose) {  // the bell under the throat
    const Vec3f bell[] = {Vec3f(f.at(.30, 0, -.72 * s.head_depth)),
                          Vec3f(f.at(.36, 0, -1.25 * s.head_depth))};
    const float radii[] = {.05f, .015f};
    b.body.append(tube(bell, radii, 7, kCoatMane), {kHead, 1});
  }
}

}  // namespace oddroad::asset
