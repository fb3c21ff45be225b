#include "engine/asset/person_hair.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

namespace oddroad::asset {

namespace {

double table(std::span<const std::array<double, 2>> rows, double x) {
  std::size_t i = 0;
  while (i + 2 < rows.size() && x > rows[i + 1][0]) ++i;
  const double u = std::clamp((x - rows[i][0]) / (rows[i + 1][0] - rows[i][0]), 0.0, 1.0);
  return rows[i][1] + u * (rows[i + 1][1] - rows[i][1]);
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

}  // namespace

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

void add_hair(const HeadFrame& frame, const HeadShape& head, const HairCut& cut,
              const AddPiece& add) {
  const bool hangs = cut.curtain > -1.5;
  const bool bald = cut.crown < 0;
  const auto point = [&](const HeadSpot& spot) {
    const auto& [d, skin] = spot;
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
  TriangleMesh shell =
      around(frame, head, plain ? HeadGrid::kUnderHat : HeadGrid::kHair, point, cut.material);
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

void add_beard(const HeadFrame& frame, const HeadShape& head, const AddPiece& add) {
  constexpr std::array<std::array<double, 2>, 6> kTop{
      {{0, -.19}, {14, -.20}, {24, -.22}, {45, -.16}, {70, -.06}, {82, -.02}}};
  const auto point = [&](const HeadSpot& spot) {
    const auto& [d, skin] = spot;
    const double azimuth = std::abs(std::atan2(skin.y, skin.x + .02)) * 180 / std::numbers::pi;
    const double top = table(kTop, azimuth);
    const double mouth = ellipsoid_distance(skin, {.36, 0, -.262}, {.2, .118, .042});
    const double inside = smooth_step(-.02, .03, top - skin.z) * smooth_step(-.01, .02, mouth) *
                          (1 - smooth_step(82, 92, azimuth)) * smooth_step(-.04, .06, skin.x - .02);
    return skin + d * (-.02 + inside * (.042 + .008 * bump_noise(skin * 16.0, 9)));
  };
  TriangleMesh shell = around(frame, head, HeadGrid::kBeard, point, kMatHair);
  drop_if(shell, [&](std::uint32_t v) {
    return head.skin((Vec3d(shell.positions[v]) - frame.origin) / frame.scale) < -.009;
  });
  add(shell);
}

void add_tied_hair(const Tailor& t, const HeadFrame& frame, const AddPiece& add) {
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

void add_vents(const HeadFrame& frame, const HeadShape& head, const HairCut& cut,
               const AddPiece& add) {
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

}  // namespace oddroad::asset
