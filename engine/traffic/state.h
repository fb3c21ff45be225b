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
#include "engine/traffic/vehicle.h"

namespace oddroad::traffic {

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
  std::vector<std::uint64_t> fits;                       // by lane, a bit per model
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

// --- yielding.cpp, hold_inside.cpp ---
struct Verdict {
  bool go = false;
  Limit limit = Limit::kNone;
  std::uint32_t by = kNobody;
  std::uint32_t waived = kNobody;  // would go first, but has waited less in a ring of waiting
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

// --- demand.cpp, spawn.cpp ---
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

// --- traffic.cpp ---
// kNobody if there is no such vehicle.
std::uint32_t slot_of(const State& state, std::uint32_t id);

// --- reasons.cpp ---
std::string reason_text(const State& state, const Vehicle& v);

}  // namespace oddroad::traffic
