// Which lights and signs govern entering which lanes (road/placed_signals.h says what stands where
// and for whom; here it is carried on to the junction, or to a stop line of the open road).
#pragma once

#include <string>
#include <vector>

#include "engine/traffic/conflicts.h"

namespace oddroad::traffic {

enum class SignalKind {
  kLight,            // for vehicles
  kPedestrianLight,  // for people (and bicycles) who cross
};

// One signal of the map that shows lights.
struct Head {
  std::string signal_id;
  SignalKind kind = SignalKind::kLight;
  int road = -1;  // that it stands at, index into RoadMap::roads
  double s_m = 0;
  int junction = -1;                   // index into RoadMap::junctions; -1: away from any
  bool red_yellow = true;              // red and yellow together before green
  std::vector<std::uint32_t> entries;  // lanes that traffic enters by it
};

enum class SignRank : std::uint8_t { kStop, kYield, kNone, kPriority };

// What holds for vehicles about to enter a lane (mostly of a junction).
struct Entry {
  SignRank sign = SignRank::kNone;
  double line_back_m = 1.0;  // the stop line lies this far before the lane's guard
  std::vector<std::uint32_t> heads;
};

// A light on the open road, e.g. at a crossing for people.
struct RoadLight {
  double offset_m = 0;  // of the stop line
  std::uint32_t head = 0;
};

struct Controls {
  std::vector<Head> heads;
  std::vector<Entry> entries;                       // by lane
  std::vector<std::vector<RoadLight>> road_lights;  // by lane, ascending offset
};

// Speed limit signs are written into the lanes.
Controls find_controls(const road::LaneGraph& graph, LaneTable& lanes,
                       const ConflictTable& conflicts);

}  // namespace oddroad::traffic
