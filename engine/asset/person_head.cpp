// Neck, head with features, ears, and hair or what covers it.
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "engine/asset/clothing.h"
#include "engine/asset/head_shape.h"

namespace oddroad::asset {

namespace {

constexpr double kPi2 = 2 * std::numbers::pi;

Vec3d direction(double azimuth, double elevation) {
  return {std::cos(elevation) * std::cos(azimuth), std::cos(elevation) * std::sin(azimuth),
          std::sin(elevation)};
}
// Columns crowd on the face.
double azimuth_of(double w) {
  return std::numbers::pi * (.52 * w + .48 * w * w * w);
}

using Radial = std::function<Vec3d(const Vec3d& direction)>;

// A closed surface around the head's middle.
TriangleMesh around(const HeadFrame& frame, const Radial& point, int columns, int rows,
                    std::uint16_t material) {
  std::vector<Ring> rings;
  for (int i = 0; i < rows; ++i) {
    const double w = -1 + 2.0 * (i + .35) / (rows - .3);
    const double elevation = (.80 * w + .20 * w * w * w) * std::numbers::pi / 2;
    Ring ring;
    for (int j = 0; j < columns; ++j) {
      const double azimuth = azimuth_of(-1 + 2.0 * j / columns);
      ring.push_back(frame(point(direction(azimuth, elevation))));
    }
    rings.push_back(std::move(ring));
  }
  LoftOptions options;
  options.crease_rad = 1.4f;
  return loft(rings, material, options);
}

void drop_if(TriangleMesh& mesh, const std::function<bool(std::uint32_t)>& hidden) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < mesh.triangles.size(); ++i) {
    const auto [a, b, c] = mesh.triangles[i];
    if (hidden(a) && hidden(b) && hidden(c)) continue;
    mesh.triangles[kept] = mesh.triangles[i];
    mesh.material[kept++] = mesh.material[i];
  }
  mesh.triangles.resize(kept);
  mesh.material.resize(kept);
}

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

