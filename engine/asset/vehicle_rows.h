// The table of lofted vehicles: class averages in millimetres, outlines in fractions of length and
// height, x from the front bumper. A "!" marks a corner. Sources: assets/README.md; types that
// share a body differ in paint and in what stands on the roof.
#pragma once

#include <span>

#include "engine/asset/vehicle_shape.h"

namespace oddroad::asset {

struct VehicleRow {
  const char* type;
  BodyStyle style;
  double length, width, height, wheelbase, front_overhang;
  double tyre_diameter, tyre_width, rim_inch, track_front, track_rear;
  double sill, sill_top, tumblehome_deg, arch_gap, arch_flare;
  double windscreen_top, rear_glass_bottom, rear_glass_top;  // fractions of height
  const char* top;
  const char* daylight;
  Duty duty = Duty::kPrivate;
};

// Sorted by type.
std::span<const VehicleRow> vehicle_rows();

}  // namespace oddroad::asset
