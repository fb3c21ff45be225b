#include "engine/asset/animal_mesh.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/mesh_tools.h"

namespace oddroad::asset {

using math::Vec3d;
using namespace animal_bone;

namespace {

// One cross-section of the trunk: place, upper and lower edge, half width.
struct Station {
  double x, top, bottom, half;
};

std::vector<Station> trunk_stations(const AnimalShape& s) {
  const double w = s.withers_m;
  const double c = s.croup * w;
  const double d = s.chest_depth_m;
  const double b = s.chest_width_m;
  const double back = .5 * (w + c) - .035 * d;
  const double flank = c - s.tuck * d;
  const double chest = w - d;
  const double t = s.trunk_m;
  std::vector<Station> out = {
      {-.172 * t, c - .26 * d, c - .46 * d, .14 * b},
      {-.155 * t, c - .13 * d, c - .64 * d, .30 * b},
      {-.105 * t, c - .03 * d, .5 * (c - .80 * d + flank), .43 * b},
      {-.02 * t, c, .5 * (c - .82 * d + flank), .485 * b},
      {.09 * t, c - .01 * d, flank, .475 * b},
      {.22 * t, back, .6 * flank + .4 * chest, .49 * b},
      {.36 * t, back, .25 * flank + .75 * chest, .50 * b},
      {.50 * t, w - .02 * d + .5 * s.hump_m, chest, .49 * b},
      {.61 * t, w + s.hump_m, chest, .45 * b},
      {.70 * t, w - .05 * d + .6 * s.hump_m, w - .96 * d, .40 * b},
      {.77 * t, w - .18 * d, w - .88 * d, .30 * b},
      {.815 * t, w - .32 * d, w - .76 * d, .20 * b},
      {.83 * t, w - .42 * d, w - .64 * d, .11 * b},
  };
  for (Station& station : out) {
    station.top += s.coat_m;
    station.bottom -= s.coat_m;
    station.half += s.coat_m;
  }
  return out;
}

std::vector<Station> refined(const std::vector<Station>& coarse, int steps) {
  std::vector<Station> out;
  const auto blend = [](double a, double b, double c, double d, double u) {
    return b + .5 * u * (c - a + u * (2 * a - 5 * b + 4 * c - d + u * (3 * (b - c) + d - a)));
  };
  const int n = static_cast<int>(coarse.size());
  for (int i = 0; i + 1 < n; ++i) {
    const Station& a = coarse[std::max(i - 1, 0)];
    const Station& b = coarse[i];
    const Station& c = coarse[i + 1];
    const Station& d = coarse[std::min(i + 2, n - 1)];
    for (int k = 0; k < steps; ++k) {
      const double u = static_cast<double>(k) / steps;
      out.push_back({b.x + u * (c.x - b.x), blend(a.top, b.top, c.top, d.top, u),
                     blend(a.bottom, b.bottom, c.bottom, d.bottom, u),
                     blend(a.half, b.half, c.half, d.half, u)});
    }
  }
  out.push_back(coarse.back());
  return out;
}

// Egg-shaped section in the y-z plane at x: widest a little above its middle.
Ring section(const Station& s, int sides) {
  Ring ring;
  for (int k = 0; k < sides; ++k) {
    const double a = 2 * M_PI * k / sides;
    const double up = std::sin(a);
    const double out = std::cos(a);
    const double z = .5 * (s.top + s.bottom) + .5 * (s.top - s.bottom) * up;
    ring.emplace_back(s.x, s.half * out * (1 + .07 * up), z);
  }
  return ring;
}

// Patches of a pied coat: the side of the nearest of some drawn centres.
class Patches {
 public:
  Patches(core::RandomStream& stream, double share, const AnimalShape& s) {
    for (int i = 0; i < 26; ++i) {
      centre_.push_back({stream.uniform(-.2, 1.0) * s.trunk_m,
                         stream.uniform(-.6, .6) * s.chest_width_m,
                         s.withers_m - stream.uniform(-.05, 1.1) * s.chest_depth_m});
      white_.push_back(stream.chance(share));
    }
  }
  [[nodiscard]] bool white(const Vec3d& p) const {
    std::size_t best = 0;
    for (std::size_t i = 1; i < centre_.size(); ++i) {
      if (glm::length(p - centre_[i]) < glm::length(p - centre_[best])) best = i;
    }
    return white_[best];
  }

