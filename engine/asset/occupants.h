// Who sits in vehicles. A request's number "occupants" says how many (the driver first); types
// without a cabin do not know it, and 0 is the default: parked.
#pragma once

#include "engine/asset/catalog.h"

namespace oddroad::asset {

// How many can sit in it.
int seats_of(const std::string& type);
// Sets "occupants" of a vehicle that is driven, unless the author did: a driver, and by the
// request's seed company. Mean occupancy 1.5 a car, as in European travel surveys (1.4 to 1.6).
void seat_driver(ModelRequest& request);

}  // namespace oddroad::asset
