// Signals (lights and signs) of a road as the file describes them, in road coordinates.
// engine/road/placed_signals.h resolves them into the map frame and onto lanes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/road/validity.h"

namespace oddroad::road {

// Where the thing itself stands, if not where the signal counts.
struct PhysicalPosition {
  std::string road_id;  // empty: x, y, z of the map
  double first_m = 0;   // s or x
  double second_m = 0;  // t or y
  double third_m = 0;   // zOffset or z
  double heading_rad = 0, pitch_rad = 0, roll_rad = 0;
};

// Another signal that this one depends on or an object that carries it.
struct SignalLink {
  std::string kind;  // "dependency", "signal", "object"
  std::string id;
  std::string type;
};

struct RoadSignal {
  std::string id, type, subtype, country, country_revision, name, text;
  Orientation orientation = Orientation::kNone;
  bool dynamic = false;
  double s_m = 0, t_m = 0;
  double z_offset_m = 0;   // of its lower edge over the road surface
  double heading_rad = 0;  // hOffset: turned by this from facing along the road
  double pitch_rad = 0, roll_rad = 0;
  double value = 0, width_m = 0, height_m = 0;  // 0: not said
  std::string unit;                             // of value, as in the file
  std::vector<LaneValidity> validities;         // empty: all lanes of its direction
  std::optional<PhysicalPosition> stands_at;
  std::vector<SignalLink> links;
  core::SourceLocation where;
};

// A signal that stands at another road and holds for this one, too.
struct SignalReference {
  std::string signal_id;
  Orientation orientation = Orientation::kNone;  // as RoadSignal's, on this road
  double s_m = 0, t_m = 0;
  std::vector<LaneValidity> validities;
  core::SourceLocation where;
};

}  // namespace oddroad::road
