// What trucks are put together from: a cab that is looked into, frame, lamps behind, box bodies.
#pragma once

#include "engine/asset/cabin.h"
#include "engine/asset/vehicle_kit.h"

namespace oddroad::asset::kit {

inline constexpr Tyre kTruckTyre{.507, .315, .295};

// A cab over the engine.
struct Cab {
  float front;   // x of the foremost point
  float length;  // to the rear wall
  float half;    // half width
  float height;
  float axle_x;
};
// With mirrors, panes, seats and as many people as the number "occupants" says.
void add_cab(Kit& kit, const Cab& cab, const PropNumbers& numbers);

// Indicator, brake, tail and reversing lamps, and the plate between them, facing back at x.
void add_rear_lamps(Kit& kit, float x, float half, float z);
// Frame, tanks, underrun guards between the axles and behind.
void add_chassis(Kit& kit, float x0, float x1, float half, bool guards);
// A body of panels with aluminium rails and contour tape (UN R104).
void add_box_body(Kit& kit, float x0, float x1, float half, float z0, float z1, std::uint16_t skin,
                  std::uint16_t tape);
std::uint16_t add_skin(Kit& kit, const PropNumbers& numbers);
std::uint16_t add_tape(Kit& kit);

}  // namespace oddroad::asset::kit