 private:
  std::vector<Vec3d> centre_;
  std::vector<bool> white_;
};

void paint_trunk(TriangleMesh& mesh, const AnimalBuilder& b) {
  const AnimalShape& s = b.shape;
  const Patches patches(b.stream, b.coat.patches, s);
  const double middle = s.withers_m - .5 * s.chest_depth_m;
  for (std::size_t t = 0; t < mesh.triangles.size(); ++t) {
    Vec3d p(0);
    for (const std::uint32_t v : mesh.triangles[t]) p += Vec3d(mesh.positions[v]) / 3.0;
    std::uint16_t& material = mesh.material[t];
    if (p.z < middle + b.coat.belly_line * .5 * s.chest_depth_m) material = kCoatBelly;
    if (b.coat.patches > 0 && patches.white(p)) material = kCoatMarks;
    const double behind = -.13 * s.trunk_m;
    if (b.coat.rump && p.x < behind && p.z > middle - .2 * s.chest_depth_m) material = kCoatMarks;
  }
}

}  // namespace

void add_trunk(const AnimalBuilder& b) {
  std::vector<Ring> rings;
  for (const Station& s : refined(trunk_stations(b.shape), 3)) rings.push_back(section(s, 22));
  TriangleMesh mesh = loft(rings, kCoatBack, {.crease_rad = 1.2f});
  if (b.shape.coat_m > .02) {  // wool stands in tufts
    for (Vec3f& p : mesh.positions) {
      const float n = std::sin(41 * p.x) * std::sin(37 * p.y + 1) * std::sin(43 * p.z + 2);
      p += Vec3f(0, p.y > 0 ? 1.f : -1.f, .5f) * (.010f * n);
    }
    math::smooth_normals(mesh, 1.2f);
  }
  paint_trunk(mesh, b);
  const double from = .20 * b.shape.trunk_m;
  const double to = .52 * b.shape.trunk_m;
  b.body.append_with(mesh, [&](const Vec3f& p) {
    const double u = std::clamp((p.x - from) / (to - from), 0.0, 1.0);
    return BoneWeight{kChest, static_cast<float>(u * u * (3 - 2 * u))};
  });
  if (b.shape.kind == Kind::kCow) {  // udder
    const Vec3f at(static_cast<float>(.03 * b.shape.trunk_m), 0,
                   static_cast<float>(b.shape.withers_m - 0.93 * b.shape.chest_depth_m));
    b.body.append(ellipsoid(at, {.20f, .17f, .12f}, 12, 8, kCoatMarks), {kHips, 1});
  }
}

void add_neck(const AnimalBuilder& b) {
  const AnimalShape& s = b.shape;
  const Vec3d base = b.rig.bones.joint[kNeck];
  const Vec3d poll = b.rig.bones.joint[kHead];
  const Vec3d along = glm::normalize(poll - base);
  const Vec3d up(-along.z, 0, along.x);
  const double jaw = s.head_depth * s.head_m;
  // Half heights and half widths from inside the chest to the throat.
  const double h0 = .5 * s.neck_base * s.chest_depth_m + s.coat_m;
  const double h1 = .46 * jaw + .5 * s.coat_m;
  const double w0 = .30 * s.chest_width_m + s.coat_m;
  const double w1 = .40 * s.head_width * s.head_m + .5 * s.coat_m;
  const bool maned = s.kind == Kind::kRedDeer && s.antlers_m > 0;
  std::vector<Ring> rings;
  constexpr int kRings = 9;
  for (int i = 0; i <= kRings; ++i) {
    const double u = static_cast<double>(i) / kRings;
    const double shrink = std::pow(1 - u, 1.25);
    const double h = h1 + (h0 - h1) * shrink + (maned ? .05 * std::sin(M_PI * u) : 0);
    const double w = w1 + (w0 - w1) * shrink + (maned ? .03 * std::sin(M_PI * u) : 0);
    // The throat side drops towards the chest, the crest stays a line.
    const Vec3d centre =
        base + along * ((u * 1.06 - .12 * (1 - u)) * s.neck_m) - up * (.18 * (h - h1));
    Ring ring;
    for (int k = 0; k < 14; ++k) {
      const double a = 2 * M_PI * k / 14;
      ring.emplace_back(centre + up * (h * std::sin(a)) + Vec3d(0, w * std::cos(a), 0));
    }
    rings.push_back(std::move(ring));
  }
  TriangleMesh mesh = loft(rings, maned ? kCoatMane : kCoatBack, {.crease_rad = 1.2f});
  if (b.coat.patches > 0 && b.stream.chance(.5)) set_material(mesh, kCoatFace);
  b.body.append_with(mesh, [&](const Vec3f& p) {
    const double u = glm::dot(Vec3d(p) - base, along) / s.neck_m;
    return u > .9 ? BoneWeight{kHead, static_cast<float>(std::clamp((u - .9) / .2, 0.0, .6))}
                  : BoneWeight{kNeck, static_cast<float>(std::clamp(.35 + u / .5, 0.0, 1.0))};
  });
  if (s.kind == Kind::kHorse || s.kind == Kind::kBoar) {  // a crest of hair along the neck
    const double hair = s.kind == Kind::kHorse ? .17 : .07;
    Ring low;
    std::vector<Ring> crest;
    for (int i = 0; i <= 8; ++i) {
      const double u = static_cast<double>(i) / 8;
      const double h = h1 + (h0 - h1) * std::pow(1 - u, 1.25);
      const Vec3d root =
          base + along * ((.02 + 1.0 * u) * s.neck_m) + up * (.80 * h - .10 * (h - h1));
      const double lean = s.kind == Kind::kHorse ? .55 : 0;  // falls to one side
      const Vec3d tip = root + up * (hair * (1 - lean)) + Vec3d(0, .45 * lean * hair * 2, 0);
      const double t = .016 + .02 * (1 - u);
      crest.push_back({root + Vec3d(0, -t, 0), root + Vec3d(0, t, -.3 * hair), tip});
    }
    TriangleMesh mane = loft(crest, kCoatMane, {.crease_rad = .9f});
    if (signed_volume(mane) < 0) mane = flipped(mane);
    b.body.append_with(mane, [&](const Vec3f& p) {
      const double u = glm::dot(Vec3d(p) - base, along) / s.neck_m;
      return BoneWeight{kNeck, static_cast<float>(std::clamp(.35 + u / .5, 0.0, 1.0))};
    });
  }
}

void add_tail(const AnimalBuilder& b) {
  const AnimalShape& s = b.shape;
  const Vec3d root = b.rig.bones.joint[kTail];
  const Vec3d along = glm::normalize(b.rig.bones.joint[kTailTip] - root);
  const bool bushy = s.kind == Kind::kFox || s.kind == Kind::kHorse;
  const bool tuft = s.kind == Kind::kCow || s.kind == Kind::kBoar;
  std::vector<Vec3f> path;
  std::vector<float> radii;
  for (int i = 0; i <= 8; ++i) {
    const double u = i / 8.0;
    // Carried tails curve up at the end, hanging ones down.
    const double bend = (s.tail_rad < .5 ? .12 : -.05) * u * u * s.tail_m;
    path.emplace_back(root + along * (u * s.tail_m * (i == 0 ? 1 : 1)) + Vec3d(0, 0, bend));
    double r = s.tail_radius_m * (1 - .55 * u);
    if (bushy) r = s.tail_radius_m * (.45 + 1.1 * std::sin(M_PI * std::pow(u, .8)));
    if (tuft)
      r = s.tail_radius_m * (u < .7 ? 1 - .4 * u : .6 + 2.6 * std::sin(M_PI * (u - .7) / .36));
    radii.push_back(static_cast<float>(std::max(r, .25 * s.tail_radius_m)));
  }
  TriangleMesh mesh = tube(path, radii, 9, s.kind == Kind::kHorse || tuft ? kCoatMane : kCoatBack);
  if (b.coat.rump && s.kind != Kind::kRedDeer) set_material(mesh, kCoatMarks);
  if (b.coat.tail_tip) {
    for (std::size_t t = 0; t < mesh.triangles.size(); ++t) {
      const Vec3d p(mesh.positions[mesh.triangles[t][0]]);
      if (glm::dot(p - root, along) > .76 * s.tail_m) mesh.material[t] = kCoatMarks;
    }
  }
  b.body.append_with(mesh, [&](const Vec3f& p) {
    const double u = glm::dot(Vec3d(p) - root, along) / s.tail_m;
    return u < .45 ? BoneWeight{kTail, static_cast<float>(std::clamp(.3 + 2 * u, 0.0, 1.0))}
                   : BoneWeight{kTailTip, static_cast<float>(std::clamp((u - .35) * 2, 0.0, 1.0))};
  });
}

SkinnedMesh build_animal(const AnimalShape& shape, const AnimalCoat& coat, const AnimalRig& rig,
                         core::RandomStream& stream) {
  SkinnedMesh body;
  const AnimalBuilder builder{shape, coat, rig, stream, body};
  add_trunk(builder);
  add_neck(builder);
  add_animal_head(builder);
  add_animal_legs(builder);
  add_tail(builder);
  body.mesh.remove_degenerate();
  return body;
}

}  // namespace oddroad::asset
