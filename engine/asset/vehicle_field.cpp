#include "engine/asset/vehicle_field.h"

#include <algorithm>
#include <cmath>

namespace oddroad::asset {

using math::Vec2d;
using math::Vec3d;

namespace {

constexpr int kTable = 400;

// Maximum with a rounded edge: k is the width over which the two blend.
double rounded_max(double a, double b, double k) {
  const double h = std::max(k - std::abs(a - b), 0.0) / k;
  return std::max(a, b) + 0.25 * k * h * h;
}

std::vector<double> plan_table(BodyStyle style) {
  const MonotoneCurve car({{0, .55},
                           {.01, .72},
                           {.03, .84},
                           {.06, .91},
                           {.10, .955},
                           {.16, .985},
                           {.25, 1},
                           {.75, 1},
                           {.85, .985},
                           {.92, .955},
                           {.96, .91},
                           {.985, .82},
                           {1, .62}});
  const MonotoneCurve van({{0, .60},
                           {.01, .80},
                           {.03, .90},
                           {.08, .96},
                           {.15, .99},
                           {.2, 1},
                           {.985, 1},
                           {.995, .985},
                           {1, .95}});
  std::vector<double> table;
  for (int i = 0; i <= kTable; ++i) {
    const double u = static_cast<double>(i) / kTable;
    table.push_back(style == BodyStyle::kVan ? van(u) : car(u));
  }
  return table;
}

}  // namespace

BodyField::BodyField(const VehicleShape& shape)
    : shape_(shape),
      silhouette_(shape),
      plan_(plan_table(shape.style)),
      tumblehome_(std::tan(shape.tumblehome_rad)) {
  build_belt();
}

// The lower edge of the side windows, carried on to nose and tail below the bonnet and the boot.
void BodyField::build_belt() {
  std::size_t last = 0;
  for (std::size_t i = 1; i < shape_.daylight.size(); ++i) {
    if (shape_.daylight[i].corner) last = i;
  }
  std::vector<Vec2d> chain;  // by fraction of length
  const auto add = [&](const OutlinePoint& p) {
    chain.push_back({shape_.fraction(p.x_m), p.z_m});
  };
  add(shape_.daylight.front());
  for (std::size_t i = shape_.daylight.size() - 1; i >= last; --i) add(shape_.daylight[i]);
  const Vec2d a = chain[chain.size() - 2];
  const Vec2d b = chain.back();
  const double rise = shape_.style == BodyStyle::kVan ? 0 : 0.6 * (b.y - a.y) / (b.x - a.x);
  chain.push_back({1.02, b.y + rise * (1.02 - b.x)});
  const MonotoneCurve line(chain);
  std::vector<double> raw;
  for (int i = 0; i <= kTable; ++i) {
    const double u = static_cast<double>(i) / kTable;
    const double top = silhouette_.top_z(shape_.from_front(u));
    raw.push_back(std::min(line(u), top - 0.015 * shape_.height_m));
  }
  for (int i = 0; i <= kTable; ++i) {
    double sum = 0;
    for (int k = -8; k <= 8; ++k) {
      sum += raw[static_cast<std::size_t>(std::clamp(i + k, 0, kTable))];
    }
    belt_.push_back(sum / 17);
  }
}

double BodyField::belt_z(double x_m) const {
  return slice_at(x_m).belt_z;
}

double BodyField::crease_z(double x_m) const {
  return slice_at(x_m).crease_z;
}

BodyField::Slice BodyField::slice_at(double x_m) const {
  const double at = std::clamp(shape_.fraction(x_m), 0.0, 1.0) * kTable;
  const auto i = static_cast<std::size_t>(std::min(at, kTable - 1.0));
  const double t = at - static_cast<double>(i);
  const double belt = belt_[i] * (1 - t) + belt_[i + 1] * t;
  const double crease = belt - (shape_.style == BodyStyle::kVan ? 0.05 : 0.09);
  return {x_m, belt, crease, plan_[i] * (1 - t) + plan_[i + 1] * t};
}

// Fraction of the half width up to the shoulder crease: bulged, tucked in at the sill, with a
// lower door line between the axles.
double BodyField::lower_section(const Slice& slice, double z_m) const {
  const bool van = shape_.style == BodyStyle::kVan;
  const auto [x, belt, crease, plan] = slice;
  const double sill = shape_.sill_z_m;
  const double t = std::clamp((crease - z_m) / (crease - sill), 0.0, 1.3);
  double s = 1 - (van ? .05 : .095) * t * t * t;
  const double line = sill + 0.11 * shape_.height_m + 0.02 * (shape_.wheelbase_m - x);
  const double between = smoothstep(0.05, 0.55, x) *
                         (1 - smoothstep(shape_.wheelbase_m - 0.55, shape_.wheelbase_m - 0.05, x));
  const double above = z_m - line;
  const double depth = van ? .006 : .016;
  s -= depth * between * smoothstep(-0.012, 0.012, above) *
       (1 - smoothstep(0.0, 0.8 * (crease - line), above));
  return s;
}

// From the crease over the shoulder to the side glass with its tumblehome and curvature.
double BodyField::upper_section(const Slice& slice, double z_m) const {
  const bool van = shape_.style == BodyStyle::kVan;
  const double half = 0.5 * shape_.width_m;
  const auto [x, belt, crease, plan] = slice;
  const double ledge = van ? .994 : .965;
  const double glass = van ? .985 : .935;
  if (z_m < belt) return 1 - (1 - ledge) * (z_m - crease) / (belt - crease);
  const double up = z_m - belt;
  const double step = ledge - (ledge - glass) * std::min(up / 0.018, 1.0);
  const double above = std::max(up - 0.018, 0.0);
  const double radius = van ? 14.0 : 1.7;
  const double mean_height = van ? 1.2 : 0.34;
  const double slope = tumblehome_ - mean_height / (2 * radius);
  double s = step - (slope * above + above * above / (2 * radius)) / half;
  if (!van) {  // the cabin narrows towards both ends
    const double middle = shape_.from_front(0.56);
    const double e = (x - middle) / (0.3 * shape_.length_m);
    s *= 1 - 0.03 * e * e * smoothstep(0, 0.15, above);
  }
  return s;
}

// Arch lips stand out a little and catch the light.
double BodyField::flare(const Slice& slice, double z_m) const {
  constexpr double kReach_m = 0.10;
  double out = 0;
  for (const double axle : {0.0, shape_.wheelbase_m}) {
    const double dx = slice.x - axle;
    const double dz = z_m - shape_.tyre_radius_m;
    if (std::max(std::abs(dx), std::abs(dz)) > shape_.arch_radius_m + 1.001 * kReach_m) continue;
    const double r = std::hypot(dx, dz) - shape_.arch_radius_m;
    out = std::max(out, 1 - smoothstep(0.025, kReach_m, std::abs(r)));
  }
  const double below_crease = 1 - smoothstep(-0.10, 0.0, z_m - slice.crease_z);
  return shape_.arch_flare_m * out * below_crease;
}

double BodyField::half_width(const Slice& slice, double z_m) const {
  const double section =
      z_m < slice.crease_z ? lower_section(slice, z_m) : upper_section(slice, z_m);
  return 0.5 * shape_.width_m * slice.plan * section + flare(slice, z_m);
}

double BodyField::half_width(double x_m, double z_m) const {
  return half_width(slice_at(x_m), z_m);
}

double BodyField::silhouette_distance(const Vec3d& p, double deep_m) const {
  const bool van = shape_.style == BodyStyle::kVan;
  const double side = std::abs(p.y) / (0.5 * shape_.width_m);
  const double u = shape_.fraction(p.x);
  const double cabin = smoothstep(0.55, 0.95, p.z / shape_.height_m);
  const double front = van ? 0.14 - 0.05 * cabin : 0.13 - 0.04 * cabin;
  const double rear = van ? 0.015 : 0.10 - 0.03 * cabin;
  const double bow = front * (1 - smoothstep(0.45, 0.60, u)) - rear * smoothstep(0.60, 0.75, u);
  double crown = (van ? 0.05 : 0.06) * side * side;
  if (!van) {  // two bonnet lines that close in towards the nose
    const double bonnet = smoothstep(0.03, 0.08, u) * (1 - smoothstep(0.18, 0.24, u));
    const double line = 0.30 + 0.6 * u;
    crown += 0.011 * bonnet * smoothstep(line - 0.06, line + 0.06, std::abs(p.y));
  }
  const double above_sill = smoothstep(0.0, 0.15, p.z - shape_.sill_z_m);
  return silhouette_.distance(p.x + bow * side * side, p.z + crown * above_sill, deep_m);
}

BodyField::Side BodyField::side_at(const Slice& slice, const Slice& ahead, double z_m) const {
  const double y = half_width(slice, z_m);
  const double dx = (half_width(ahead, z_m) - y) / kSideStep_m;
  const double dz = (half_width(slice, z_m + kSideStep_m) - y) / kSideStep_m;
  return {y, std::sqrt(1 + dx * dx + dz * dz)};
}

double BodyField::distance(const Vec3d& p, const Side& side) const {
  const double across = (std::abs(p.y) - side.half_width) / side.slope;
  const double v = p.z / shape_.height_m;
  const double low = 1 - smoothstep(0.15, 0.28, v);
  const double high = smoothstep(0.70, 0.90, v);
  const double edge = 0.10 - 0.065 * low - 0.035 * high;
  // Below this the silhouette has no part in it.
  const double deep = across - edge - 1e-9;
  return rounded_max(silhouette_distance(p, deep), across, edge);
}

double BodyField::operator()(const Vec3d& p) const {
  return distance(p, side_at(slice_at(p.x), slice_at(p.x + kSideStep_m), p.z));
}

Vec3d BodyField::normal(const Vec3d& p) const {
  constexpr double kStep = 0.008;  // rounds kinks of the outlines
  const auto difference = [&](int axis, const auto& field) {
    Vec3d d(0);
    d[axis] = kStep;
    return field(p + d) - field(p - d);
  };
  const Slice slice = slice_at(p.x);
  const Slice ahead = slice_at(p.x + kSideStep_m);
  const Side side = side_at(slice, ahead, p.z);
  const auto beside = [&](const Vec3d& q) {
    return distance(q, side);
  };
  const auto above = [&](const Vec3d& q) {
    return distance(q, side_at(slice, ahead, q.z));
  };
  return glm::normalize(Vec3d(difference(0, *this), difference(1, beside), difference(2, above)));
}

Vec3d BodyField::hit(const Vec3d& from, const Vec3d& direction) const {
  const Slice slice = slice_at(from.x);
  const Slice ahead = slice_at(from.x + kSideStep_m);
  const auto field = [&](const Vec3d& p) {
    return p.x == from.x ? distance(p, side_at(slice, ahead, p.z)) : (*this)(p);
  };
  double inside = 0;
  double outside = 0;
  double f_inside = field(from);
  double f_outside = f_inside;
  while (f_outside < 0 && outside < 20) {
    inside = outside;
    f_inside = f_outside;
    outside += std::max(0.7 * -f_outside, 0.02);
    f_outside = field(from + outside * direction);
  }
  // Illinois variant of the false position method.
  for (int i = 0; i < 40 && outside - inside > 1e-7; ++i) {
    const double t = (inside * f_outside - outside * f_inside) / (f_outside - f_inside);
    const double f = field(from + t * direction);
    if (std::abs(f) < 1e-8) return from + t * direction;
    if (f < 0) {
      inside = t;
      f_inside = f;
      f_outside *= 0.5;
    } else {
      outside = t;
      f_outside = f;
      f_inside *= 0.5;
    }
  }
  return from + 0.5 * (inside + outside) * direction;
}

double BodyField::rail_z(double x_m) const {
  double lower = shape_.sill_z_m + 0.05;
  double upper = silhouette_.top_z(x_m);
  for (int i = 0; i < 30; ++i) {
    const double z = 0.5 * (lower + upper);
    (silhouette_distance({x_m, half_width(x_m, z), z}) < 0 ? lower : upper) = z;
  }
  return 0.5 * (lower + upper);
}

}  // namespace oddroad::asset
