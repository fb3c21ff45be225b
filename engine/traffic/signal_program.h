// Fixed-time programs of the map's lights: phases, yellow, clearance. Times in seconds from the
// start of simulation. Groups come from the junction's controllers; where there are none, heads of
// one approach form a group, and groups that do not cross share a phase.
// Yellow: 3 s up to 50 km/h, 4 s up to 60, 5 s above (RiLSA 2015, 2.4); red with yellow 1 s.
#pragma once

#include <optional>

#include "engine/traffic/right_of_way.h"

namespace oddroad::traffic {

enum class LightState : std::uint8_t { kRed, kRedYellow, kGreen, kYellow };
std::string_view to_string(LightState state);

// One head's share of its program's cycle: green in [green_from, green_to), yellow after it.
struct HeadTiming {
  double cycle_s = 60;
  double offset_s = 0;  // added to the time
  double green_from_s = 0, green_to_s = 0;
  double yellow_s = 3;
  double red_yellow_s = 1;
};
LightState state_at(const HeadTiming& timing, double time_s);

// Seconds of all-red between two movements: what leaves last is out of every zone before what
// enters first is in it; at least 1 s.
double clearance_s(const LaneTable& lanes, const ConflictTable& conflicts,
                   const std::vector<std::uint32_t>& leaving,
                   const std::vector<std::uint32_t>& entering);

// In the order of Controls::heads.
std::vector<HeadTiming> plan_programs(const road::LaneGraph& graph, const LaneTable& lanes,
                                      const ConflictTable& conflicts, const Controls& controls);

}  // namespace oddroad::traffic
