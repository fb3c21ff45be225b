// Lanes as things to travel along: one node per lane and lane section, joined in driving direction.
// All distances along a lane ("offset") start where its traffic enters and run with the traffic.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/ids.h"
#include "engine/road/locator.h"
#include "engine/road/road_map.h"

namespace oddroad::road {

// A lane of one lane section, counted from 1 in map order. 0 = none.
using LaneId = core::Id<struct LaneNodeTag, std::uint32_t>;

struct CentrePoint {
  math::Vec3d position{0};  // on the lane's surface
  double offset_m = 0;      // arc length from the lane's entry
  double s_m = 0;           // road coordinate
  double width_m = 0;
};

struct LaneNode {
  LaneId id;
  int road = 0;     // index into RoadMap::roads
  int section = 0;  // index into Road::sections
  int lane = 0;     // OpenDRIVE lane id, never 0
  LaneType type = LaneType::kNone;
  int direction = 1;                 // +1: offset grows with s
  bool both_ways = false;            // traffic may also run against the offset
  double length_m = 0;               // arc length of the centre line
  std::vector<CentrePoint> centre;   // ascending offset, chord error <= 1 cm
  std::vector<LaneId> successors;    // straightest first
  std::vector<LaneId> predecessors;  // straightest first
  LaneId left;   // neighbour on the driver's left, whatever its type or direction
  LaneId right;  // neighbour on the driver's right
};

// An end of one lane touching an end of another, as the file links them or as was derived.
struct LaneJoin {
  LaneId from;
  LaneId to;
  double gap_m = 0;      // between the two centre lines' ends
  bool derived = false;  // no link in the file; found by geometry
  bool through_junction = false;
};

struct LanePosition {
  LaneId lane;
  double offset_m = 0;
  bool operator==(const LanePosition&) const = default;
};

// Exact geometry at a lane position (not on the chord). Axes: forward with the traffic.
struct LanePose {
  math::Vec3d position{0};
  double heading_rad = 0;
  double pitch_rad = 0;      // positive uphill
  double roll_rad = 0;       // positive lifts the left
  double curvature_1pm = 0;  // of the lane's centre line, positive to the driver's left
  double width_m = 0;
  double s_m = 0;
};

struct AheadPoint {
  math::Vec3d position{0};
  double distance_m = 0;  // along the path from the start
  LanePosition at;
};

class LaneGraph {
 public:
  // Keeps a pointer to the map, which must outlive it.
  explicit LaneGraph(const RoadMap& map);

  [[nodiscard]] const RoadMap& map() const { return *map_; }
  [[nodiscard]] const std::vector<LaneNode>& lanes() const { return lanes_; }
  [[nodiscard]] const LaneNode& lane(LaneId id) const;
  [[nodiscard]] const Road& road_of(LaneId id) const;
  [[nodiscard]] const std::vector<LaneJoin>& joins() const { return joins_; }
  // Links that name what does not exist or join lanes of opposite traffic; they are ignored.
  [[nodiscard]] const core::Diagnostics& warnings() const { return warnings_; }

  // --- find ---
  [[nodiscard]] LaneId find(int road, int section, int lane_id) const;
  [[nodiscard]] LaneId find_at(int road, double s_m, int lane_id) const;
  // Position on a lane of a road; empty if there is no such lane.
  [[nodiscard]] std::optional<LanePosition> at(const std::string& road_id, double s_m,
                                               int lane_id) const;
  // Lane under a point, optionally only drivable lanes; lateral_m (may be null) receives the
  // distance left of the lane's centre.
  [[nodiscard]] std::optional<LanePosition> locate(const math::Vec3d& p, bool drivable_only = false,
                                                   double* lateral_m = nullptr) const;

  // --- geometry ---
  // lateral_m to the driver's left of the centre line; offsets beyond the ends run on straight.
  [[nodiscard]] LanePose pose(const LanePosition& at, double lateral_m = 0) const;
  [[nodiscard]] double s_of(const LanePosition& at) const;
  [[nodiscard]] LanePosition from_s(LaneId id, double s_m) const;
  // Same place across: position on a neighbour lane of the same section.
  [[nodiscard]] LanePosition across(const LanePosition& at, LaneId neighbour) const;

  // --- travel: follows the straightest drivable successor unless a turn is given ---
  // Empty if the map ends before `distance_m` (negative: backwards).
  [[nodiscard]] std::optional<LanePosition> advance(const LanePosition& from,
                                                    double distance_m) const;
  // Lanes that the next `distance_m` lead over, the first one included.
  [[nodiscard]] std::vector<LaneId> lanes_ahead(const LanePosition& from, double distance_m) const;
  // Their centre lines as one polyline from `from` on; ends early where the map ends.
  [[nodiscard]] std::vector<AheadPoint> lane_ahead(const LanePosition& from,
                                                   double distance_m) const;
  // Free length ahead up to `limit_m` before the map ends.
  [[nodiscard]] double distance_to_end(const LanePosition& from, double limit_m) const;
  // The neighbour with traffic in the same direction that vehicles may use, or none.
  [[nodiscard]] LaneId drivable_left(LaneId id) const;
  [[nodiscard]] LaneId drivable_right(LaneId id) const;
  // The next lane with traffic the other way on the same road (nearest across lane 0), or none.
  [[nodiscard]] LaneId opposite(LaneId id) const;

 private:
  void add_lanes(int road);
  void sample_centre(LaneNode& node, std::size_t most) const;
  void set_neighbours();
  void order_links();

  const RoadMap* map_;
  RoadLocator locator_;
  std::vector<LaneNode> lanes_;
  std::vector<std::vector<std::size_t>> first_;  // [road][section]: index of its first node
  std::vector<LaneJoin> joins_;
  core::Diagnostics warnings_;
  std::size_t points_ = 0;  // of all centre lines
};

}  // namespace oddroad::road
