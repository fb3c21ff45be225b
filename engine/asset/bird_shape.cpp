#include "engine/asset/bird_shape.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/asset/materials.h"
#include "engine/asset/mesh_tools.h"

namespace oddroad::asset {

using math::Vec3d;
using namespace bird_bone;

namespace {

constexpr double kDeg = std::numbers::pi / 180;

constexpr BirdShape kRows[] = {{BirdKind::kPigeon, .33, .65, .105, 28 * kDeg, .20, .058, .075,
                                62 * kDeg, .042, .020, .12, .13, 6.0, .6},
                               {BirdKind::kCrow, .47, .95, .165, 26 * kDeg, .26, .070, .080,
                                52 * kDeg, .062, .055, .19, .19, 4.2, .25},
                               {BirdKind::kGoose, .85, 1.65, .26, 10 * kDeg, .48, .135, .33,
                                72 * kDeg, .090, .055, .17, .30, 4.4, 0}};

Vec3d shoulder(const BirdShape& s) {
  return {.34 * s.body_m, .55 * s.body_half_m, .45 * s.body_half_m};
}

void add_body(const BirdShape& s, const BoneRig& rig, SkinnedMesh& out) {
  const Vec3d hip = rig.joint[kBody];
  const glm::dquat turn = glm::angleAxis(-s.pitch_rad, Vec3d(0, 1, 0));
  const double rows[][3] = {// along the body, half depth, half width (of body_half)
                            {-.50, .16, .22}, {-.42, .42, .46}, {-.25, .78, .80}, {-.05, .97, .98},
                            {.15, 1.0, 1.0},  {.32, .86, .86},  {.44, .58, .58},  {.50, .30, .30}};
  std::vector<Ring> rings;
  for (const auto& row : rows) {
    Ring ring;
    for (int k = 0; k < 14; ++k) {
      const double a = 2 * std::numbers::pi * k / 14;
      const Vec3d local((row[0] + .08) * s.body_m, s.body_half_m * .92 * row[2] * std::cos(a),
                        s.body_half_m * (.25 + row[1] * std::sin(a)));
      ring.emplace_back(hip + turn * local);
    }
    rings.push_back(std::move(ring));
  }
  TriangleMesh body = loft(rings, kPlumage, {.crease_rad = 1.2f});
  if (s.kind == BirdKind::kGoose) {
    for (std::size_t t = 0; t < body.triangles.size(); ++t) {
      if (body.normals[body.triangles[t][0]].z < -.5f) body.material[t] = kPlumageLight;
    }
  }
  out.append(body, {kBody, 1});
  // The tail: a flat fan behind.
  const Vec3d root = rig.joint[kTail];
  const double half = .20 * s.tail_m + .010;
  std::vector<Ring> fan;
  for (int i = 0; i <= 3; ++i) {
    const double u = i / 3.0;
    Ring ring;
    for (int k = 0; k < 8; ++k) {
      const double a = 2 * std::numbers::pi * k / 8;
      ring.emplace_back(root + turn * Vec3d((.10 - u * 1.08) * s.tail_m,
                                            half * (1 + 1.0 * u) * std::cos(a),
                                            .05 * s.tail_m * (1.6 - 1.4 * u) * std::sin(a)));
    }
    fan.push_back(std::move(ring));
  }
  TriangleMesh tail = loft(fan, kPlumageDark, {.crease_rad = 1.0f});
  out.append(signed_volume(tail) < 0 ? flipped(tail) : tail, {kTail, 1});
}

void add_head(const BirdShape& s, const BoneRig& rig, SkinnedMesh& out) {
  const Vec3d base = rig.joint[kNeck];
  const Vec3d head = rig.joint[kHead];
  const double r = .5 * s.head_m;
  const bool goose = s.kind == BirdKind::kGoose;
  std::vector<Vec3f> path;
  std::vector<float> radii;
  for (int i = 0; i <= 5; ++i) {
    const double u = i / 5.0;
    path.emplace_back(glm::mix(base, head, u * 1.12 - .12));
    const double thick = goose ? .50 : .72;
    radii.push_back(static_cast<float>(.78 * s.body_half_m * std::pow(1 - u, 1.3) +
                                       thick * r * (1 - std::pow(1 - u, 1.3))));
  }
  TriangleMesh neck = tube(path, radii, 12, kPlumageDark);
  out.append_with(neck, [&](const Vec3f& p) {
    const double u = glm::dot(Vec3d(p) - base, head - base) / (s.neck_m * s.neck_m);
    return u > .85 ? BoneWeight{kHead, static_cast<float>(std::clamp((u - .85) * 3, 0.0, .6))}
                   : BoneWeight{kNeck, static_cast<float>(std::clamp(.3 + 1.5 * u, 0.0, 1.0))};
  });
  const Vec3f centre(head + Vec3d(.25 * s.head_m, 0, .12 * s.head_m));
  out.append(ellipsoid(centre,
                       {static_cast<float>(.62 * s.head_m), static_cast<float>(.84 * r),
                        static_cast<float>(.95 * r)},
                       12, 8, kPlumageDark),
             {kHead, 1});
  const double bill = s.bill_m;
  const Vec3d root = head + Vec3d(.72 * s.head_m, 0, .06 * s.head_m);
  out.append(cylinder(Vec3f(root), Vec3f(root + Vec3d(bill, 0, -.22 * bill)),
                      static_cast<float>((goose ? .36 : .28) * r + .10 * bill),
                      static_cast<float>(goose ? .18 * r : .06 * r), 8, kBill),
             {kHead, 1});
  for (const float y : {1.f, -1.f}) {
    const Vec3f eye = centre + Vec3f(static_cast<float>(.26 * s.head_m), y * .74f * float(r),
                                     static_cast<float>(.18 * s.head_m));
    const auto size = static_cast<float>(.11 * s.head_m);
    out.append(ellipsoid(eye, {size, .6f * size, size}, 6, 4, kBirdEye), {kHead, 1});
    if (goose) {  // the white chin strap of a Canada goose
      out.append(
          ellipsoid(centre + Vec3f(-.01f, y * .62f * float(r), -.1f * float(r)),
                    {.55f * float(r), .30f * float(r), .62f * float(r)}, 8, 5, kPlumageLight),
          {kHead, 1});
    }
  }
}

void add_legs(const BirdShape& s, const BoneRig& rig, SkinnedMesh& out) {
  for (int side = 0; side < 2; ++side) {
    const auto at = [&](Segment k) {
      return Vec3f(rig.joint[of(side, k)]);
    };
    const auto thin = static_cast<float>(.030 * s.hip_m + .0012);
    const float thigh[] = {.45f * float(s.body_half_m), 1.3f * thin};
    const Vec3f shank[] = {at(kShank), at(kTarsus)};
    out.append(tube(shank, thigh, 8, kPlumage), {of(side, kShank), 1});
    out.append(cylinder(at(kTarsus), at(kToes), 1.15f * thin, thin, 7, kBirdLegs),
               {of(side, kTarsus), 1});
    // Three toes ahead and one behind; a goose has a web between them.
    const auto toe = static_cast<float>(.30 * s.hip_m);
    const Vec3f root = at(kToes);
    for (const float a : {-.5f, 0.f, .5f, kPi}) {
      const Vec3f tip = root + (a > 1 ? .45f : 1.f) * toe * Vec3f(std::cos(a), std::sin(a), 0);
      out.append(cylinder({root.x, root.y, .8f * thin}, {tip.x, tip.y, .45f * thin}, .8f * thin,
                          .45f * thin, 6, kBirdLegs),
                 {of(side, kToes), 1});
    }
    if (s.kind == BirdKind::kGoose) {
      const Vec2f web[] = {{root.x, root.y},
                           {root.x + toe * .85f, root.y - .47f * toe},
                           {root.x + toe * .95f, root.y},
                           {root.x + toe * .85f, root.y + .47f * toe}};
      out.append(extrude(web, .002f, .006f, kBirdLegs), {of(side, kToes), 1});
    }
  }
}

// Folded wings hug the flank; each is a closed shell of two sheets.
Vec3d folded_point(const BirdShape& s, const BoneRig& rig, const WingPoint& w) {
  const double sign = w.side == 0 ? 1 : -1;
  const glm::dquat turn = glm::angleAxis(-s.pitch_rad, Vec3d(0, 1, 0));
  // Span runs back along the flank, chord from the back down over the side.
  const double x = .40 * s.body_m - w.span * (.86 * s.body_m + .55 * s.tail_m);
  const double narrow = 1 - .75 * std::pow(w.span, 1.6);
  const double a = (1.15 - 1.45 * w.chord * narrow - .15 * w.span);
  const double bulge = std::sqrt(std::max(.03, 1 - std::pow((x / s.body_m - .1) / .62, 2)));
  const double r = s.body_half_m * (.96 * bulge + .10) + .5 * w.thick;
  return rig.joint[kBody] +
         turn * Vec3d(x, sign * r * std::cos(a), .25 * s.body_half_m + r * std::sin(a));
}

void add_wings(const BirdShape& s, const BoneRig& rig, BirdBody& out) {
  out.first_wing = out.skinned.mesh.positions.size();
  constexpr int kSpans = 10;
  constexpr int kChords = 4;
  for (int side = 0; side < 2; ++side) {
    std::vector<Ring> rings;
    std::vector<std::vector<WingPoint>> points;
    for (int i = 0; i <= kSpans; ++i) {
      Ring ring;
      std::vector<WingPoint> row;
      const double span = static_cast<double>(i) / kSpans;
      const double thick = .035 * s.chord_m * (1.1 - span);
      for (int k = 0; k < 2 * kChords; ++k) {
        const bool over = k < kChords;
        const int c = over ? k : 2 * kChords - 1 - k;
        const double chord = static_cast<double>(c) / (kChords - 1);
        row.push_back({side, span, chord, over ? thick : -thick});
        ring.emplace_back(folded_point(s, rig, row.back()));
      }
      rings.push_back(std::move(ring));
      points.push_back(std::move(row));
    }
    // Stitched by hand: every vertex must know its wing point.
    TriangleMesh mesh;
    const auto n = static_cast<std::uint32_t>(2 * kChords);
    for (std::size_t i = 0; i < rings.size(); ++i) {
      for (std::size_t k = 0; k < n; ++k) {
        mesh.add_vertex(rings[i][k], {0, 0, 1}, {0, 0});
        out.wing.push_back(points[i][k]);
      }
    }
    const auto face = [&](std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint16_t m) {
      if (side == 0) mesh.add_triangle(a, b, c, m);
      if (side == 1) mesh.add_triangle(a, c, b, m);
    };
    for (std::uint32_t i = 0; i + 1 < rings.size(); ++i) {
      for (std::uint32_t k = 0; k < n; ++k) {
        const std::uint32_t a = i * n + k;
        const std::uint32_t b = i * n + (k + 1) % n;
        const bool dark = i >= 6 || k == kChords - 2;
        const std::uint16_t m = dark ? kPlumageDark : kPlumage;
        face(a, a + n, b, m);
        face(b, a + n, b + n, m);
      }
    }
    for (const std::uint32_t row : {0u, static_cast<std::uint32_t>(rings.size() - 1)}) {
      for (std::uint32_t k = 0; k + 1 < kChords; ++k) {
        const std::uint32_t a = row * n + k;
        const std::uint32_t d = row * n + n - 1 - k;
        if (row == 0) {
          face(a, a + 1, d, kPlumage), face(a + 1, d - 1, d, kPlumage);
        } else {
          face(a, d, a + 1, kPlumageDark), face(a + 1, d, d - 1, kPlumageDark);
        }
      }
    }
    out.skinned.append(mesh, {kBody, 1});
  }
}

}  // namespace

BirdShape bird_shape(BirdKind kind, const PropNumbers& n) {
  BirdShape s = kRows[static_cast<int>(kind)];
  core::RandomStream stream = n.stream("bird/shape");
  const double drawn = 1 + .05 * (2 * stream.uniform() - 1);
  const double factor = n.is_set("length") ? n.get("length") / s.length_m : drawn;
  for (double BirdShape::*v :
       {&BirdShape::length_m, &BirdShape::span_m, &BirdShape::hip_m, &BirdShape::body_m,
        &BirdShape::body_half_m, &BirdShape::neck_m, &BirdShape::head_m, &BirdShape::bill_m,
        &BirdShape::tail_m, &BirdShape::chord_m}) {
    s.*v *= factor;
  }
  return s;
}

BoneRig bird_rig(const BirdShape& s) {
  BoneRig rig;
  rig.joint.resize(kCount);
  rig.parent.assign(kCount, kBody);
  const glm::dquat turn = glm::angleAxis(-s.pitch_rad, Vec3d(0, 1, 0));
  const Vec3d hip(0, 0, s.hip_m);
  rig.joint[kBody] = hip;
  rig.joint[kNeck] = hip + turn * Vec3d(.44 * s.body_m, 0, .45 * s.body_half_m);
  rig.joint[kHead] =
      rig.joint[kNeck] + Vec3d(std::cos(s.neck_rad), 0, std::sin(s.neck_rad)) * s.neck_m;
  rig.joint[kTail] = hip + turn * Vec3d(-.40 * s.body_m, 0, .25 * s.body_half_m);
  rig.parent[kHead] = kNeck;
  const double y = .45 * s.body_half_m;
  for (int side = 0; side < 2; ++side) {
    const double sign = side == 0 ? 1 : -1;
    // The heel stands back; foot below the body's middle.
    const Vec3d foot(.02 * s.body_m, sign * y, .030 * s.hip_m + .0012);
    const Vec3d heel(-.10 * s.hip_m, sign * y, .48 * s.hip_m);
    rig.joint[of(side, kShank)] = {.06 * s.body_m, sign * y, .97 * s.hip_m};
    rig.joint[of(side, kTarsus)] = heel;
    rig.joint[of(side, kToes)] = foot;
    rig.parent[of(side, kTarsus)] = of(side, kShank);
    rig.parent[of(side, kToes)] = of(side, kTarsus);
  }
  return rig;
}

BirdBody build_bird(const BirdShape& shape, const BoneRig& rig) {
  BirdBody out;
  add_body(shape, rig, out.skinned);
  add_head(shape, rig, out.skinned);
  add_legs(shape, rig, out.skinned);
  add_wings(shape, rig, out);
  math::TriangleMesh& mesh = out.skinned.mesh;
  // Wings get normals from their folded faces.
  std::vector<math::Vec3f> normal(mesh.positions.size(), math::Vec3f(0));
  for (const auto& t : mesh.triangles) {
    const math::Vec3f face = glm::cross(mesh.positions[t[1]] - mesh.positions[t[0]],
                                        mesh.positions[t[2]] - mesh.positions[t[0]]);
    for (const std::uint32_t v : t) normal[v] += face;
  }
  for (std::size_t v = out.first_wing; v < normal.size(); ++v) {
    mesh.normals[v] = glm::length(normal[v]) > 0 ? glm::normalize(normal[v]) : math::Vec3f(0, 0, 1);
  }
  return out;
}

Vec3d spread_point(const BirdShape& s, const WingPoint& w, double arm_rad, double hand_rad) {
  const double sign = w.side == 0 ? 1 : -1;
  const Vec3d root = shoulder(s);
  const double half = .5 * s.span_m - root.y;
  const double arm = .45 * half;
  const double out = w.span * half;
  // Chord: full at the arm, tapering and swept back in the hand.
  const double u = std::max(0.0, (w.span - .45) / .55);
  const double chord = s.chord_m * (1 - .62 * u * u);
  const double sweep = .10 * s.chord_m * w.span - .55 * s.chord_m * u * u;
  const double x = .28 * s.chord_m + sweep - chord * w.chord;
  const double inner = std::min(out, arm);
  const double outer = out - inner;
  const double y = inner * std::cos(arm_rad) + outer * std::cos(hand_rad);
  const double z = inner * std::sin(arm_rad) + outer * std::sin(hand_rad);
  const double camber = .05 * s.chord_m * (1 - std::pow(2 * w.chord - 1, 2)) * (1 - .6 * w.span);
  return {root.x + x, sign * (root.y + y), root.z + z + camber + w.thick};
}

std::vector<Material> bird_materials(BirdKind kind) {
  using materials::plain;
  const auto plumage = [](const char* name, int r, int g, int b) {
    const math::Vec3f c = linear_from_srgb(r, g, b);
    return plain(name, glm::max(c, math::Vec3f(.012f)), .7f, .25f + .5f * c.y);
  };
  std::vector<Material> out;
  if (kind == BirdKind::kPigeon) {
    out = {plumage("plumage", 138, 144, 154), plumage("plumage_dark", 78, 84, 96),
           plumage("plumage_light", 200, 202, 204)};
  } else if (kind == BirdKind::kCrow) {
    out = {plumage("plumage", 30, 30, 34), plumage("plumage_dark", 24, 24, 27),
           plumage("plumage_light", 40, 40, 44)};
  } else {
    out = {plumage("plumage", 128, 112, 94), plumage("plumage_dark", 36, 33, 31),
           plumage("plumage_light", 222, 218, 208)};
  }
  const bool red = kind == BirdKind::kPigeon;
  out.push_back(plain("bill", {.03f, .03f, .032f}, .4f, .2f));
  out.push_back(red ? plain("bird_legs", {.32f, .07f, .06f}, .6f, .4f)
                    : plain("bird_legs", {.025f, .025f, .025f}, .6f, .2f));
  out.push_back(red ? plain("bird_eye", {.45f, .12f, .02f}, .1f, .1f)
                    : plain("bird_eye", {.015f, .012f, .01f}, .1f, .1f));
  return out;
}

}  // namespace oddroad::asset
