// One road: records as read, and the geometry they describe.
// Frames: inertial x east, y north, z up; road s along the reference line, t to the left, h up.
// t and h are measured along the tilted axes: the cross section stands square to the sloped
// reference line and is rolled about it by the superelevation (positive lifts the left side). The
// road surface lies at the height of the lateral shape over that plane; h counts from it.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/result.h"
#include "engine/road/lane.h"
#include "engine/road/lateral_shape.h"
#include "engine/road/reference_line.h"
#include "engine/road/road_object.h"
#include "engine/road/road_signal.h"

namespace oddroad::road {

enum class TrafficRule { kRightHand, kLeftHand };
enum class ContactPoint { kStart, kEnd };
enum class LinkKind { kNone, kRoad, kJunction };

// What touches one end of a road.
struct RoadLink {
  LinkKind kind = LinkKind::kNone;
  std::string id;                       // of the road or junction
  std::optional<ContactPoint> contact;  // which end of that road
  // Virtual junctions: touches that road not at an end but here.
  std::optional<double> side_s_m;
};

// "town", "motorway", ... from s_m on; limit 0: none stated (or no limit).
struct RoadTypeRecord {
  double s_m = 0;
  std::string type;
  double limit_mps = 0;
};

// A place on the road and its axes (unit, square to each other, forward with +s).
struct RoadFrame {
  math::Vec3d position{0};
  math::Vec3d forward{1, 0, 0};
  math::Vec3d left{0, 1, 0};
  math::Vec3d up{0, 0, 1};
  double heading_rad = 0;  // of forward, in the plane
  double pitch_rad = 0;    // slope, positive uphill with +s
  double roll_rad = 0;     // superelevation, positive lifts the left
};

// Where a lane runs at one s. inner is the border nearer to lane 0.
struct LaneStrip {
  double inner_t_m = 0;
  double outer_t_m = 0;
  double inner_h_m = 0;  // lane height above the road surface
  double outer_h_m = 0;
  [[nodiscard]] double width_m() const {
    return outer_t_m > inner_t_m ? outer_t_m - inner_t_m : inner_t_m - outer_t_m;
  }
  [[nodiscard]] double centre_t_m() const { return 0.5 * (inner_t_m + outer_t_m); }
};

struct Road {
  std::string id;  // a string in OpenDRIVE, not a number
  std::string name;
  std::string junction_id;  // empty: not a connecting road
  double length_m = 0;
  TrafficRule rule = TrafficRule::kRightHand;
  std::vector<RoadTypeRecord> types;
  RoadLink predecessor;  // touches s = 0
  RoadLink successor;    // touches s = length
  ReferenceLine reference;
  CubicProfile elevation;
  CubicProfile superelevation;
  LateralShape lateral;
  CubicProfile lane_offset;
  std::vector<LaneSection> sections;  // at least one, ascending, covering [0, length]
  // s where some record begins, with 0 and the length, ascending: see break_stations().
  std::vector<double> breaks_m;
  std::vector<RoadObject> objects;
  std::vector<ObjectReference> object_references;
  std::vector<RoadStructure> structures;  // ascending
  std::vector<RoadSignal> signals;
  std::vector<SignalReference> signal_references;
  core::SourceLocation where;

  // --- reference frame; s outside [0, length] runs on straight ---
  // The axes along which t and h run, at the reference line.
  [[nodiscard]] RoadFrame reference_frame(double s_m) const;
  // The road surface (without lane heights) at (s, t): forward is the direction of the reference
  // line there, left and up follow the surface.
  [[nodiscard]] RoadFrame frame(double s_m, double t_m = 0) const;
  // The point at h over the road surface at (s, t), lane heights not counted.
  [[nodiscard]] math::Vec3d position(double s_m, double t_m, double h_m = 0) const;
  [[nodiscard]] double curvature(double s_m) const { return reference.at(s_m).curvature_1pm; }

  // --- cross section. `section` is an index; s is clamped to nothing, so the end of a section can
  // be asked with its own records ---
  [[nodiscard]] int section_at(double s_m) const;
  [[nodiscard]] LaneStrip strip(int section, int lane_id, double s_m) const;
  // t of the outer border of every lane (lane 0: of the centre), in the order of the section.
  void outer_borders(int section, double s_m, std::vector<double>& t_m) const;
  // d(centre t)/ds, for the direction of the lane's centre line.
  [[nodiscard]] double centre_slope(int section, int lane_id, double s_m) const;
  // Lane whose strip contains t; empty outside the road. Borders belong to the inner lane.
  [[nodiscard]] std::optional<int> lane_at(double s_m, double t_m) const;
  // A point of a lane's surface: 0 = inner border, 1 = outer border. Lane height and `level` count.
  [[nodiscard]] math::Vec3d lane_point(int section, int lane_id, double s_m, double fraction) const;
  // The surface at (s, t) with the height of the lane that lies there; beside the lanes the height
  // of the outermost border goes on.
  [[nodiscard]] math::Vec3d surface(int section, double s_m, double t_m) const;
  // +1: traffic of that lane runs with s; -1: against it. Bidirectional lanes as if not.
  [[nodiscard]] int driving_direction(const Lane& lane) const;

  // --- attributes along s ---
  // "unknown" where no record holds.
  [[nodiscard]] std::string type_at(double s_m) const;
  // Of the lane if it states one, else of the road; 0: none.
  [[nodiscard]] double speed_limit_mps(double s_m, int lane_id = 0) const;
  [[nodiscard]] bool is_connecting() const { return !junction_id.empty(); }
};

}  // namespace oddroad::road
