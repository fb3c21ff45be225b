#include "engine/asset/person_shape.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace oddroad::asset {

namespace {

using Table = std::vector<BodySection>;

// Thousandths of stature, as breadth x depth at a height.
struct Archetype {
  double stature_m;
  double crotch, shoulder, biacromial, head_height, head_length, head_breadth, foot_length;
  double upper_arm, forearm;
  Table torso, neck, leg, arm;
};

Table leg_man() {
  return {{.47, 104, 112}, {.43, 100, 106}, {.385, 91, 98}, {.34, 78, 85},
          {.30, 69, 74},   {.275, 66, 71},  {.24, 64, 70},  {.205, 66, 71},
          {.16, 55, 60},   {.10, 41, 47},   {.06, 40, 48}};
}
Table leg_woman() {
  return {{.47, 114, 120}, {.43, 108, 112}, {.385, 96, 102}, {.34, 82, 88},
          {.30, 71, 76},   {.275, 68, 72},  {.24, 65, 70},   {.205, 66, 71},
          {.16, 55, 60},   {.10, 42, 47},   {.06, 41, 49}};
}
Table leg_child() {
  return {{.44, 88, 94},  {.40, 84, 90}, {.355, 77, 83}, {.315, 69, 74},
          {.275, 63, 66}, {.25, 61, 64}, {.22, 59, 62},  {.185, 59, 62},
          {.14, 50, 53},  {.09, 43, 46}, {.055, 42, 50}};
}
Table arm_man() {
  return {{0, 66, 72},    {.05, 60, 68}, {.10, 54, 62}, {.16, 47, 52},
          {.186, 48, 48}, {.22, 50, 48}, {.27, 40, 38}, {.332, 34, 26}};
}
Table arm_woman() {
  return {{0, 60, 68},    {.05, 56, 64}, {.10, 51, 58}, {.16, 43, 48},
          {.186, 43, 44}, {.22, 45, 43}, {.27, 36, 34}, {.332, 30, 23}};
}
Table arm_child() {
  return {{0, 55, 60},   {.045, 50, 55}, {.09, 47, 50}, {.145, 42, 45},
          {.17, 42, 43}, {.20, 43, 42},  {.25, 37, 34}, {.305, 32, 26}};
}

Archetype man() {
  return {1.775,
          .467,
          .818,
          .235,
          .132,
          .113,
          .088,
          .151,
          .176,
          .146,
          {{.465, 150, 95},
           {.485, 188, 128},
           {.52, 198, 143},
           {.56, 190, 135},
           {.605, 182, 132},
           {.64, 176, 128},
           {.68, 180, 132},
           {.73, 190, 142},
           {.77, 198, 134},
           {.80, 205, 112},
           {.825, 150, 85},
           {.845, 85, 78}},
          {{.845, 78, 78}, {.885, 68, 72}},
          leg_man(),
          arm_man()};
}
Archetype woman() {
  return {1.64,
          .465,
          .816,
          .224,
          .134,
          .115,
          .090,
          .149,
          .172,
          .143,
          {{.465, 165, 100},
           {.485, 205, 140},
           {.52, 218, 149},
           {.56, 205, 140},
           {.605, 184, 130},
           {.635, 172, 124},
           {.67, 174, 130},
           {.72, 178, 152},
           {.755, 180, 138},
           {.79, 192, 108},
           {.82, 140, 80},
           {.845, 78, 70}},
          {{.845, 70, 70}, {.885, 62, 66}},
          leg_woman(),
          arm_woman()};
}
Archetype five() {
  return {1.10,
          .435,
          .785,
          .220,
          .172,
          .158,
          .123,
          .156,
          .162,
          .135,
          {{.435, 135, 90},
           {.455, 165, 118},
           {.49, 175, 130},
           {.54, 165, 128},
           {.59, 158, 130},
           {.62, 157, 130},
           {.66, 162, 128},
           {.71, 168, 126},
           {.745, 172, 118},
           {.775, 176, 98},
           {.80, 125, 80},
           {.82, 80, 75}},
          {{.82, 70, 70}, {.85, 68, 68}},
          leg_child(),
          arm_child()};
}
Archetype eight() {
  return {1.28,
          .450,
          .795,
          .222,
          .155,
          .139,
          .108,
          .156,
          .165,
          .138,
          {{.45, 135, 88},
           {.47, 165, 115},
           {.505, 175, 126},
           {.55, 165, 120},
           {.595, 156, 118},
           {.63, 154, 118},
           {.67, 160, 120},
           {.715, 168, 120},
           {.755, 174, 114},
           {.785, 178, 96},
           {.81, 125, 78},
           {.83, 78, 72}},
          {{.83, 68, 68}, {.862, 65, 66}},
          leg_child(),
          arm_child()};
}
Archetype twelve() {
  return {1.50,
          .462,
          .808,
          .224,
          .142,
          .123,
          .096,
          .157,
          .170,
          .142,
          {{.46, 142, 90},
           {.48, 176, 120},
           {.515, 186, 130},
           {.555, 176, 122},
           {.60, 164, 118},
           {.635, 160, 116},
           {.675, 166, 120},
           {.72, 176, 124},
           {.76, 182, 118},
           {.792, 188, 100},
           {.818, 132, 80},
           {.838, 78, 72}},
          {{.838, 66, 66}, {.872, 62, 64}},
          leg_woman(),
          arm_woman()};
}

BodySection sample(const Table& table, double t) {
  // Tables run up or down; t in [0, 1] runs from the first row to the last by `at`.
  const double at = table.front().at + t * (table.back().at - table.front().at);
  std::size_t i = 0;
  const bool rising = table.back().at > table.front().at;
  while (i + 2 < table.size() && (rising ? at > table[i + 1].at : at < table[i + 1].at)) ++i;
  const BodySection& a = table[i];
  const BodySection& b = table[i + 1];
  const double u = std::clamp((at - a.at) / (b.at - a.at), 0.0, 1.0);
  return {at, a.breadth + u * (b.breadth - a.breadth), a.depth + u * (b.depth - a.depth), 0};
}

Table mix(const Table& a, const Table& b, double u, int count) {
  Table out;
  for (int i = 0; i < count; ++i) {
    const double t = static_cast<double>(i) / (count - 1);
    const BodySection p = sample(a, t);
    const BodySection q = sample(b, t);
    out.push_back({p.at + u * (q.at - p.at), (p.breadth + u * (q.breadth - p.breadth)) / 1000,
                   (p.depth + u * (q.depth - p.depth)) / 1000, 0});
  }
  return out;
}

// Forward offset of ring centres along the trunk, t = 0 at the crotch, 1 at the neck.
double trunk_forward(double t) {
  constexpr std::array<std::array<double, 2>, 8> kRows{{{0, 0},
                                                        {.145, -.012},
                                                        {.28, -.004},
                                                        {.36, .004},
                                                        {.45, .007},
                                                        {.70, .004},
                                                        {.83, -.008},
                                                        {1, -.012}}};
  std::size_t i = 0;
  while (i + 2 < kRows.size() && t > kRows[i + 1][0]) ++i;
  const double u = std::clamp((t - kRows[i][0]) / (kRows[i + 1][0] - kRows[i][0]), 0.0, 1.0);
  return kRows[i][1] + u * (kRows[i + 1][1] - kRows[i][1]);
}

double bump(double t, double centre, double width) {
  const double d = (t - centre) / width;
  return std::exp(-d * d);
}

void apply_build(BodyShape& shape, const Build& build) {
  const double s = build.girth;
  const double m = build.muscle;
  for (std::size_t i = 0; i < shape.torso.size(); ++i) {
    const double t = static_cast<double>(i) / (shape.torso.size() - 1);
    BodySection& ring = shape.torso[i];
    const double belly = bump(t, .38, .16);
    const double hips = bump(t, .12, .14);
    const double chest = bump(t, .75, .18);
    const double nape = bump(t, .945, .05);  // the slope from neck to shoulder
    const double up = t > .9 ? .5 : 1;
    ring.breadth *= std::pow(s, up * (1 + hips * (shape.female ? .3 : .1))) *
                    std::pow(m, chest - .3 * belly) * (1 + .13 * nape + .16 * bump(t, 1.0, .04));
    const double deeper = std::pow(s, up * (1 + .8 * belly)) * std::pow(m, chest - .3 * belly);
    // Fat sits in front: the extra depth moves the centre forward.
    ring.forward = trunk_forward(t) + (shape.female ? .3 : .5) * belly * ring.depth * (deeper - 1);
    ring.depth *= deeper;
  }
  for (BodySection& ring : shape.neck) {
    const double k = std::pow(s, .7) * std::pow(m, .6);
    ring.breadth *= k;
    ring.depth *= k;
    ring.forward = -.010;
  }
  shape.neck.back().forward = .004;
  for (BodySection& ring : shape.leg) {
    const double k = std::pow(s, ring.at > shape.knee ? .95 : .7) * std::pow(m, .7);
    ring.breadth *= k;
    ring.depth *= k;
    ring.forward = ring.at > shape.knee ? .003 : -.010 * bump(ring.at, .205, .06);
  }
  for (BodySection& ring : shape.arm) {
    const double k = std::pow(s, ring.at < shape.upper_arm ? .95 : .7) * m;
    ring.breadth *= k;
    ring.depth *= k;
  }
}

BodyShape between(const Archetype& a, const Archetype& b, double u, double stature_m, bool female,
                  const Build& build) {
  const auto lerp = [u](double p, double q) {
    return p + u * (q - p);
  };
  BodyShape out;
  out.stature_m = stature_m;
  out.female = female;
  out.crotch = lerp(a.crotch, b.crotch);
  out.hip = out.crotch + .063;
  out.ankle = .039;
  out.knee = out.ankle + (out.hip - out.ankle) * .501;
  // The joint lies below the bony tip that shoulder heights are measured to.
  out.shoulder = lerp(a.shoulder, b.shoulder) - .030;
  out.chin = 1 - lerp(a.head_height, b.head_height);
  out.half_shoulder = .5 * lerp(a.biacromial, b.biacromial) - .019;
  out.half_hip = female ? .052 : .050;
  out.upper_arm = lerp(a.upper_arm, b.upper_arm);
  out.forearm = lerp(a.forearm, b.forearm);
  out.hand = .106;
  out.foot_length = lerp(a.foot_length, b.foot_length);
  out.head_length = lerp(a.head_length, b.head_length);
  out.head_breadth = lerp(a.head_breadth, b.head_breadth);
  out.torso = mix(a.torso, b.torso, u, 20);
  out.neck = mix(a.neck, b.neck, u, 4);
  out.leg = mix(a.leg, b.leg, u, 20);
  out.arm = mix(a.arm, b.arm, u, 14);
  apply_build(out, build);
  return out;
}

}  // namespace

BodyShape child_shape(double stature_m, bool female, const Build& build) {
  const std::array<Archetype, 4> ages{five(), eight(), twelve(), female ? woman() : man()};
  std::size_t i = 0;
  while (i + 2 < ages.size() && stature_m > ages[i + 1].stature_m) ++i;
  const double u = std::clamp(
      (stature_m - ages[i].stature_m) / (ages[i + 1].stature_m - ages[i].stature_m), 0.0, 1.0);
  return between(ages[i], ages[i + 1], u, stature_m, female, build);
}

BodyShape adult_shape(double stature_m, bool female, const Build& build) {
  const Archetype one = female ? woman() : man();
  return between(one, one, 0, stature_m, female, build);
}

}  // namespace oddroad::asset
