// One vehicle of the traffic: what it is, where it is, what its driver has in mind. Internal.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/traffic/conflicts.h"
#include "engine/traffic/vehicle_model.h"

namespace oddroad::traffic {

inline constexpr std::uint32_t kNobody = 0xffffffff;

enum class Limit : std::uint8_t {
  kNone,
  kLeader,
  kRedLight,
  kStopSign,
  kYield,
  kConflict,  // inside a junction: another one is or goes first there
  kExitFull,
  kLaneEnd,
  kMapEnd,
  kCrosswalk,
  kObstacle,  // an external body
  kQueue,     // behind somebody who has no right to go on yet
};

// A stretch of the way: the lane and the path coordinate at which it starts.
struct PathItem {
  std::uint32_t lane;
  double start_m;
};

// A part of a body on a lane, in the lane's offsets; who >= kExternal: body who - kExternal.
inline constexpr std::uint32_t kExternal = 0x80000000;
struct Occupant {
  std::uint32_t who;
  float front_m, rear_m;
  float speed_mps;
};

// The next stretch where the right to go is needed, in path coordinates.
struct Passage {
  double line_m = 0;                  // the front stops here; infinite: nothing near
  double end_m = 0;                   // free of it when the rear is here
  double speed_mps = 0;               // to be expected on it
  std::uint32_t first = 0, last = 0;  // path indices
  std::uint32_t entry = kNoLane;      // lane whose controls hold
  [[nodiscard]] bool exists() const { return entry != kNoLane; }
};

struct Vehicle {
  std::uint32_t id = 0;  // 0: the slot is free
  std::uint32_t model = 0;
  VehicleClass kind = VehicleClass::kCar;
  Swath swath = kSmall;
  bool guest = false;
  // Geometry, from the front axle.
  double front_m = 0, back_m = 0, half_width_m = 0, wheelbase_m = 0;
  VehicleModel shape;
  DriverModel driver;
  double speed_factor = 1;

  // Along.
  double p_m = 0;  // path coordinate of the front axle
  double v_mps = 0, a_mps2 = 0;
  double wanted_mps2 = 0;
  double desired_mps = 10;  // here, if nobody were in the way
  double jerk_mps3 = 3;     // bound until the next decision
  // Across: a quintic of the progress over way_m that ends on the lane's centre, along it.
  double lateral_m = 0;
  double slope = 0;     // d lateral / d way
  double bend_1pm = 0;  // its derivative
  std::array<double, 6> across{};
  double way_m = 1, progress = 1;
  int change_side = 0;  // +1 while changing to the left
  // Pose.
  math::Vec3d rear{0};
  double front_z = 0;
  double yaw = 0, pitch = 0, roll = 0, steer = 0, rolled_m = 0;
  double trailer_yaw = 0;
  double trailer_pitch = 0;
  math::Vec3d trailer_axle{0};

  // Way.
  std::vector<PathItem> path;
  std::uint32_t at = 0;          // path index of the front axle
  std::uint32_t goal = kNoLane;  // lane to be entered after this road
  int side = 0;                  // +1: must change to the left for it, -1: to the right
  std::vector<int> route;        // road indices still to be driven
  // Lane change.
  std::uint32_t from_lane = kNoLane;  // still partly on it
  int from_side = 0;                  // where that lies: +1 left
  double from_shift_m = 0;            // its offset less that of the lane now driven on
  int intent = 0;                     // signalled, not begun
  double intent_since_s = 0;
  double last_change_s = -100;
  int turning = 0;  // indicator for a turn ahead

  // Right of way.
  Passage passage;
  std::uint64_t grant = 0;  // 0: may not go; else the lower, the earlier it was given
  std::vector<std::uint32_t> claimed;
  double waits_since_s = -1;  // standing at the line
  bool obeyed_stop = false;
  double paced_mps = kUnbounded;    // bound by whoever drives close ahead
  bool queued = false;              // behind one that has no right to go yet
  std::uint32_t lets_in = kNobody;  // who wants to change to before it
  double lets_in_since_s = -1, lets_in_until_s = -1;
  std::uint32_t waived_id = 0;  // the vehicle before which it went to end a ring of waiting

  // Why it is not faster.
  Limit limit = Limit::kNone;
  std::uint32_t limit_by = kNobody;  // slot, head, external body, by limit
  double still_since_s = -1;
  bool braking_lamp = false;
  bool hazard = false;

  [[nodiscard]] double front() const { return p_m + front_m; }
  [[nodiscard]] double rear_end() const { return p_m - back_m; }
  [[nodiscard]] std::uint32_t lane() const { return path[at].lane; }
  [[nodiscard]] double offset() const { return p_m - path[at].start_m; }
};

}  // namespace oddroad::traffic
