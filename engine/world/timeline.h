// What happened: every actor's state at each simulation step, plus what stood still.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/asset/model.h"
#include "engine/core/ids.h"
#include "engine/math/affine.h"
#include "engine/world/signal_state.h"

namespace oddroad::world {

inline constexpr std::int64_t kStepNs = 10'000'000;        // simulation step: 100 Hz
inline constexpr std::int64_t kMillisecondNs = 1'000'000;  // rigid motion is linear between these

// Lamps as they are switched. An indicator that is on flashes; `brake` and `reversing` are lit.
struct Lamps {
  enum class Beam : std::uint8_t { kOff, kPosition, kLow, kHigh } beam = Beam::kOff;
  bool indicator_left = false;  // both: hazard warning
  bool indicator_right = false;
  bool brake = false;
  bool reversing = false;
  bool operator==(const Lamps&) const = default;
};

// One actor at one instant, world frame (the clip's local frame), SI.
struct ActorState {
  math::Pose T_world_actor;      // model frame (engine/asset/model.h) in world
  math::Vec3d velocity_mps{0};   // of the model origin
  double acceleration_mps2 = 0;  // along the heading
  double yaw_rate_rps = 0;
  double steer_rad = 0;  // front wheels, + left
  double rolled_m = 0;   // distance driven: wheels turn by rolled_m / radius
  // What is not sprung (wheels on the road) in the frame of the sprung body, which is the actor's:
  // identity at rest, the inverse of the body's pitch, roll and heave in motion.
  math::Pose T_actor_unsprung;
  Lamps lamps;
  asset::Articulation articulation;
};

struct Actor {
  core::InstanceId id;
  std::string name;  // "ego", "van", "parked.2"
  std::string type;  // catalog name
  core::ClassId class_id;
  std::shared_ptr<const asset::Model> model;
  std::vector<ActorState> states;  // one per step of its life: never empty
  core::InstanceId rides;          // the bicycle under a rider, else none
  std::int64_t first_step = 0;     // states[k] holds at (first_step + k) * kStepNs

  // Traffic comes and goes during a clip: the first and the last instant with a state.
  [[nodiscard]] std::int64_t begin_ns() const { return first_step * kStepNs; }
  [[nodiscard]] std::int64_t end_ns() const {
    return begin_ns() + (static_cast<std::int64_t>(states.size()) - 1) * kStepNs;
  }
  // The state at a step of the clip; before and after its life the first and the last.
  [[nodiscard]] const ActorState& state(std::int64_t step) const {
    const auto last = static_cast<std::int64_t>(states.size()) - 1;
    return states[static_cast<std::size_t>(std::clamp<std::int64_t>(step - first_step, 0, last))];
  }
};

// Something worth telling: "child.run started".
struct TimelineEvent {
  std::int64_t stamp_ns = 0;
  std::string what;
};

// Light and weather of a clip (constant over it). Angles in radians, world frame.
struct Environment {
  double sun_elevation_rad = 0.7;
  double sun_azimuth_rad = 0;   // counter-clockwise from world x (east)
  double cloud_cover = 0.2;     // 0 clear to 1 overcast
  double rain_mm_per_h = 0;     // recorded; changes friction only
  double fog_visibility_m = 0;  // 0 = none; recorded only
  double friction = 0.85;       // tyre-road coefficient
  double turbidity = 3;
  std::uint64_t sky_seed = 0;
};

struct Timeline {
  std::vector<Actor> actors;  // ids 1, 2, ... in this order
  std::size_t ego = 0;        // index into actors
  std::int64_t end_ns = 0;    // last instant with a state
  Environment environment;
  std::vector<TimelineEvent> events;
  std::vector<SignalTrack> signals;  // ascending signal id
};

// Pose at any nanosecond of an actor's life; clamped to it. Between simulation steps: slerp/lerp to
// whole milliseconds; between whole milliseconds: the 3x4 matrices are interpolated entry by entry.
math::Affine3d pose_at_millisecond(const Actor& actor, std::int64_t millisecond);
math::Affine3d pose_at(const Actor& actor, std::int64_t stamp_ns);
// State with scalars interpolated linearly (for labels: velocity, acceleration, yaw rate).
ActorState state_at(const Actor& actor, std::int64_t stamp_ns);
// kOff for heads without a track.
SignalState signal_state(const Timeline& timeline, const std::string& signal_id,
                         std::int64_t stamp_ns);

}  // namespace oddroad::world
