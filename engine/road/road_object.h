// Objects, bridges and tunnels of a road as the file describes them, in road coordinates.
// engine/road/placed_objects.h resolves them into the map frame.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/road/object_kind.h"
#include "engine/road/validity.h"

namespace oddroad::road {

struct OutlineCorner {
  int id = 0;
  // Of the road: s, t and height over the road surface. Local: u, v, z in the object's own frame
  // (u along its heading, v left, z up).
  bool local = false;
  double first_m = 0;   // s or u
  double second_m = 0;  // t or v
  double third_m = 0;   // dz or z
  double height_m = 0;  // of the object over this corner
};

struct ObjectOutline {
  int id = 0;
  bool closed = true;
  bool outer = true;      // else a hole in the outer one
  std::string fill_type;  // "grass", "concrete", "pavement", ...; empty: not said
  std::vector<OutlineCorner> corners;
};

// A value that runs linearly from the start of a repeat to its end.
struct LinearValue {
  double start = 0;
  double end = 0;
  [[nodiscard]] double at(double fraction) const { return start + fraction * (end - start); }
};

// Copies of the object along the road from s on. What the repeat does not say holds as the object
// says it.
struct ObjectRepeat {
  double s_m = 0;
  double length_m = 0;
  double distance_m = 0;  // between copies; 0: one body drawn along the road
  LinearValue t_m, z_offset_m;
  std::optional<LinearValue> width_m, height_m, length_of_m, radius_m;
  bool detached = false;  // along the straight line from start to end, not along the road
};

// Paint along one side of the bounding box, or along the corners that are named.
struct ObjectMarking {
  enum class Side { kNone, kFront, kRear, kLeft, kRight };
  Side side = Side::kNone;
  std::vector<int> corner_ids;
  std::string color;
  double width_m = 0.12;
  double z_offset_m = 0.005;
  double line_m = 0;   // of one dash
  double space_m = 0;  // between dashes; 0: unbroken
  double start_offset_m = 0;
  double stop_offset_m = 0;
};

struct RoadObject {
  std::string id, type, subtype, name;
  ObjectKind kind = ObjectKind::kOther;
  Orientation orientation = Orientation::kNone;
  double s_m = 0, t_m = 0;
  double z_offset_m = 0;        // over the road surface
  double heading_rad = 0;       // of u, counted from the road's
  double pitch_rad = 0;         // against the level plane, positive lifts the front
  double roll_rad = 0;          // against the level plane, positive lifts the left side
  bool square_to_road = false;  // stands square on the road surface instead; pitch and roll idle
  // 0: not said. A box is centred on the object's place: +-length/2 along u, +-width/2 along v.
  double length_m = 0, width_m = 0, height_m = 0, radius_m = 0;
  double valid_length_m = 0;
  std::vector<LaneValidity> validities;
  std::vector<ObjectOutline> outlines;
  std::vector<ObjectRepeat> repeats;
  std::vector<ObjectMarking> markings;
  std::string material;        // "surface" of its first <material>
  std::string parking_access;  // "all", "car", "handicapped", ...; of parking spaces
  std::string parking_restrictions;
  core::SourceLocation where;
};

// An object of another road that counts for this one, too. It is not there twice.
struct ObjectReference {
  std::string object_id;
  Orientation orientation = Orientation::kNone;
  double s_m = 0, t_m = 0, z_offset_m = 0, valid_length_m = 0;
  std::vector<LaneValidity> validities;
  core::SourceLocation where;
};

// A stretch of road that is carried by a bridge or runs through a tunnel.
struct RoadStructure {
  enum class Kind { kBridge, kTunnel };
  Kind kind = Kind::kBridge;
  std::string id, name;
  std::string
      type;  // bridge: "concrete", "steel", "brick", "wood"; tunnel: "standard", "underpass"
  double s_m = 0;
  double length_m = 0;
  double lighting = 0;  // tunnel: artificial light, 0 to 1
  double daylight = 0;  // tunnel: share of daylight, 0 to 1
  std::vector<LaneValidity> validities;
  core::SourceLocation where;
};

}  // namespace oddroad::road
