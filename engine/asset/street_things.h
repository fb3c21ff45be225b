// What stands on footways and verges: bench, litter_bin, advert_column, post_box, bus_stop (a mast
// with its sign and timetable), power_pole, and beacon, the red and white board of road works.
// Origin on the ground at the middle; fronts look to +x. class_name "street_furniture", but "pole"
// for power_pole and "barrier" for beacon.
//
// The wires between power poles hang from kWires, in the pole's frame (x across the line).
#pragma once

#include <array>
#include <vector>

#include "engine/asset/prop.h"

namespace oddroad::asset {

inline constexpr double kPowerPole_m = 9.5;
inline constexpr std::array<std::array<double, 2>, 4> kWires = {
    {{-.75, 9.1}, {-.28, 9.1}, {.28, 9.1}, {.75, 9.1}}};  // x and height

std::vector<PropType> street_thing_types();

}  // namespace oddroad::asset
