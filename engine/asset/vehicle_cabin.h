// The inside of cars and vans, as far as it is seen through their panes: dashboard, seats, wheel,
// floor, console, shelf or bulkhead, mirror. Sides and roof are the back of the body's skin.
#pragma once

#include "engine/asset/cabin.h"
#include "engine/asset/vehicle_field.h"

namespace oddroad::asset {

struct Furnished {
  TriangleMesh mesh;
  std::vector<Seat> seats;  // driver, beside the driver, then behind
};
Furnished furnish_cabin(const BodyField& field);

}  // namespace oddroad::asset
