// Can a car be driven along a lane's centre at all? Maps hold lanes that are drawn, not driven:
// turn-arounds and corners whose inner side has shrunk to a point.
#pragma once

#include "engine/traffic/lane_table.h"

namespace oddroad::traffic {

// The largest angle of the front wheels (bicycle model) on the lane, rad, if it is entered straight
// with the front axle on its centre.
double most_steer_rad(const LaneTable& lanes, std::uint32_t lane, double wheelbase_m);

// True if a passenger car's front wheels turn as far as the lane asks for, and its rear wheels stay
// on the lane.
bool is_followable(const LaneTable& lanes, std::uint32_t lane);

}  // namespace oddroad::traffic
