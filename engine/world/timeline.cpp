#include "engine/world/timeline.h"

#include <algorithm>

#include "engine/core/check.h"

namespace oddroad::world {
namespace {

// A place between two states: states[index] and, if share > 0, states[index + 1].
struct Between {
  std::size_t index = 0;
  double share = 0;
};

Between locate(const Actor& actor, std::int64_t stamp_ns) {
  ODDROAD_CHECK(!actor.states.empty());
  const std::int64_t t =
      std::clamp<std::int64_t>(stamp_ns, actor.begin_ns(), actor.end_ns()) - actor.begin_ns();
  return {static_cast<std::size_t>(t / kStepNs),
          static_cast<double>(t % kStepNs) / static_cast<double>(kStepNs)};
}

double mix(double a, double b, double u) {
  return a * (1 - u) + b * u;
}

}  // namespace

math::Affine3d pose_at_millisecond(const Actor& actor, std::int64_t millisecond) {
  const Between at = locate(actor, millisecond * kMillisecondNs);
  const math::Pose& a = actor.states[at.index].T_world_actor;
  if (at.share == 0) return math::to_affine(a);
  const math::Pose& b = actor.states[at.index + 1].T_world_actor;
  // Equal poses must give equal bits: a standing thing collapses to one matrix.
  if (a == b) return math::to_affine(a);
  return math::to_affine(math::slerp(a, b, at.share));
}

math::Affine3d pose_at(const Actor& actor, std::int64_t stamp_ns) {
  const std::int64_t t = std::max<std::int64_t>(stamp_ns, 0);
  const std::int64_t millisecond = t / kMillisecondNs;
  const std::int64_t rest = t % kMillisecondNs;
  const math::Affine3d a = pose_at_millisecond(actor, millisecond);
  if (rest == 0) return a;
  const math::Affine3d b = pose_at_millisecond(actor, millisecond + 1);
  return math::lerp(a, b, static_cast<double>(rest) / static_cast<double>(kMillisecondNs));
}

ActorState state_at(const Actor& actor, std::int64_t stamp_ns) {
  const Between at = locate(actor, stamp_ns);
  const ActorState& a = actor.states[at.index];
  if (at.share == 0) return a;
  const ActorState& b = actor.states[at.index + 1];
  const double u = at.share;
  ActorState out = a;
  out.T_world_actor = math::to_pose(pose_at(actor, stamp_ns));
  out.velocity_mps = a.velocity_mps * (1 - u) + b.velocity_mps * u;
  out.acceleration_mps2 = mix(a.acceleration_mps2, b.acceleration_mps2, u);
  out.yaw_rate_rps = mix(a.yaw_rate_rps, b.yaw_rate_rps, u);
  out.steer_rad = mix(a.steer_rad, b.steer_rad, u);
  out.rolled_m = mix(a.rolled_m, b.rolled_m, u);
  out.articulation.speed_mps = mix(a.articulation.speed_mps, b.articulation.speed_mps, u);
  out.articulation.travelled_m = mix(a.articulation.travelled_m, b.articulation.travelled_m, u);
  return out;
}

SignalState signal_state(const Timeline& timeline, const std::string& signal_id,
                         std::int64_t stamp_ns) {
  const auto track = std::lower_bound(timeline.signals.begin(), timeline.signals.end(), signal_id,
                                      [](const SignalTrack& t, const std::string& id) {
                                        return t.signal_id < id;
                                      });
  if (track == timeline.signals.end() || track->signal_id != signal_id) return SignalState::kOff;
  SignalState state = SignalState::kOff;
  for (const SignalTrack::Change& change : track->changes) {
    if (change.stamp_ns > stamp_ns) break;
    state = change.state;
  }
  return state;
}

}  // namespace oddroad::world
