// A smooth curve through equally spaced values.
#pragma once

#include <vector>

namespace oddroad::ins {

// The cubic spline through y[k] at t = k h: value, slope and curvature are continuous, the third
// derivative is constant between knots. At the ends the curvature is constant (a parabola), so that
// uniform acceleration is met exactly. de Boor, A Practical Guide to Splines, ch. IV.
class Spline {
 public:
  struct Value {
    double value = 0, slope = 0, curvature = 0;
  };
  // One value at least; a single one is constant, two are a line.
  Spline(std::vector<double> values, double spacing);
  // Clamped to the knots' span.
  [[nodiscard]] Value at(double t) const;

 private:
  std::vector<double> y_, m_;  // values and curvatures at the knots
  double h_;
};

}  // namespace oddroad::ins
