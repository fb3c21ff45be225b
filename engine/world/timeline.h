// What happened: every actor's state at each simulation step, plus what stood still.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/asset/model.h"
#include "engine/core/ids.h"
#include "engine/math/affine.h"
#include "engine/world/environment.h"
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
  math::Vec3d velocity_mps{0};   // of the model origin; of loose things: of their middle
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
  // Vehicles with the lamps lit that they show in the clip, by lit_lamps() (lamp_looks.h); `model`
  // where nothing is lit.
  std::map<std::uint8_t, std::shared_ptr<const asset::Model>> looks;
  std::int64_t first_step = 0;  // states[k] holds at (first_step + k) * kStepNs

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

// Two things came to touch each other: outlines and heights. Riders count with what they ride.
struct CollisionFact {
  std::int64_t stamp_ns = 0;
  core::InstanceId a;  // the lower id
  core::InstanceId b;
  double relative_speed_mps = 0;  // of their velocities, when the outlines first overlap
  bool operator==(const CollisionFact&) const = default;
};

// How near the ego and another came, over the whole clip. Free gaps between outlines seen from
// above, things at other heights apart. Times that never were are -1.
struct EncounterFact {
  core::InstanceId other;
  double min_gap_m = 0;
  std::int64_t min_gap_ns = 0;
  // Time until the outlines touch if both keep their velocities; infinite if they never would.
  double min_ttc_s = 0;
  std::int64_t min_ttc_ns = -1;
  // Time between one leaving a spot and the other taking it, where their ways cross or are shared;
  // infinite if they do not. To 0.05 s.
  double post_encroachment_s = 0;
  bool operator==(const EncounterFact&) const = default;
};

struct Facts {
  std::vector<CollisionFact> collisions;  // in order of time, then ids
  std::vector<EncounterFact> encounters;  // everybody but the ego and riders, ascending id
  bool operator==(const Facts&) const = default;
};

struct Timeline {
  std::vector<Actor> actors;  // ids 1, 2, ... in this order
  std::size_t ego = 0;        // index into actors
  std::int64_t end_ns = 0;    // last instant with a state
  Environment environment;
  std::vector<TimelineEvent> events;
  std::vector<SignalTrack> signals;  // ascending signal id
  Facts facts;
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
