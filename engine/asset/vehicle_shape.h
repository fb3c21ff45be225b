// The dimensions and outlines a vehicle is lofted from, drawn for one request.
#pragma once

#include <string>
#include <vector>

#include "engine/asset/catalog.h"

namespace oddroad::asset {

enum class BodyStyle { kHatch, kSedan, kCoupe, kEstate, kSuv, kPickup, kVan };
// A boot lid below a sloping rear window.
constexpr bool has_boot(BodyStyle style) {
  return style == BodyStyle::kSedan || style == BodyStyle::kCoupe;
}
// High sills and unpainted lips.
constexpr bool is_tall(BodyStyle style) {
  return style == BodyStyle::kSuv || style == BodyStyle::kPickup;
}
// What a vehicle is for shows in its paint, its lettering and on its roof.
enum class Duty { kPrivate, kTaxi, kPolice, kAmbulance, kDelivery };

// A control point of an outline, model frame (x forward from the rear axle, z up), metres.
// A corner splits the spline; the others are passed smoothly.
struct OutlinePoint {
  double x_m = 0;
  double z_m = 0;
  bool corner = false;
};

struct VehicleShape {
  std::string type;
  BodyStyle style = BodyStyle::kHatch;
  Duty duty = Duty::kPrivate;
  double length_m = 0, width_m = 0, height_m = 0;
  double wheelbase_m = 0, front_overhang_m = 0, rear_overhang_m = 0;
  double tyre_radius_m = 0, tyre_width_m = 0, rim_radius_m = 0;
  double track_front_m = 0, track_rear_m = 0;
  double sill_z_m = 0;        // underside of the sill
  double sill_top_z_m = 0;    // where painted metal begins
  double tumblehome_rad = 0;  // side glass from vertical
  double arch_radius_m = 0;
  double arch_flare_m = 0;
  double windscreen_top_z_m = 0;
  double rear_glass_top_z_m = 0;
  double rear_glass_bottom_z_m = 0;
  double max_steer_rad = 0;
  double pillar = .44;  // where the front doors end, as a share of the wheelbase from the rear axle
  // Centreline from the front bumper's lower edge over the roof to the rear bumper's lower edge.
  std::vector<OutlinePoint> top;
  // Side windows with their pillars; starts at the lower front corner, goes up and back.
  std::vector<OutlinePoint> daylight;
  int paint = 0;  // PaintColour
  bool opening_door = false;
  int occupants = 0;    // the driver first
  bool beacon = false;  // blue lights are on
  std::uint64_t seed = 0;

  [[nodiscard]] double nose_x_m() const { return wheelbase_m + front_overhang_m; }
  [[nodiscard]] double from_front(double u) const { return nose_x_m() - u * length_m; }
  [[nodiscard]] double fraction(double x_m) const { return (nose_x_m() - x_m) / length_m; }
};

std::vector<std::string> vehicle_types();
// Nominal dimensions varied by the seed, and by "length", "width", "height", "paint" where set.
// Errors: unknown type or key, a number out of its range; all of them.
core::Result<VehicleShape> draw_vehicle_shape(const ModelRequest& request);

}  // namespace oddroad::asset
