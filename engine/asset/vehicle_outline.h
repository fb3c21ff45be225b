// Outlines of vehicles: splines with corners, closed polygons with a signed distance, and monotone
// curves through a few points.
#pragma once

#include <vector>

#include "engine/asset/vehicle_shape.h"
#include "engine/math/affine.h"

namespace oddroad::asset {

// Centripetal Catmull-Rom through the points, split at corners; (x, z) vertices, the first and the
// last included.
std::vector<math::Vec2d> trace_outline(const std::vector<OutlinePoint>& points, int steps_per_span,
                                       bool closed);

// The side silhouette on the centreline, closed along the sill line.
class Silhouette {
 public:
  explicit Silhouette(const VehicleShape& shape);
  // Metres to the outline in the plane y = 0; negative inside. Where it is below `deep_m` any
  // number up to that may come back.
  [[nodiscard]] double distance(double x_m, double z_m, double deep_m = -1e30) const;
  // Highest point of the outline at x (of the nearest end beyond the ends).
  [[nodiscard]] double top_z(double x_m) const;
  // Where the front part of the outline (from the nose to the roof) has this height.
  [[nodiscard]] double front_x_at(double z_m) const;
  [[nodiscard]] double rear_x_at(double z_m) const;

 private:
  // From vertex i to the one before it.
  struct Segment {
    math::Vec2d from, along;
    double length2;
  };
  // Neighbouring segments and what bounds them: distances skip those far away.
  struct Group {
    std::size_t first, last;
    math::Vec2d lower, upper;
    double begin_z, end_z;  // of the chain
  };
  static constexpr std::size_t kGroup = 12;
  static constexpr std::size_t kMostGroups = 64;
  void bound_segments();
  [[nodiscard]] bool crosses(const Group& group, const math::Vec2d& p) const;
  [[nodiscard]] double nearest2(const Group& group, const math::Vec2d& p) const;

  std::vector<math::Vec2d> polygon_;
  std::vector<Segment> segments_;
  std::vector<Group> groups_;
  std::size_t top_count_ = 0;  // vertices of polygon_ that belong to the TOP spline
  std::size_t summit_ = 0;
};

// Monotone cubic through (a, value) pairs with increasing a (Fritsch and Carlson 1980); constant
// beyond the ends.
class MonotoneCurve {
 public:
  MonotoneCurve() = default;
  explicit MonotoneCurve(std::vector<math::Vec2d> points);
  [[nodiscard]] double operator()(double a) const;

 private:
  std::vector<math::Vec2d> points_;
  std::vector<double> slope_;
};

inline double smoothstep(double a, double b, double x) {
  if (a < b && x <= a) return 0;
  if (a < b && x >= b) return 1;
  const double t = glm::clamp((x - a) / (b - a), 0.0, 1.0);
  return t * t * (3 - 2 * t);
}

}  // namespace oddroad::asset
