// Bodies and clothes as soft shapes: generalised cylinders with elliptic rings and ellipsoids, that
// melt into each other where a garment has no edge (shoulders, crotch, bust). Bind pose, metres.
#pragma once

#include <functional>
#include <vector>

#include "engine/asset/mesh_tools.h"
#include "engine/math/affine.h"

namespace oddroad::asset {

using math::Vec3d;

// Smooth value noise in [-1, 1], about one bump per unit; the same on every machine.
double bump_noise(const Vec3d& p, std::uint32_t seed);
double smooth_step(double a, double b, double x);
// Smooth minimum that differs from min() within |a - b| < k.
inline double smooth_min(double a, double b, double k) {
  if (k <= 0) return std::min(a, b);
  const double h = std::max(k - std::abs(a - b), 0.0) / k;
  return std::min(a, b) - h * h * k * 0.25;
}
// Approximate signed distance to an axis-aligned ellipsoid (exact on the surface).
double ellipsoid_distance(const Vec3d& p, const Vec3d& centre, const Vec3d& radii);

// A straight axis with superelliptic rings. u points forward (x, made orthogonal to the axis) and
// v = axis x u, so that rings run right-handed about the axis.
class TubeShape {
 public:
  struct Ring {
    double s = 0;  // along the axis from the origin
    double half_u = 0, half_v = 0;
    double centre_u = 0, centre_v = 0;
  };
  // A direction across the axis, and its neighbours, which tell the slope of the surface. Rings
  // share them.
  struct Spoke {
    explicit Spoke(double angle);
    math::Vec2d at, before, after;  // cosine and sine
  };
  TubeShape(const Vec3d& origin, const Vec3d& axis, std::vector<Ring> rings, double exponent = 2);

  [[nodiscard]] Ring ring_at(double s) const;  // Catmull-Rom between rings, clamped outside
  [[nodiscard]] Vec3d point(double s, const Spoke& spoke, double inset = 0) const;
  [[nodiscard]] Vec3d outward(double s, const Spoke& spoke) const;
  // Distance to the surface across the axis (negative inside); ends are rounded off. May stop at
  // any number of at least `enough` where there is more.
  [[nodiscard]] double distance(const Vec3d& p, double enough) const;
  [[nodiscard]] const std::vector<Ring>& rings() const { return rings_; }

 private:
  struct Curve {  // the slopes of all but s at both ends, over its length
    Ring begin, end;
  };
  [[nodiscard]] Curve curve_from(std::size_t i) const;
  [[nodiscard]] double reach(double Ring::*v) const;
  [[nodiscard]] double to_exponent(double x) const;
  [[nodiscard]] Vec3d point_on(const Ring& ring, double s, const math::Vec2d& way,
                               double inset) const;
  Vec3d origin_, axis_, u_, v_;
  std::vector<Ring> rings_;
  std::vector<Curve> curves_;  // from each ring to the next
  double exponent_;
  math::Vec2d reach_{0};  // no point of the surface is farther from the axis along u or v
};

struct Blob {
  Vec3d centre{0}, radii{0};
  // True only if ellipsoid_distance is not below the limit, which is not negative.
  [[nodiscard]] bool is_beyond(const Vec3d& p, double limit) const;
};

// One piece of clothing (or the bare body): tubes that melt into each other within `melt_m(p)`,
// blobs that swell the surface, and folds that lift it.
struct SoftShape {
  std::vector<TubeShape> tubes;
  std::vector<Blob> blobs;
  double blob_melt_m = 0.03;
  std::function<double(const Vec3d&)> melt_m = [](const Vec3d&) {
    return 0.0;
  };
  std::function<double(const Vec3d&)> fold_m = [](const Vec3d&) {
    return 0.0;
  };
  // How far the surface must be lifted to clear what is worn below; 0 where it does.
  std::function<double(const Vec3d&)> clear_m = [](const Vec3d&) {
    return 0.0;
  };

  [[nodiscard]] Vec3d surface(std::size_t tube, double s, const TubeShape::Spoke& spoke,
                              double inset = 0) const;

 private:
  [[nodiscard]] double melt_lift(std::size_t tube, const Vec3d& p) const;
};

// Rings of a tube of the shape from `from` to `to` (positions along its axis, by angle), each with
// an inset; loft with `segments` points a ring, no lids. A hem turns the edge inwards.
struct SleeveOptions {
  std::function<double(double)> from, to;
  int rings = 12;
  int segments = 24;
  bool hem_from = false;
  bool hem_to = false;
  double hem_m = 0.006;
  std::uint16_t material = 0;
  std::uint16_t stripe_material = 0;  // every other ring pair, where it differs
};
TriangleMesh sleeve(const SoftShape& shape, std::size_t tube, const SleeveOptions& options);

}  // namespace oddroad::asset
