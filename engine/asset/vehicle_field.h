// The body as a scalar field: negative inside, zero on the skin, roughly metres nearby. It joins
// the centreline silhouette (swept back towards the sides, crowned) and the side surface (plan
// taper times section curve) with rounded edges. Wheel houses, windows and lamps are cut later.
#pragma once

#include <vector>

#include "engine/asset/vehicle_outline.h"
#include "engine/asset/vehicle_shape.h"

namespace oddroad::asset {

class BodyField {
 public:
  explicit BodyField(const VehicleShape& shape);

  [[nodiscard]] double operator()(const math::Vec3d& p) const;
  [[nodiscard]] math::Vec3d normal(const math::Vec3d& p) const;
  // First crossing of the ray from a point inside; unit direction.
  [[nodiscard]] math::Vec3d hit(const math::Vec3d& from, const math::Vec3d& direction) const;

  // Half width of the side surface alone at (x, z).
  [[nodiscard]] double half_width(double x_m, double z_m) const;
  // Distance to the silhouette surface alone; negative inside.
  [[nodiscard]] double silhouette_distance(const math::Vec3d& p) const {
    return silhouette_distance(p, -1e30);
  }
  // Height at which the side surface meets the top at x.
  [[nodiscard]] double rail_z(double x_m) const;
  [[nodiscard]] double belt_z(double x_m) const;
  [[nodiscard]] double crease_z(double x_m) const;
  [[nodiscard]] const Silhouette& silhouette() const { return silhouette_; }
  [[nodiscard]] const VehicleShape& shape() const { return shape_; }

 private:
  // What holds for all heights at one x.
  struct Slice {
    double x, belt_z, crease_z;
    double plan;  // half width at bumper height / (W/2)
  };
  // Of the side surface at (x, z).
  struct Side {
    double half_width, slope;  // slope: metres of way per metre of distance across
  };
  void build_belt();
  [[nodiscard]] Slice slice_at(double x_m) const;
  [[nodiscard]] double half_width(const Slice& slice, double z_m) const;
  [[nodiscard]] double lower_section(const Slice& slice, double z_m) const;
  [[nodiscard]] double upper_section(const Slice& slice, double z_m) const;
  [[nodiscard]] double flare(const Slice& slice, double z_m) const;
  // `ahead`: at slice.x + kSideStep_m.
  [[nodiscard]] Side side_at(const Slice& slice, const Slice& ahead, double z_m) const;
  [[nodiscard]] double distance(const math::Vec3d& p, const Side& side) const;
  [[nodiscard]] double silhouette_distance(const math::Vec3d& p, double deep_m) const;

  static constexpr double kSideStep_m = 0.004;
  VehicleShape shape_;
  Silhouette silhouette_;
  std::vector<double> plan_;  // by fraction of length
  std::vector<double> belt_;
  double tumblehome_;  // side glass: inwards per metre up
};

}  // namespace oddroad::asset
