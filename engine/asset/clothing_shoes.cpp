// Shoes: a sole with toe spring and a softly rounded upper of another material.
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/asset/clothing.h"

namespace oddroad::asset {

namespace {

// Outline and profile along the foot, u = 0 at the heel, 1 at the toe, as fractions of foot length.
struct Station {
  double u, inner, outer, top;
};
constexpr std::array<Station, 11> kStations{{{0, .035, .035, .27},
                                             {.03, .100, .100, .31},
                                             {.10, .135, .140, .345},
                                             {.22, .145, .150, .365},
                                             {.36, .140, .155, .36},
                                             {.50, .150, .172, .305},
                                             {.64, .185, .190, .250},
                                             {.76, .200, .190, .215},
                                             {.88, .180, .155, .190},
                                             {.96, .120, .095, .160},
                                             {1.0, .040, .030, .115}}};

Station station_at(double u) {
  std::size_t i = 0;
  while (i + 2 < kStations.size() && u > kStations[i + 1].u) ++i;
  const Station& a = kStations[i];
  const Station& b = kStations[i + 1];
  const double w = std::clamp((u - a.u) / (b.u - a.u), 0.0, 1.0);
  const auto mix = [w](double p, double q) {
    return p + w * (q - p);
  };
  return {u, mix(a.inner, b.inner), mix(a.outer, b.outer), mix(a.top, b.top)};
}

// Sections crowd where the outline bends.
double spread(double t) {
  return .5 - .5 * std::cos(3.14159265358979 * t);
}

struct Last {
  double heel_x, length, sole_m, centre_y, sign;  // sign: +1 = left foot
  // y of the outline: side +1 = outer edge.
  [[nodiscard]] double edge(const Station& s, double side, double widen_m) const {
    const double half = (side > 0 ? s.outer : s.inner) * length + widen_m;
    return centre_y + sign * side * half;
  }
  // The sole curls up under the toes and slightly at the heel.
  [[nodiscard]] double spring(double u) const {
    const double toe = std::max(0.0, u - .80) / .20;
    const double heel = std::max(0.0, .06 - u) / .06;
    return length * (.030 * toe * toe + .010 * heel * heel);
  }
};

TriangleMesh make_sole(const Last& last) {
  constexpr int kHalf = 13;
  std::vector<Ring> rings;
  const double rand_m = .004;
  const std::array<std::array<double, 2>, 5> levels{{{-.004, 0},
                                                     {rand_m, .004},
                                                     {rand_m + .001, last.sole_m * .6},
                                                     {rand_m, last.sole_m},
                                                     {-.003, last.sole_m + .003}}};
  for (const auto& [widen, z] : levels) {
    Ring ring;
    for (int i = 0; i < 2 * kHalf; ++i) {
      const bool first = i < kHalf;
      const double t = first ? (i + .5) / kHalf : 1 - (i - kHalf + .5) / kHalf;
      const double u = spread(t);
      const Station s = station_at(u);
      // Counter-clockwise seen from above: right edge forwards, left edge backwards.
      const double side = (first ? -1 : 1) * last.sign;
      const double x = last.heel_x + u * last.length + (u > .5 ? widen : -widen);
      ring.push_back(Vec3f(Vec3d(x, last.edge(s, side, widen), z + last.spring(u))));
    }
    rings.push_back(std::move(ring));
  }
  return loft(rings, kMatSole);
}

TriangleMesh make_upper(const Last& last) {
  constexpr int kRings = 15;
  constexpr int kPoints = 13;
  std::vector<Ring> rings;
  for (int i = 0; i < kRings; ++i) {
    const double u = .004 + .992 * spread(static_cast<double>(i) / (kRings - 1));
    const Station s = station_at(u);
    Ring ring;
    const double floor = last.sole_m * .8 + last.spring(u);
    const double height = s.top * last.length - .014;
    for (int j = 0; j < kPoints; ++j) {
      // An arch from one edge over the instep to the other; right-handed about +x.
      const double a = 3.14159265358979 * (j / (kPoints - 1.0));
      const double c = std::cos(a);
      const double n = std::sin(a);
      const double side = (c > 0 ? 1 : -1) * last.sign;
      const double half = std::abs(last.edge(s, side, -.001) - last.centre_y);
      const double rounded = std::pow(std::abs(c), .75);
      const double y = last.centre_y + (c > 0 ? 1 : -1) * rounded * half;
      ring.push_back(
          Vec3f(Vec3d(last.heel_x + u * last.length, y, floor + height * std::pow(n, .8))));
    }
    rings.push_back(std::move(ring));
  }
  LoftOptions options;
  options.crease_rad = 1.1f;
  return loft(rings, kMatShoe, options);
}

// Laces or a strap over the instep.
TriangleMesh make_laces(const Last& last, std::uint16_t material) {
  TriangleMesh out;
  for (int k = 0; k < 4; ++k) {
    const double u = .40 + .065 * k;
    const Station s = station_at(u);
    const double z = last.sole_m * .8 + s.top * last.length - .014;
    std::vector<Vec3f> path;
    for (int i = -2; i <= 2; ++i) {
      const double a = i / 2.0;
      const double half = .62 * s.inner * last.length * a;
      const double drop = (s.top * last.length - .014) * (1 - std::pow(1 - a * a * .52, .55));
      path.push_back(
          Vec3f(Vec3d(last.heel_x + u * last.length, last.centre_y + half, z - drop + .001)));
    }
    const std::vector<float> radii{.0035f};
    out.append(tube(path, radii, 4, material, false));
  }
  return out;
}

}  // namespace

void add_shoes(const Tailor& t) {
  const Skeleton& s = t.skeleton;
  for (int side = 0; side < 2; ++side) {
    const double length = t.traits.shape.foot_length * t.h() + .018;
    const Vec3d ankle = s.joint[bone_of(kFoot, side)];
    const Last last{ankle.x - s.heel_m - .006, length, t.traits.shape.sole_m, ankle.y,
                    side_sign(side)};
    const auto weight = [&](const Vec3d& p) {
      return t.weights.foot(p, side);
    };
    t.out.add(make_sole(last), weight);
    t.out.add(make_upper(last), weight);
    if (!t.traits.outfit.leather_shoes) {
      const bool pale = glm::length(t.traits.outfit.shoe_color) > .6f;
      t.out.add(make_laces(last, pale ? kMatTrim : kMatSole), weight);
    }
  }
}

}  // namespace oddroad::asset
