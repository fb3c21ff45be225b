#include "engine/road/lateral_shape.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace oddroad::road {
namespace {

constexpr double kSteepest_rad = 1;

bool any_strip(const CrossSectionSurface& surface) {
  return surface.strips[0][0].present || surface.strips[1][0].present;
}

// Before the first piece its first height goes on level.
LateralHeight row_at(const ShapeRow& row, double t_m) {
  const auto after =
      std::upper_bound(row.pieces.begin(), row.pieces.end(), t_m, [](double t, const Cubic& c) {
        return t < c.s_m;
      });
  if (after == row.pieces.begin()) return {row.pieces.front().a, 0, 0};
  const Cubic& piece = *(after - 1);
  return {piece.value(t_m), 0, piece.slope(t_m)};
}

LateralHeight strip_at(const SurfaceStrip& strip, double s_m, double dt) {
  LateralHeight out;
  double power = 1;
  for (std::size_t k = 0; k < strip.over.size(); ++k) {
    const double c = strip.over[k].value(s_m);
    out.h_m += c * power;
    out.along += strip.over[k].slope(s_m) * power;
    if (k + 1 < strip.over.size()) {
      out.across += static_cast<double>(k + 1) * strip.over[k + 1].value(s_m) * power;
    }
    power *= dt;
  }
  return out;
}

void add_breaks(const CubicProfile& profile, std::vector<double>& out) {
  for (const Cubic& cubic : profile.records()) out.push_back(cubic.s_m);
}

}  // namespace

LateralShape::LateralShape(CubicProfile crossfall_left, CubicProfile crossfall_right,
                           std::vector<ShapeRow> rows, CrossSectionSurface surface)
    : crossfall_{std::move(crossfall_right), std::move(crossfall_left)},
      rows_(std::move(rows)),
      surface_(std::move(surface)) {
  empty_ = crossfall_[0].empty() && crossfall_[1].empty() && rows_.empty() && !any_strip(surface_);
}

LateralHeight LateralShape::at(double s_m, double t_m) const {
  LateralHeight out;
  if (empty_) return out;
  add_crossfall(s_m, t_m, out);
  if (!rows_.empty()) add_rows(s_m, t_m, out);
  if (any_strip(surface_)) add_strips(s_m, t_m, out);
  return out;
}

void LateralShape::add_crossfall(double s_m, double t_m, LateralHeight& out) const {
  for (const int side : {-1, 1}) {
    const CubicProfile& profile = crossfall_[side > 0 ? 1 : 0];
    if (profile.empty() || side * t_m < 0) continue;
    const double angle = profile.value(s_m);
    const double inside = std::clamp(angle, -kSteepest_rad, kSteepest_rad);
    const double fall = std::tan(inside);
    out.h_m -= fall * side * t_m;
    out.across -= fall * side * (t_m == 0 ? 0.5 : 1.0);
    if (inside == angle) out.along -= profile.slope(s_m) * (1 + fall * fall) * side * t_m;
  }
}

void LateralShape::add_rows(double s_m, double t_m, LateralHeight& out) const {
  const auto after =
      std::upper_bound(rows_.begin(), rows_.end(), s_m, [](double s, const ShapeRow& row) {
        return s < row.s_m;
      });
  if (after == rows_.begin() || after == rows_.end()) {
    const LateralHeight only = row_at(after == rows_.begin() ? rows_.front() : rows_.back(), t_m);
    out.h_m += only.h_m;
    out.across += only.across;
    return;
  }
  const ShapeRow& before = *(after - 1);
  const LateralHeight a = row_at(before, t_m);
  const LateralHeight b = row_at(*after, t_m);
  const double span = after->s_m - before.s_m;
  const double u = (s_m - before.s_m) / span;
  out.h_m += a.h_m + u * (b.h_m - a.h_m);
  out.across += a.across + u * (b.across - a.across);
  out.along += (b.h_m - a.h_m) / span;
}

void LateralShape::add_strips(double s_m, double t_m, LateralHeight& out) const {
  const double offset_slope = surface_.t_offset.slope(s_m);
  const double t = t_m - surface_.t_offset.value(s_m);
  const double side = t > 0 ? 1 : -1;
  const auto& [inner, outer] = surface_.strips[t > 0 ? 1 : 0];
  if (!inner.present) return;
  const double width = std::max(0.0, inner.width.value(s_m));
  const auto add = [&](const LateralHeight& h, double dt_slope) {
    out.h_m += h.h_m;
    out.along += h.along + h.across * dt_slope;
  };
  if (!outer.present || side * t <= width) {
    const LateralHeight h = strip_at(inner, s_m, t);
    add(h, -offset_slope);
    out.across += h.across;
    return;
  }
  const double width_slope = side * inner.width.slope(s_m);
  const LateralHeight h = strip_at(outer, s_m, t - side * width);
  add(h, -offset_slope - width_slope);
  out.across += h.across;
  if (outer.relative) add(strip_at(inner, s_m, side * width), width_slope);
}

std::vector<double> LateralShape::breaks_s() const {
  std::vector<double> out;
  for (const CubicProfile& side : crossfall_) add_breaks(side, out);
  for (const ShapeRow& row : rows_) out.push_back(row.s_m);
  add_breaks(surface_.t_offset, out);
  for (const auto& side : surface_.strips) {
    for (const SurfaceStrip& strip : side) {
      add_breaks(strip.width, out);
      for (const CubicProfile& c : strip.over) add_breaks(c, out);
    }
  }
  return out;
}

std::vector<double> LateralShape::breaks_t(double s_m) const {
  std::vector<double> out;
  if (!crossfall_[0].empty() || !crossfall_[1].empty()) out.push_back(0);
  const auto after =
      std::upper_bound(rows_.begin(), rows_.end(), s_m, [](double s, const ShapeRow& row) {
        return s < row.s_m;
      });
  const auto add_row = [&](const ShapeRow& row) {
    for (const Cubic& piece : row.pieces) out.push_back(piece.s_m);
  };
  if (after != rows_.begin()) add_row(*(after - 1));
  if (after != rows_.end()) add_row(*after);
  if (any_strip(surface_)) {
    const double offset = surface_.t_offset.value(s_m);
    out.push_back(offset);
    for (const int side : {-1, 1}) {
      const auto& [inner, outer] = surface_.strips[side > 0 ? 1 : 0];
      if (outer.present) out.push_back(offset + side * std::max(0.0, inner.width.value(s_m)));
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace oddroad::road
