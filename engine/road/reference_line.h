// The plan view of a road: the curve that s runs along. Metres, radians, x east, y north; heading
// counter-clockwise from x; positive curvature turns left.
// Equations: ASAM OpenDRIVE, chapter "Geometries".
#pragma once

#include <variant>
#include <vector>

#include "engine/math/affine.h"

namespace oddroad::road {

struct LineShape {};
struct ArcShape {
  double curvature_1pm = 0;
};
// Curvature linear in arc length; both ends may be non-zero or of different sign.
struct SpiralShape {
  double start_curvature_1pm = 0;
  double end_curvature_1pm = 0;
};
// v = a + b u + c u^2 + d u^3 in the record's own frame; u is not arc length.
struct Poly3Shape {
  double a = 0, b = 0, c = 0, d = 0;
};
// u(p), v(p) cubics, p in [0, 1], or in [0, length] if arc_length. p is only roughly arc length:
// s runs along the true arc length, stretched so that the record's length meets p's end.
struct ParamPoly3Shape {
  double u[4] = {0, 1, 0, 0};
  double v[4] = {0, 0, 0, 0};
  bool arc_length = false;
};
using PlanShape = std::variant<LineShape, ArcShape, SpiralShape, Poly3Shape, ParamPoly3Shape>;

struct GeometryRecord {
  double s_m = 0;
  double x_m = 0;
  double y_m = 0;
  double heading_rad = 0;
  double length_m = 0;
  PlanShape shape;
};

struct PlanPoint {
  math::Vec2d position{0};
  double heading_rad = 0;
  double curvature_1pm = 0;
};

// One record prepared for evaluation: the tables that spirals and polynomials need.
class PlanCurve {
 public:
  explicit PlanCurve(const GeometryRecord& record);
  // ds from the record's start; below 0 and beyond the length it runs on straight.
  [[nodiscard]] PlanPoint at(double ds_m) const;
  [[nodiscard]] const GeometryRecord& record() const { return record_; }
  // Arc length of the curve as drawn; differs from record().length_m only in faulty files.
  [[nodiscard]] double true_length_m() const { return true_length_m_; }

 private:
  // Node k: parameter (arc length, u or p) and what has been summed up to it.
  struct Node {
    double parameter = 0;
    double arc_m = 0;
    math::Vec2d local{0};
  };
  void prepare_spiral(const SpiralShape& shape);
  void prepare_poly(double parameter_end);
  [[nodiscard]] PlanPoint local_at(double ds_m) const;
  [[nodiscard]] PlanPoint spiral_at(const SpiralShape& shape, double ds_m) const;
  [[nodiscard]] PlanPoint poly_at(double parameter) const;
  [[nodiscard]] double poly_parameter(double arc_m) const;
  [[nodiscard]] double poly_speed(double parameter) const;

  GeometryRecord record_;
  std::vector<Node> nodes_;
  double true_length_m_ = 0;
};

class ReferenceLine {
 public:
  ReferenceLine() = default;
  // Records ascending in s and not empty.
  explicit ReferenceLine(const std::vector<GeometryRecord>& records);
  [[nodiscard]] PlanPoint at(double s_m) const;
  [[nodiscard]] const std::vector<PlanCurve>& curves() const { return curves_; }
  // s of the end of the last record; 0 without records.
  [[nodiscard]] double end_m() const;

 private:
  std::vector<PlanCurve> curves_;
};

}  // namespace oddroad::road
