#include <cmath>

#include <gtest/gtest.h>

#include "engine/road/reference_line.h"

namespace oddroad::road {
namespace {

using math::Vec2d;

PlanCurve curve(double length_m, const PlanShape& shape, double heading_rad = 0) {
  return PlanCurve({0, 0, 0, heading_rad, length_m, shape});
}

// Romberg-free brute force: Simpson's rule on a fine grid, independent of the code's quadrature.
template <typename F>
double simpson(const F& f, double to, int n = 20000) {
  const double h = to / n;
  double sum = f(0.0) + f(to);
  for (int k = 1; k < n; ++k) sum += (k % 2 == 1 ? 4 : 2) * f(k * h);
  return sum * h / 3;
}

TEST(PlanCurve, LineRunsAlongItsHeadingAndBeyondItsEnds) {
  const PlanCurve line({0, 1, 2, 0.7, 10, LineShape{}});
  for (const double ds : {-5.0, 0.0, 3.0, 10.0, 25.0}) {
    EXPECT_NEAR(line.at(ds).position.x, 1 + ds * std::cos(0.7), 1e-12);
    EXPECT_NEAR(line.at(ds).position.y, 2 + ds * std::sin(0.7), 1e-12);
  }
}

TEST(PlanCurve, ArcOfAFullTurnCloses) {
  for (const double radius : {-30.0, 8.0, 1000.0}) {
    const double length = 2 * M_PI * std::abs(radius);
    const PlanCurve circle = curve(length, ArcShape{1 / radius}, 0.3);
    EXPECT_NEAR(glm::length(circle.at(length).position), 0, 1e-9 * std::abs(radius));
    EXPECT_NEAR(glm::length(circle.at(length / 2).position), 2 * std::abs(radius), 1e-9);
    EXPECT_NEAR(circle.at(length).heading_rad, 0.3 + (radius > 0 ? 2 : -2) * M_PI, 1e-12);
  }
}

TEST(PlanCurve, ArcOfVanishingCurvatureIsALine) {
  const PlanPoint end = curve(1000, ArcShape{1e-15}).at(1000);
  EXPECT_NEAR(end.position.x, 1000, 1e-9);
  EXPECT_NEAR(end.position.y, 5e-10, 1e-12);
}

TEST(PlanCurve, SpiralAgreesWithFineQuadrature) {
  struct Case {
    double length, from, to;
  };
  for (const Case c : {Case{100, 0, 0.02}, Case{60, 0.01, -0.03}, Case{200, -0.05, -0.01},
                       Case{40, 0.02, 0.02}, Case{15, 0.0, 0.6}}) {
    const PlanCurve spiral = curve(c.length, SpiralShape{c.from, c.to});
    for (const double ds : {0.1 * c.length, 0.5 * c.length, c.length}) {
      const auto angle = [&](double s) {
        return c.from * s + 0.5 * (c.to - c.from) / c.length * s * s;
      };
      const PlanPoint p = spiral.at(ds);
      EXPECT_NEAR(p.position.x,
                  simpson(
                      [&](double s) {
                        return std::cos(angle(s));
                      },
                      ds),
                  1e-9);
      EXPECT_NEAR(p.position.y,
                  simpson(
                      [&](double s) {
                        return std::sin(angle(s));
                      },
                      ds),
                  1e-9);
      EXPECT_NEAR(p.heading_rad, angle(ds), 1e-12);
      EXPECT_NEAR(p.curvature_1pm, c.from + (c.to - c.from) * ds / c.length, 1e-12);
    }
  }
}

// A clothoid from a straight: x = a C(l / a), y = a S(l / a) with a = sqrt(pi L / k), and the power
// series of the Fresnel integrals (Abramowitz and Stegun 7.3.11 and 7.3.13).
TEST(PlanCurve, SpiralEndsWhereFresnelIntegralsSay) {
  const auto fresnel = [](double t, bool sine) {
    const double z = M_PI / 2 * t * t;
    double sum = 0;
    double term = sine ? z : 1;  // z^m / m!, m = 2n (+ 1)
    for (int n = 0; n < 60; ++n) {
      const int m = 2 * n + (sine ? 1 : 0);
      sum += (n % 2 == 0 ? 1 : -1) * term / (2 * m + 1);
      term *= z * z / ((m + 1.0) * (m + 2.0));
    }
    return t * sum;
  };
  struct Case {
    double length, curvature;
  };
  for (const Case c : {Case{100, 0.02}, Case{60, -0.03}, Case{15, 0.6}, Case{250, 0.004}}) {
    const PlanPoint end = curve(c.length, SpiralShape{0, c.curvature}).at(c.length);
    const double a = std::sqrt(M_PI * c.length / std::abs(c.curvature));
    EXPECT_NEAR(end.position.x, a * fresnel(c.length / a, false), 1e-9) << c.curvature;
    EXPECT_NEAR(end.position.y, std::copysign(a * fresnel(c.length / a, true), c.curvature), 1e-9);
    EXPECT_NEAR(end.heading_rad, 0.5 * c.length * c.curvature, 1e-12);
  }
}

TEST(PlanCurve, DegenerateSpiralIsAnArc) {
  const PlanPoint arc = curve(50, ArcShape{0.02}).at(37);
  const PlanPoint spiral = curve(50, SpiralShape{0.02, 0.02}).at(37);
  EXPECT_NEAR(glm::length(arc.position - spiral.position), 0, 1e-10);
}

TEST(PlanCurve, Poly3RunsAlongArcLengthNotAlongU) {
  const Poly3Shape shape{0, 0.1, 0.01, -1e-4};
  const PlanCurve poly = curve(40, shape);
  const auto slope = [&](double u) {
    return shape.b + u * (2 * shape.c + 3 * shape.d * u);
  };
  for (const double ds : {5.0, 20.0, 40.0}) {
    const PlanPoint p = poly.at(ds);
    const double u = p.position.x;
    EXPECT_NEAR(p.position.y, shape.a + u * (shape.b + u * (shape.c + u * shape.d)), 1e-9);
    EXPECT_NEAR(simpson(
                    [&](double x) {
                      return std::hypot(1.0, slope(x));
                    },
                    u),
                ds, 1e-9);
    EXPECT_NEAR(p.heading_rad, std::atan(slope(u)), 1e-9);
  }
}

TEST(PlanCurve, ParamPoly3NormalizedIsEvaluatedByArcLength) {
  // A cubic Bezier curve with very uneven speed.
  const ParamPoly3Shape shape{{0, 6, 12, 2}, {0, 0, 15, -5}, false};
  const auto speed = [&](double p) {
    return std::hypot(6 + p * (24 + 6 * p), p * (30 - 15 * p));
  };
  const double length = simpson(speed, 1.0);
  const PlanCurve poly = curve(length, shape);
  EXPECT_NEAR(poly.true_length_m(), length, 1e-9);
  EXPECT_NEAR(poly.at(length).position.x, 20, 1e-9);
  EXPECT_NEAR(poly.at(length).position.y, 10, 1e-9);
  double walked = 0;
  const int n = 4000;
  for (int k = 1; k <= n; ++k) {
    walked +=
        glm::length(poly.at(length * k / n).position - poly.at(length * (k - 1) / n).position);
    if (k == n / 3) {
      EXPECT_NEAR(walked, length * k / n, 1e-5);
    }
  }
  const PlanPoint middle = poly.at(0.4 * length);
  const Vec2d ahead = poly.at(0.4 * length + 1e-4).position - middle.position;
  EXPECT_NEAR(middle.heading_rad, std::atan2(ahead.y, ahead.x), 1e-4);
}

TEST(PlanCurve, ParamPoly3ArcLengthRangeEndsAtTheLength) {
  const PlanCurve poly = curve(30, ParamPoly3Shape{{0, 1, 0, 0}, {0, 0, 0.001, 0}, true});
  EXPECT_NEAR(poly.at(30).position.x, 30, 1e-9);
  EXPECT_NEAR(poly.at(30).position.y, 0.9, 1e-9);
}

TEST(PlanCurve, PolynomialsRunOnStraightBeyondTheirEnds) {
  const PlanCurve poly = curve(30, ParamPoly3Shape{{0, 30, 0, 0}, {0, 0, 3, 0}, false});
  const PlanPoint end = poly.at(30);
  const PlanPoint beyond = poly.at(35);
  const Vec2d expected =
      end.position + 5.0 * Vec2d(std::cos(end.heading_rad), std::sin(end.heading_rad));
  EXPECT_NEAR(glm::length(beyond.position - expected), 0, 1e-12);
}

TEST(PlanCurve, AStandingStartStillHasADirection) {
  // u and v begin with zero speed.
  const PlanCurve poly = curve(10, ParamPoly3Shape{{0, 0, 8, 0}, {0, 0, 6, 0}, false});
  EXPECT_NEAR(poly.at(0).heading_rad, std::atan2(6, 8), 1e-6);
  EXPECT_NEAR(poly.at(5).position.x, 4, 1e-9);
}

}  // namespace
}  // namespace oddroad::road
