// What is beside rural roads alone: power lines, avenues and poplars, fields.
#pragma once

#include "engine/stage/plants.h"

namespace oddroad::stage {

// A line of poles with wires `offset_m` beyond the edge; it breaks off where there is no room.
void add_power_line(Placer& to, const Roadside& side, core::RandomStream& random, double offset_m);
// Half of all stretches have one: tells whether this does.
bool maybe_power_line(Placer& to, const Roadside& side, const std::string& road, int section);
// An avenue, a row of poplars, or nothing.
void add_rural_row(Plants& plants, const Roadside& side, core::RandomStream& random);
void add_fields(Placer& to, const Roadside& side, core::RandomStream& random);

}  // namespace oddroad::stage
