// Junctions and signal groups as the file describes them.
#pragma once

#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/road/road.h"

namespace oddroad::road {

struct LaneLink {
  int from = 0;
  int to = 0;
};

// From the end of `incoming_road` that touches the junction onto `connecting_road` (or, in a direct
// junction, straight onto another ordinary road) at its end `contact`. In a virtual junction the
// incoming road runs on; the connecting road's own link says where it is left.
struct JunctionConnection {
  std::string id;
  std::string incoming_road;
  std::string connecting_road;
  ContactPoint contact = ContactPoint::kStart;
  std::vector<LaneLink> lane_links;
  core::SourceLocation where;
};

// Traffic on the connecting road `high` goes before traffic on `low`.
struct JunctionPriority {
  std::string high_road;
  std::string low_road;
};

// Where people cross a road: from a lane of one road to a lane of another (1.8).
struct CrossPath {
  std::string id;
  std::string crossing_road;
  std::string start_road, end_road;
  double start_s_m = 0, end_s_m = 0;  // on the roads at its start and end
  LaneLink start_lanes, end_lanes;    // from: of that road, to: of the crossing road
};

// The stretch of a road that a crossing junction takes up (1.8).
struct CrossedSection {
  std::string road_id;
  double s0_m = 0, s1_m = 0;
};

enum class JunctionKind {
  kDefault,   // connecting roads lead from incoming to outgoing roads
  kDirect,    // roads meet without connecting roads
  kVirtual,   // connecting roads leave a main road that is not interrupted
  kCrossing,  // roads cross without turning from one to the other
};
std::string_view to_string(JunctionKind kind);

struct Junction {
  std::string id;
  std::string name;
  JunctionKind kind = JunctionKind::kDefault;
  std::vector<JunctionConnection> connections;
  std::vector<JunctionPriority> priorities;
  std::vector<std::string> controller_ids;
  std::string main_road;         // of virtual junctions
  double s0_m = 0, s1_m = 0;     // of virtual junctions: along the main road
  std::vector<CrossPath> paths;  // for people
  std::vector<CrossedSection> crossed;
  core::SourceLocation where;
};

// Signals that switch together: the heads of one signal group.
struct Controller {
  std::string id;
  std::string name;
  int sequence = 0;
  std::vector<std::string> signal_ids;
};

}  // namespace oddroad::road
