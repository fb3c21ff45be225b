#include "engine/asset/animal_shape.h"

#include <numbers>

namespace oddroad::asset {

namespace {

constexpr double kDeg = std::numbers::pi / 180;

// kind, withers, trunk, elbow, chest depth and width, neck, its angle, neck base, head, its angle,
// head depth and width, muzzle, leg, croup, hump, tuck, tail, its radius and angle, ear, paws
constexpr AnimalShape kRows[] = {
    {Kind::kRoe, .67,  .74,  .40, .27, .19, .33,  58 * kDeg, .62, .21,   32 * kDeg, .50, .46,
     .42,        .022, 1.04, 0,   .78, .03, .015, 70 * kDeg, .12, false, 0,         0},
    {Kind::kRedDeer, 1.20, 1.30,  .66, .53,  .36, .60, 52 * kDeg, .62, .43,
     30 * kDeg,      .46,  .40,   .42, .040, .99, 0,   .80,       .16, .03,
     75 * kDeg,      .19,  false, 0,   0},
    {Kind::kMoose, 1.85, 1.75, 1.08, .77, .52, .58, 22 * kDeg, .66, .65,   38 * kDeg, .38, .32,
     .82,          .060, .92,  .10,  .84, .10, .03, 80 * kDeg, .24, false, 0,         0},
    {Kind::kBoar, .80,  1.12, .37, .43, .33, .16,  2 * kDeg,  .88, .40,   26 * kDeg, .58, .46,
     .36,         .045, .90,  .05, .92, .28, .014, 75 * kDeg, .12, false, 0,         .02},
    {Kind::kDog, .50,  .54, .27, .22, .16, .17,  48 * kDeg, .62, .21,  14 * kDeg, .50, .50,
     .42,        .028, .98, 0,   .74, .30, .018, 10 * kDeg, .09, true, 0,         .012},
    {Kind::kCat, .245, .30, .14, .11, .09, .075, 36 * kDeg, .74,  .088, 10 * kDeg, .86, .84,
     .60,        .020, 1.0, 0,   .88, .28, .012, 20 * kDeg, .045, true, 0,         .004},
    {Kind::kFox, .40,  .47, .22, .17, .12, .15,  34 * kDeg, .68,  .16,  14 * kDeg, .52, .58,
     .30,        .020, 1.0, 0,   .80, .40, .042, 24 * kDeg, .085, true, 0,         .008},
    {Kind::kCow, 1.45, 1.65, .70, .77, .56, .60,  16 * kDeg, .62, .52,   42 * kDeg, .50, .44,
     .52,        .075, 1.0,  0,   .96, .85, .018, 84 * kDeg, .20, false, 0,         0},
    {Kind::kHorse, 1.60, 1.65, .89, .72, .48, .85,  44 * kDeg, .66, .60,   46 * kDeg, .44, .34,
     .46,          .065, .99,  .01, .86, .75, .045, 74 * kDeg, .17, false, 0,         0},
    {Kind::kSheep, .72,  .84, .33, .40, .33, .25, 34 * kDeg, .66, .26,   34 * kDeg, .50, .44,
     .46,          .032, .99, 0,   .96, .20, .03, 80 * kDeg, .12, false, 0,         .05},
};

// The small and the large dog beside the medium one of kRows.
constexpr AnimalShape kSmallDog = {Kind::kDog, .28, .34,  .14, .13,  .10, .10, 45 * kDeg, .66, .13,
                                   12 * kDeg,  .58, .58,  .46, .020, .98, 0,   .84,       .12, .010,
                                   -50 * kDeg, .05, true, 0,   .012};
constexpr AnimalShape kLargeDog = {Kind::kDog, .62, .70,  .34, .28,  .20, .22, 42 * kDeg, .62, .25,
                                   14 * kDeg,  .48, .48,  .44, .036, .96, 0,   .72,       .38, .024,
                                   40 * kDeg,  .11, true, 0,   .012};

AnimalShape between(const AnimalShape& a, const AnimalShape& b, double u) {
  AnimalShape out = a;
  for (double AnimalShape::*v :
       {&AnimalShape::withers_m,     &AnimalShape::trunk_m,       &AnimalShape::elbow_m,
        &AnimalShape::chest_depth_m, &AnimalShape::chest_width_m, &AnimalShape::neck_m,
        &AnimalShape::neck_rad,      &AnimalShape::neck_base,     &AnimalShape::head_m,
        &AnimalShape::head_rad,      &AnimalShape::head_depth,    &AnimalShape::head_width,
        &AnimalShape::muzzle,        &AnimalShape::leg_m,         &AnimalShape::croup,
        &AnimalShape::tuck,          &AnimalShape::tail_m,        &AnimalShape::tail_radius_m,
        &AnimalShape::tail_rad,      &AnimalShape::ear_m}) {
    out.*v = a.*v + u * (b.*v - a.*v);
  }
  return out;
}

void grow(AnimalShape& s, double factor) {
  for (double AnimalShape::*v :
       {&AnimalShape::withers_m, &AnimalShape::trunk_m, &AnimalShape::elbow_m,
        &AnimalShape::chest_depth_m, &AnimalShape::chest_width_m, &AnimalShape::neck_m,
        &AnimalShape::head_m, &AnimalShape::leg_m, &AnimalShape::hump_m, &AnimalShape::tail_m,
        &AnimalShape::tail_radius_m, &AnimalShape::ear_m, &AnimalShape::antlers_m,
        &AnimalShape::coat_m}) {
    s.*v *= factor;
  }
}

const AnimalShape& row(Kind kind) {
  for (const AnimalShape& r : kRows) {
    if (r.kind == kind) return r;
  }
  return kRows[0];
}

double antlers_m(Kind kind) {
  return kind == Kind::kRoe ? .22 : kind == Kind::kRedDeer ? .85 : kind == Kind::kMoose ? .75 : 0;
}

}  // namespace

std::vector<NumberRange> animal_numbers(Kind kind) {
  const double w = row(kind).withers_m;
  std::vector<NumberRange> out;
  if (kind == Kind::kDog) {
    out.push_back({"height", .20, .85, .50, true});
    out.push_back({"size", 0, 2, 1, true});
  } else {
    out.push_back({"height", .4 * w, 1.25 * w, w, true});
  }
  if (antlers_m(kind) > 0) out.push_back({"antlers", 0, 1, 0, true});
  return out;
}

AnimalShape animal_shape(Kind kind, const PropNumbers& n) {
  AnimalShape s = row(kind);
  core::RandomStream stream = n.stream("animal/shape");
  const double growth = 1 + .04 * (2 * stream.uniform() - 1);
  const double dog = stream.uniform(0, 2);
  if (kind == Kind::kDog) {
    // A height that is set says which dog it is, unless the size is set, too.
    double size = n.is_set("size") ? n.get("size") : dog;
    if (n.is_set("height") && !n.is_set("size")) {
      const double h = n.get("height");
      size = h < .50 ? (h - .28) / .22 : 1 + (h - .50) / .12;
      size = std::min(2.0, std::max(0.0, size));
    }
    s = size < 1 ? between(kSmallDog, s, size) : between(s, kLargeDog, size - 1);
  }
  const bool male = stream.chance(.4);
  if (n.is_set("antlers") ? n.get("antlers") > .5 : male) s.antlers_m = antlers_m(kind);
  // Hinds and cows are smaller than stags and bulls.
  const double sex = kind == Kind::kRedDeer && s.antlers_m == 0 ? .88 : 1;
  grow(s, n.is_set("height") ? n.get("height") / s.withers_m : growth * sex);
  return s;
}

}  // namespace oddroad::asset
