#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/check.h"
#include "engine/road/reference_line.h"

namespace oddroad::road {
namespace {

using math::Vec2d;

// Five-point Gauss-Legendre rule on [0, 1]: exact for polynomials of degree 9.
constexpr std::array<double, 5> kNodes = {0.04691007703066800, 0.23076534494715845, 0.5,
                                          0.76923465505284155, 0.95308992296933200};
constexpr std::array<double, 5> kWeights = {0.11846344252809454, 0.23931433524968324,
                                            0.28444444444444444, 0.23931433524968324,
                                            0.11846344252809454};

template <typename F>
auto integrate(double from, double to, const F& f) {
  auto sum = kWeights[0] * f(from + kNodes[0] * (to - from));
  for (std::size_t i = 1; i < kNodes.size(); ++i) {
    sum += kWeights[i] * f(from + kNodes[i] * (to - from));
  }
  return sum * (to - from);
}

// Steps this small keep the rule's error below rounding for cos and sin of the heading.
constexpr double kMaxTurnPerStep_rad = 0.1;
constexpr int kMaxNodes = 100000;

double cubic(const double* c, double p) {
  return c[0] + p * (c[1] + p * (c[2] + p * c[3]));
}
double cubic_d(const double* c, double p) {
  return c[1] + p * (2 * c[2] + p * 3 * c[3]);
}
double cubic_dd(const double* c, double p) {
  return 2 * c[2] + 6 * c[3] * p;
}

struct PolyState {
  Vec2d position, velocity, acceleration;
};

PolyState poly_state(const PlanShape& shape, double p) {
  if (const auto* param = std::get_if<ParamPoly3Shape>(&shape)) {
    return {{cubic(param->u, p), cubic(param->v, p)},
            {cubic_d(param->u, p), cubic_d(param->v, p)},
            {cubic_dd(param->u, p), cubic_dd(param->v, p)}};
  }
  const auto& poly = std::get<Poly3Shape>(shape);
  const double c[4] = {poly.a, poly.b, poly.c, poly.d};
  return {{p, cubic(c, p)}, {1, cubic_d(c, p)}, {0, cubic_dd(c, p)}};
}

double spiral_heading(const SpiralShape& shape, double length_m, double ds_m) {
  const double rate = (shape.end_curvature_1pm - shape.start_curvature_1pm) / length_m;
  return ds_m * (shape.start_curvature_1pm + 0.5 * rate * ds_m);
}

}  // namespace

PlanCurve::PlanCurve(const GeometryRecord& record)
    : record_(record), true_length_m_(record.length_m) {
  ODDROAD_CHECK_OP(record.length_m, >, 0.0);
  if (const auto* spiral = std::get_if<SpiralShape>(&record_.shape)) prepare_spiral(*spiral);
  if (const auto* param = std::get_if<ParamPoly3Shape>(&record_.shape)) {
    prepare_poly(param->arc_length ? record_.length_m : 1.0);
  }
  if (std::holds_alternative<Poly3Shape>(record_.shape)) {
    // u never runs farther than the arc, so [0, length] holds the whole record.
    prepare_poly(record_.length_m);
    true_length_m_ = record_.length_m;
  }
}

void PlanCurve::prepare_spiral(const SpiralShape& shape) {
  const double turn = record_.length_m * std::max(std::abs(shape.start_curvature_1pm),
                                                  std::abs(shape.end_curvature_1pm));
  const int steps =
      static_cast<int>(std::clamp(std::ceil(turn / kMaxTurnPerStep_rad), 1.0, double(kMaxNodes)));
  nodes_.reserve(static_cast<std::size_t>(steps) + 1);
  nodes_.push_back({});
  const auto direction = [&](double ds) {
    const double heading = spiral_heading(shape, record_.length_m, ds);
    return Vec2d(std::cos(heading), std::sin(heading));
  };
  for (int k = 1; k <= steps; ++k) {
    const Node& last = nodes_.back();
    const double ds = record_.length_m * k / steps;
    nodes_.push_back({ds, ds, last.local + integrate(last.parameter, ds, direction)});
  }
}

PlanPoint PlanCurve::spiral_at(const SpiralShape& shape, double ds_m) const {
  const double fraction = ds_m / record_.length_m;
  const auto last = nodes_.size() - 1;
  const Node& node =
      nodes_[std::min(static_cast<std::size_t>(fraction * static_cast<double>(last)), last)];
  const auto direction = [&](double ds) {
    const double heading = spiral_heading(shape, record_.length_m, ds);
    return Vec2d(std::cos(heading), std::sin(heading));
  };
  PlanPoint out;
  out.position = node.local + integrate(node.parameter, ds_m, direction);
  out.heading_rad = spiral_heading(shape, record_.length_m, ds_m);
  out.curvature_1pm =
      shape.start_curvature_1pm + fraction * (shape.end_curvature_1pm - shape.start_curvature_1pm);
  return out;
}

double PlanCurve::poly_speed(double parameter) const {
  return glm::length(poly_state(record_.shape, parameter).velocity);
}

void PlanCurve::prepare_poly(double parameter_end) {
  const int steps = static_cast<int>(std::clamp(std::ceil(record_.length_m), 16.0, 4096.0));
  nodes_.push_back({});
  for (int k = 1; k <= steps; ++k) {
    const double p = parameter_end * k / steps;
    const double from = nodes_.back().parameter;
    const double arc = integrate(from, p, [&](double q) {
      return poly_speed(q);
    });
    nodes_.push_back({p, nodes_.back().arc_m + arc, {}});
  }
  true_length_m_ = nodes_.back().arc_m;
}

double PlanCurve::poly_parameter(double arc_m) const {
  const auto after =
      std::lower_bound(nodes_.begin() + 1, nodes_.end() - 1, arc_m, [](const Node& n, double arc) {
        return n.arc_m < arc;
      });
  const Node& high = *after;
  const Node& low = *(after - 1);
  if (!(high.arc_m > low.arc_m)) return low.parameter;
  double from = low.parameter;
  double to = high.parameter;
  double p = from + (to - from) * (arc_m - low.arc_m) / (high.arc_m - low.arc_m);
  // Newton within a bracket: the arc grows with p, so the sign of the error moves one end.
  for (int i = 0; i < 60 && to - from > 1e-15 * (1 + std::abs(to)); ++i) {
    const double error = low.arc_m +
                         integrate(low.parameter, p,
                                   [&](double q) {
                                     return poly_speed(q);
                                   }) -
                         arc_m;
    if (std::abs(error) < 1e-12) break;
    (error > 0 ? to : from) = p;
    const double next = p - error / poly_speed(p);
    p = next > from && next < to ? next : 0.5 * (from + to);
  }
  return p;
}

PlanPoint PlanCurve::poly_at(double parameter) const {
  PolyState state = poly_state(record_.shape, parameter);
  double speed = glm::length(state.velocity);
  PlanPoint out;
  out.position = state.position;
  if (speed < 1e-9) {
    // A stationary end has no direction of its own; take that of the curve just beside it.
    const double end = nodes_.back().parameter;
    state = poly_state(record_.shape, parameter + (parameter < 0.5 * end ? 1e-6 : -1e-6) * end);
    speed = glm::length(state.velocity);
  }
  out.heading_rad = std::atan2(state.velocity.y, state.velocity.x);
  if (speed > 0) {
    out.curvature_1pm =
        (state.velocity.x * state.acceleration.y - state.velocity.y * state.acceleration.x) /
        (speed * speed * speed);
  }
  return out;
}

PlanPoint PlanCurve::local_at(double ds_m) const {
  if (const auto* arc = std::get_if<ArcShape>(&record_.shape)) {
    const double turn = arc->curvature_1pm * ds_m;
    // sin(x)/x and (1 - cos x)/x by half angles: smooth down to curvature 0.
    const double half = 0.5 * turn;
    const double chord = std::abs(half) < 1e-8 ? ds_m : ds_m * std::sin(half) / half;
    return {{chord * std::cos(half), chord * std::sin(half)}, turn, arc->curvature_1pm};
  }
  if (const auto* spiral = std::get_if<SpiralShape>(&record_.shape)) {
    return spiral_at(*spiral, ds_m);
  }
  if (std::holds_alternative<LineShape>(record_.shape)) return {{ds_m, 0}, 0, 0};
  return poly_at(poly_parameter(ds_m * true_length_m_ / record_.length_m));
}

PlanPoint PlanCurve::at(double ds_m) const {
  const double inside = std::clamp(ds_m, 0.0, record_.length_m);
  PlanPoint local = local_at(inside);
  if (inside != ds_m) {
    local.position +=
        (ds_m - inside) * Vec2d(std::cos(local.heading_rad), std::sin(local.heading_rad));
    local.curvature_1pm = 0;
  }
  const double c = std::cos(record_.heading_rad);
  const double s = std::sin(record_.heading_rad);
  return {{record_.x_m + c * local.position.x - s * local.position.y,
           record_.y_m + s * local.position.x + c * local.position.y},
          record_.heading_rad + local.heading_rad,
          local.curvature_1pm};
}

}  // namespace oddroad::road