void add_eyes(const Tailor& t, const HeadFrame& frame, const HeadShape& head,
              const std::function<void(const TriangleMesh&)>& add) {
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

void add_mouth(const HeadFrame& frame, const HeadShape& head,
               const std::function<void(const TriangleMesh&)>& add) {
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

void add_ears(const HeadFrame& frame, const HeadShape& head,
              const std::function<void(const TriangleMesh&)>& add) {
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

// --- hair -------------------------------------------------------------------------------------

double table(const std::vector<std::array<double, 2>>& rows, double x) {
  std::size_t i = 0;
  while (i + 2 < rows.size() && x > rows[i + 1][0]) ++i;
  const double u = std::clamp((x - rows[i][0]) / (rows[i + 1][0] - rows[i][0]), 0.0, 1.0);
  return rows[i][1] + u * (rows[i + 1][1] - rows[i][1]);
}

struct HairCut {
  // Lower edge of the hair over the azimuth in degrees (0 front, 180 back), canonical z.
  std::vector<std::array<double, 2>> line;
  double thickness = .05;
  double crown = .05;   // thickness on top
  double curtain = -2;  // hair hangs behind the face down to this z; -2 = it does not
  double strand = .3;   // relief
  std::uint16_t material = kMatHair;
};

HairCut cut_of(const Tailor& t) {
  HairCut cut;
  const std::vector<std::array<double, 2>> kept{{0, .305},   {35, .27},   {58, .16},  {70, .02},
                                                {80, -.07},  {86, .00},   {94, .115}, {104, .085},
                                                {118, -.10}, {150, -.22}, {180, -.24}};
  const std::vector<std::array<double, 2>> over_ears{
      {0, .29}, {30, .26}, {52, .13}, {64, -.02}, {72, -.25}, {84, -.36}, {110, -.42}, {180, -.46}};
  switch (t.traits.hair) {
    case HairStyle::kShort:
      cut.line = kept;
      cut.thickness = .055;
      cut.crown = .055;
      break;
    case HairStyle::kMedium:
      cut.line = over_ears;
      cut.thickness = .085;
      cut.crown = .06;
      cut.curtain = -.50;
      break;
    case HairStyle::kLong:
      cut.line = over_ears;
      cut.thickness = .085;
      cut.crown = .055;
      cut.curtain = -.86;
      break;
    case HairStyle::kBeanie:
      cut.line = {{0, .17}, {60, .13}, {95, .03}, {130, -.08}, {180, -.12}};
      cut.thickness = .065;
      cut.crown = .07;
      cut.strand = .10;
      cut.material = kMatUpperAccent;
      break;
    case HairStyle::kCap:
      cut.line = {{0, .22}, {60, .19}, {95, .10}, {130, .00}, {180, -.04}};
      cut.thickness = .05;
      cut.crown = .07;
      cut.strand = 0;
      cut.material = kMatUpperAccent;
      break;
    case HairStyle::kAfro:
      cut.line = {{0, .31}, {35, .28}, {58, .18}, {72, .05}, {84, -.04}, {110, -.12}, {180, -.24}};
      cut.thickness = .17;
      cut.crown = .20;
      cut.strand = .16;
      break;
    case HairStyle::kScarf:
      cut.line = {{0, .27}, {30, .22}, {50, .06}, {62, -.12}, {74, -.34}, {90, -.44}, {180, -.5}};
      cut.thickness = .06;
      cut.crown = .06;
      cut.curtain = -.66;
      cut.strand = .08;
      cut.material = kMatUpperAccent;
      break;
    case HairStyle::kHelmet:
      cut.line = {{0, .21}, {60, .20}, {100, .16}, {140, .06}, {180, -.02}};
      cut.thickness = .12;
      cut.crown = .15;
      cut.strand = 0;
      cut.material = kMatHelmet;
      break;
    case HairStyle::kBald:
      cut.line = {{0, .9}, {75, .9}, {84, .12}, {94, .14}, {104, .09}, {118, -.10}, {180, -.20}};
      cut.thickness = .022;
      cut.crown = -.02;
      break;
    default:  // tied back
      cut.line = kept;
      cut.line[10][1] = -.20;
      cut.thickness = .045;
      cut.crown = .045;
      cut.strand = .2;
  }
  return cut;
}

// Hanging hair: an upright shell behind the face that narrows towards its end.
double curtain_distance(const Vec3d& q, const HairCut& cut) {
  const double below = std::clamp((.10 - q.z) / (.10 - cut.curtain), 0.0, 1.0);
  const double wave = .012 * bump_noise({q.x * 7, q.y * 7, q.z * 5}, 5);
  const double half_x = .425 - .15 * below + wave;
  const double half_y = .400 - .06 * below * below + wave;
  const double x = (q.x + .095 + .03 * below) / half_x;
  const double y = q.y / half_y;
  const double r = std::hypot(x, y);
  const double side = (r - 1) * std::min(half_x, half_y);
  const double ends = std::max(cut.curtain + .05 * x * x - q.z, q.z - .15);
  return -smooth_min(-side, -ends, .08);
}

void add_hair(const HeadFrame& frame, const HeadShape& head, const HairCut& cut,
              const std::function<void(const TriangleMesh&)>& add) {
  const bool hangs = cut.curtain > -1.5;
  const bool bald = cut.crown < 0;
  const auto point = [&](const Vec3d& d) {
    const Vec3d skin = head.towards(d);
    const double azimuth = std::abs(std::atan2(skin.y, skin.x + .02)) * 180 / std::numbers::pi;
    const double line = table(cut.line, azimuth) +
                        (cut.material == kMatHair ? .006 * bump_noise(skin * 9.0, 3) : 0);
    const double inside = smooth_step(-.012, .055, skin.z - line);
    const double up = bald ? smooth_step(.23, .29, skin.z) : smooth_step(.15, .45, skin.z);
    double thickness = cut.thickness + up * (cut.crown - cut.thickness);
    const double strands = bump_noise({std::atan2(skin.y, skin.x) * 9, skin.z * 4.5, 1}, 4) +
                           .6 * bump_noise(skin * 9.0, 6);
    thickness *= 1 + cut.strand * .6 * strands;
    const double height = -.060 + inside * (thickness + .060);
    Vec3d p = skin + d * height;
    if (hangs && azimuth > 56) {
      // March inwards to the curtain if that lies further out.
      double far = 1.5;
      for (int i = 0; i < 60; ++i) {
        const double gap = curtain_distance(HeadShape::middle() + d * far, cut);
        if (gap < 1e-3) break;
        far -= .7 * gap;
        if (far < .05) break;
      }
      const double behind = smooth_step(56, 80, azimuth);
      const double near = glm::length(p - HeadShape::middle());
      if (far > near) p = HeadShape::middle() + d * (near + behind * (far - near));
    }
    return p;
  };
  const bool plain = cut.strand < .25 && cut.material == kMatHair;  // under a cap
  TriangleMesh shell = around(frame, point, plain ? 30 : 40, plain ? 18 : 22, cut.material);
  if (cut.material == kMatHair) {
    // Strands: locks of two shades run down from the crown.
    for (std::size_t n = 0; n < shell.triangles.size(); ++n) {
      const auto& pair = shell.triangles[n & ~std::size_t{1}];  // a quad has one shade
      const Vec3d q = (Vec3d(shell.positions[pair[0]]) - frame.origin) / frame.scale;
      const double azimuth = std::atan2(q.y, q.x + .05);
      if (bump_noise({azimuth * 7, q.z * 1.6, 3}, 8) > .12) shell.material[n] = kMatHairDark;
    }
  }
  const auto hidden = [&](std::uint32_t v) {
    const Vec3d q = (Vec3d(shell.positions[v]) - frame.origin) / frame.scale;
    return head.skin(q) < -.010;
  };
  drop_if(shell, hidden);
  add(shell);
}

void add_beard(const HeadFrame& frame, const HeadShape& head,
               const std::function<void(const TriangleMesh&)>& add) {
  const auto point = [&](const Vec3d& d) {
    const Vec3d skin = head.towards(d);
    const double azimuth = std::abs(std::atan2(skin.y, skin.x + .02)) * 180 / std::numbers::pi;
    const double top =
        table({{0, -.19}, {14, -.20}, {24, -.22}, {45, -.16}, {70, -.06}, {82, -.02}}, azimuth);
    const double mouth = ellipsoid_distance(skin, {.36, 0, -.262}, {.2, .118, .042});
    const double inside = smooth_step(-.02, .03, top - skin.z) * smooth_step(-.01, .02, mouth) *
                          (1 - smooth_step(82, 92, azimuth)) * smooth_step(-.04, .06, skin.x - .02);
    return skin + d * (-.02 + inside * (.042 + .008 * bump_noise(skin * 16.0, 9)));
  };
  TriangleMesh shell = around(frame, point, 34, 26, kMatHair);
  drop_if(shell, [&](std::uint32_t v) {
    return head.skin((Vec3d(shell.positions[v]) - frame.origin) / frame.scale) < -.009;
  });
  add(shell);
}

void add_tied_hair(const Tailor& t, const HeadFrame& frame,
                   const std::function<void(const TriangleMesh&)>& add) {
  if (t.traits.hair == HairStyle::kBun) {
    add(ellipsoid(frame({-.50, 0, .22}), Vec3f(frame.scale) * Vec3f(.15f, .18f, .16f), 14, 9,
                  kMatHair));
    return;
  }
  const std::vector<Vec3f> path{frame({-.40, 0, .24}),   frame({-.52, 0, .23}),
                                frame({-.60, 0, .12}),   frame({-.615, 0, -.08}),
                                frame({-.60, 0, -.32}),  frame({-.57, .01, -.56}),
                                frame({-.56, .01, -.78})};
  std::vector<float> radii;
  for (const double r : {.06, .075, .105, .12, .115, .09, .03}) {
    radii.push_back(static_cast<float>(r * frame.scale.z));
  }
  add(tube(path, radii, 10, kMatHair, true));
}

// Six air slots from front to back.
void add_vents(const HeadFrame& frame, const HeadShape& head, const HairCut& cut,
               const std::function<void(const TriangleMesh&)>& add) {
  for (const double y : {-.17, -.06, .06, .17}) {
    std::vector<Vec3f> path;
    for (int i = 0; i <= 10; ++i) {
      const double e = (.55 + 1.55 * i / 10.0);
      const Vec3d d = glm::normalize(Vec3d(std::cos(e), y * 1.15, std::sin(e)));
      const Vec3d skin = head.towards(d);
      const double up = smooth_step(.15, .45, skin.z);
      path.push_back(frame(skin + d * (cut.thickness + up * (cut.crown - cut.thickness) - .012)));
    }
    const std::vector<float> radii{static_cast<float>(.020 * frame.scale.z)};
    add(tube(path, radii, 6, kMatTrim, true));
  }
}

// The peak of a cap: a sheet that bends over the brow.
void add_peak(const HeadFrame& frame, const HeadShape& head,
              const std::function<void(const TriangleMesh&)>& add) {
  std::vector<Ring> rings;
  for (int i = 0; i <= 8; ++i) {
    const double azimuth = (-1 + 2.0 * i / 8) * .95;
    const Vec3d root = head.towards(direction(azimuth, .42));
    const double reach = .34 * std::cos(1.35 * azimuth);
    const Vec3d tip = root + Vec3d(reach, .15 * reach * std::sin(azimuth), -.32 * reach);
    const Vec3d up(0, 0, .022);
    rings.push_back({frame(root), frame(tip), frame(tip + up), frame(root + up)});
  }
  TriangleMesh peak = loft(rings, kMatUpperAccent, {.crease_rad = .8f});
  add(signed_volume(peak) < 0 ? flipped(peak) : peak);
}

// Rims, bridge and temples; clear lenses show nothing at the distances that matter.
void add_glasses(const HeadFrame& frame, const HeadShape& head,
                 const std::function<void(const TriangleMesh&)>& add) {
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

void add_neck(const Tailor& t) {
  SoftShape neck;
  neck.tubes = {neck_tube(t, 0)};
  const double bottom = neck.tubes[0].rings().front().s;
  const double top = neck.tubes[0].rings().back().s;
  SleeveOptions o;
  o.material = o.stripe_material = kMatSkin;
  o.rings = 7;
  o.segments = 18;
  o.from = [=](double) {
    return bottom;
  };
  o.to = [=](double) {
    return top;
  };
  t.out.add(sleeve(neck, 0, o), [&](const Vec3d& p) {
    return t.weights.trunk(p);
  });
}

}  // namespace

void add_head(const Tailor& t) {
  add_neck(t);
  const HeadFrame frame = head_frame(t.traits.shape);
  const HeadShape head(t.traits);
  const auto add = [&](const TriangleMesh& piece) {
    t.out.add(piece, [](const Vec3d&) {
      return SkinWeights::rigid(kHead);
    });
  };
  add(around(
      frame,
      [&](const Vec3d& d) {
        return head.towards(d);
      },
      40, 34, kMatSkin));
  add_eyes(t, frame, head, add);
  add_mouth(frame, head, add);
  if (t.traits.glasses) add_glasses(frame, head, add);
  const bool covered = t.traits.hair == HairStyle::kMedium || t.traits.hair == HairStyle::kLong ||
                       t.traits.hair == HairStyle::kScarf;
  if (!covered) add_ears(frame, head, add);
  if (t.traits.beard) add_beard(frame, head, add);
  const HairCut cut = cut_of(t);
  if (t.traits.hair == HairStyle::kHelmet || t.traits.hair == HairStyle::kBeanie ||
      t.traits.hair == HairStyle::kCap) {
    HairCut under;
    under.line = {{0, .305}, {58, .16}, {80, -.07}, {94, .115}, {118, -.10}, {180, -.24}};
    under.thickness = under.crown = .03;
    under.strand = .2;
    add_hair(frame, head, under, add);
  }
  add_hair(frame, head, cut, add);
  if (t.traits.hair == HairStyle::kCap) add_peak(frame, head, add);
  if (t.traits.hair == HairStyle::kHelmet) add_vents(frame, head, cut, add);
  if (t.traits.hair == HairStyle::kPonytail || t.traits.hair == HairStyle::kBun) {
    add_tied_hair(t, frame, add);
  }
}

}  // namespace oddroad::asset
