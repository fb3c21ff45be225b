// The height of a road's surface over its (superelevated) reference plane, as a function of s and
// t. Three ways of OpenDRIVE to say it, which add up where a file has several:
//   crossfall (to 1.5): the slope of one side, rad; positive falls from t = 0 to the outside.
//   shape (from 1.4): cubics over t at stations of s, linear in between, constant before the first
//     and after the last station.
//   crossSectionSurface (1.8): up to two strips a side with cubics over t whose coefficients are
//     cubics over s.
// None of them moves with the lane offset. Metres; slopes are dimensionless.
// Equations: ASAM OpenDRIVE 1.8, chapters "Road shape" and "Cross section surface".
#pragma once

#include <array>
#include <vector>

#include "engine/road/cubic.h"

namespace oddroad::road {

// Height over the reference plane and its derivatives.
struct LateralHeight {
  double h_m = 0;
  double along = 0;   // dh/ds
  double across = 0;  // dh/dt; the mean of both sides on a ridge at t = 0
};

// The cross section at one s: cubics over t (Cubic::s_m holds t), ascending and not empty.
struct ShapeRow {
  double s_m = 0;
  std::vector<Cubic> pieces;
};

struct SurfaceStrip {
  bool present = false;
  bool relative = false;             // outer strips: counts from the inner strip's outer edge
  CubicProfile width;                // inner strips with an outer one beside them
  std::array<CubicProfile, 4> over;  // coefficients of t^0 ... t^3 over s
};

struct CrossSectionSurface {
  CubicProfile t_offset;
  // [0]: t below the offset, [1]: above it; then inner, outer.
  std::array<std::array<SurfaceStrip, 2>, 2> strips;
};

class LateralShape {
 public:
  LateralShape() = default;
  // Rows ascending in s. Angles beyond 1 rad are taken as 1 rad.
  LateralShape(CubicProfile crossfall_left, CubicProfile crossfall_right,
               std::vector<ShapeRow> rows, CrossSectionSurface surface);

  // The plane itself: nothing to add.
  [[nodiscard]] bool empty() const { return empty_; }
  [[nodiscard]] LateralHeight at(double s_m, double t_m) const;
  // s where some record begins.
  [[nodiscard]] std::vector<double> breaks_s() const;
  // t where the cross section at s may have a kink, ascending.
  [[nodiscard]] std::vector<double> breaks_t(double s_m) const;

 private:
  void add_crossfall(double s_m, double t_m, LateralHeight& out) const;
  void add_rows(double s_m, double t_m, LateralHeight& out) const;
  void add_strips(double s_m, double t_m, LateralHeight& out) const;

  bool empty_ = true;
  std::array<CubicProfile, 2> crossfall_;  // right, left
  std::vector<ShapeRow> rows_;
  CrossSectionSurface surface_;
};

}  // namespace oddroad::road
