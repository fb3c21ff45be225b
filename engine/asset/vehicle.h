// Cars and vans from parameters: a lofted body with cut windows, lamps, gaps and wheel arches,
// turning wheels and mirrors. Types: vehicle_rows.h: ten car bodies, taxi, police car; panel van,
// delivery van, ambulance.
//
// The model frame's origin lies on the ground below the middle of the rear axle, x forward. Equal
// requests give equal bytes. The seed draws paint, dimensions (+-2 %), wheels and small options;
// numbers set "length", "width", "height" (metres, within 3 % of the type's nominal value) and
// "paint" (0..8: white, black, grey, silver, blue, red, green, beige, yellow) and "door" (1: the
// front left door is a part of its own that Articulation::door_rad opens; 0, the default: the body
// is in one piece) and "occupants" (0, the default, to 4: people on its seats, the driver first).
// Police cars and ambulances: "beacon" (1: blue lights flash; drawn). Panes are
// seen through (Material::transmission); the cabin behind them is a part of its own.
#pragma once

#include <memory>

#include "engine/asset/catalog.h"

namespace oddroad::asset {

inline constexpr int kMostOccupants = 4;

bool is_vehicle_type(const std::string& type);
// Errors: unknown vehicle type, unknown number key, a number out of its range. All at once.
core::Result<ModelSize> vehicle_size(const ModelRequest& request);
core::Result<std::shared_ptr<const Model>> make_vehicle(const ModelRequest& request);

}  // namespace oddroad::asset
