// The moving part of Traffic. Internal: plain data, and the functions that act on it, by file.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/random.h"
#include "engine/traffic/external.h"
#include "engine/traffic/lane_fit.h"
#include "engine/traffic/network.h"
#include "engine/traffic/settings.h"

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
  double paced_mps = kNoLeader_m;   // no faster for now: somebody close ahead
  bool queued = false;              // behind one that has no right to go yet
  std::uint32_t lets_in = kNobody;  // who wants to change to before it
  double lets_in_since_s = -1, lets_in_until_s = -1;
  std::uint32_t waived = kNobody;  // went before this one to end a cycle of waiting

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

// An external vehicle on its way to a lane.
struct Approach {
  std::uint32_t body;
  double to_start_m;  // from its front to the lane's start; negative: it is on it
  double length_m;
  double speed_mps;
};

struct CrosswalkOnLane {
  std::uint32_t crosswalk;
  double begin_m, end_m;
};

struct State {
  State(const Network& network, Settings s, std::uint64_t k)
      : net(&network), settings(std::move(s)), key(k), spawn(k, "traffic/spawn") {}

  const Network* net;
  Settings settings;
  std::uint64_t key;
  core::RandomStream spawn;
  std::vector<std::uint32_t> fits;                       // by lane, a bit per model
  std::vector<std::vector<CrosswalkOnLane>> crosswalks;  // by lane
  std::vector<char> crosswalk_busy;

  std::vector<Vehicle> vehicles;  // slots
  std::vector<std::uint32_t> free_slots;
  std::vector<std::uint32_t> order;  // slots in use, by id
  std::uint32_t next_id = 1;
  std::uint64_t next_grant = 1;
  std::int64_t steps = 0;
  double time_s = 0;

  std::vector<std::vector<Occupant>> lists;  // by lane, ascending front
  std::vector<std::uint32_t> touched;
  std::vector<std::vector<std::uint32_t>> claims;  // by lane: slots
  std::vector<std::vector<Approach>> approaches;   // by lane
  std::vector<std::uint32_t> approached;
  std::vector<LightState> lights;  // by head
  std::vector<ExternalBody> bodies;
  std::vector<Viewer> viewers;
  const Hidden* hidden = nullptr;
  double target_count = 0;
  std::vector<std::uint32_t> spawn_lanes;
  std::vector<double> spawn_weights;  // ascending sums
  std::vector<std::uint32_t> entry_lanes;
  std::vector<Network::Place> scratch;

  [[nodiscard]] const Lane& lane(std::uint32_t index) const { return net->lanes()[index]; }
};

// --- way.cpp ---
// Extends the path to `ahead_m` beyond the front axle, as far as the map goes.
void extend_path(State& state, Vehicle& v, double ahead_m);
// Replaces the way from the current lane on.
void switch_lane(State& state, Vehicle& v, std::uint32_t to);
void drop_passed(Vehicle& v, const State& state);
[[nodiscard]] double path_end_m(const State& state, const Vehicle& v);

// --- occupancy.cpp ---
void rebuild_lists(State& state);
void insert_occupant(State& state, std::uint32_t lane, const Occupant& occupant);

struct Ahead {
  double gap_m = kNoLeader_m;
  double speed_mps = 0;
  std::uint32_t who = kNobody;
};
// Who is ahead on the vehicle's own way: the nearest, and the one that asks for the hardest
// braking (somebody standing, whom the nearest drives around).
struct Leaders {
  Ahead nearest, gravest;
};
Leaders find_leaders(const State& state, std::uint32_t slot, double horizon_m);
// The same on the lane that is being left.
Ahead find_old_leader(const State& state, std::uint32_t slot);
// Nearest ahead of / behind a place on any lane, along straightest links.
Ahead leader_from(const State& state, std::uint32_t lane, double front_m, double horizon_m,
                  std::uint32_t except);
Ahead follower_from(const State& state, std::uint32_t lane, double rear_m, double horizon_m,
                    std::uint32_t except);

// --- passage.cpp ---
void update_passage(State& state, std::uint32_t slot);
void release_passage(State& state, std::uint32_t slot);

// --- yielding.cpp ---
struct Verdict {
  bool go = false;
  Limit limit = Limit::kNone;
  std::uint32_t by = kNobody;
};
Verdict may_enter(const State& state, std::uint32_t slot);
// Inside a passage: where to stop for those who go first there (path coordinate), or infinite.
struct Hold {
  double stop_m = kNoLeader_m;
  std::uint32_t by = kNobody;
  // Merging: follow this one as if it were ahead on the own lane.
  Ahead merging;
};
Hold hold_inside(const State& state, std::uint32_t slot);

// --- decide.cpp ---
void decide(State& state, std::uint32_t slot);
// Acceleration for a place ahead where the front should come to a stand.
double stopping_acceleration(const Vehicle& v, double distance_m);

// --- lane_change.cpp ---
void consider_lane_change(State& state, std::uint32_t slot);

// --- motion.cpp ---
void move(State& state, Vehicle& v, double dt_s);
// Starts to come to the centre of the lane from this lateral place, slope and bend, over way_m.
void come_to_centre(Vehicle& v, double lateral_m, double slope, double bend_1pm, double way_m);
// Sets the pose for the vehicle's place on its path, as if it had come along it.
void settle_pose(State& state, Vehicle& v);

// --- bodies.cpp ---
void read_surroundings(State& state, const Surroundings& around);
void add_bodies_to_lists(State& state);
void find_crosswalk_lanes(State& state);
[[nodiscard]] bool inside(const Polygon& polygon, const math::Vec2d& p);

// --- demand.cpp ---
void prepare_demand(State& state);
void fill(State& state);
void refill(State& state);
void remove_leavers(State& state);
// kNobody if there is no room.
std::uint32_t put_vehicle(State& state, std::uint32_t model, std::uint32_t lane, double offset_m,
                          double speed_mps, bool check_room);
Swath swath_of(const VehicleModel& model);
void remove_vehicle(State& state, std::uint32_t slot);
[[nodiscard]] bool is_unseen(const State& state, const math::Vec3d& p);

// --- reasons.cpp ---
std::string reason_text(const State& state, const Vehicle& v);

}  // namespace oddroad::traffic
