// Builds scene windows: which drawables there are and where each is at every whole millisecond.
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/check.h"
#include "engine/core/parallel.h"
#include "engine/world/lamp_looks.h"
#include "engine/world/scene_window.h"

namespace oddroad::world {
namespace {

// A sweep of a second, widened: every millisecond of all that moves is kept.
constexpr std::int64_t kLongestNs = 1020 * kMillisecondNs;

struct Span {
  std::int64_t begin_ns = 0;
  std::int64_t end_ns = 0;

  [[nodiscard]] std::int64_t milliseconds() const { return (end_ns - begin_ns) / kMillisecondNs; }
  [[nodiscard]] std::int64_t steps() const { return (end_ns - begin_ns) / kStepNs; }
};

std::int64_t floor_step(std::int64_t t) {
  const std::int64_t k = t / kStepNs;
  return (t < 0 && k * kStepNs != t ? k - 1 : k) * kStepNs;
}

// Whole steps around the request, inside the timeline, and never empty unless the timeline is: a
// window of one instant still needs a duration for renderers to divide by.
Span widen(std::int64_t begin_ns, std::int64_t end_ns, std::int64_t timeline_end_ns) {
  ODDROAD_CHECK_OP(begin_ns, <=, end_ns);
  Span span{floor_step(begin_ns), -floor_step(-end_ns)};
  span.begin_ns = std::clamp<std::int64_t>(span.begin_ns, 0, timeline_end_ns);
  span.end_ns = std::clamp<std::int64_t>(span.end_ns, 0, timeline_end_ns);
  if (span.begin_ns == span.end_ns) {
    if (span.end_ns + kStepNs <= timeline_end_ns) {
      span.end_ns += kStepNs;
    } else if (span.begin_ns >= kStepNs) {
      span.begin_ns -= kStepNs;
    }
  }
  ODDROAD_CHECK_OP(span.end_ns - span.begin_ns, <=, kLongestNs);
  return span;
}

const ActorState& state_of(const Actor& actor, std::int64_t step_ns) {
  return actor.state(step_ns / kStepNs);
}

// True if no rigid part of the actor changes its matrix over the window.
bool stands_still(const Actor& actor, const Span& span) {
  const ActorState& first = state_of(actor, span.begin_ns);
  for (std::int64_t t = span.begin_ns; t <= span.end_ns; t += kStepNs) {
    const ActorState& s = state_of(actor, t);
    if (!(s.T_world_actor == first.T_world_actor) || s.steer_rad != first.steer_rad ||
        s.rolled_m != first.rolled_m || s.articulation.door_rad != first.articulation.door_rad ||
        !(s.T_actor_unsprung == first.T_actor_unsprung)) {
      return false;
    }
  }
  return true;
}

// Steering about the hub's vertical axis, then rolling about its axle (+y is left, so a positive
// angle turns the top of the wheel forward).
math::Affine3d wheel_turn(const asset::Part& part, double steer_rad, double rolled_m) {
  const double angle = part.wheel_radius_m > 0 ? rolled_m / part.wheel_radius_m : 0;
  glm::dquat q = glm::angleAxis(std::remainder(angle, 2 * glm::pi<double>()), math::Vec3d(0, 1, 0));
  if (part.steered) q = glm::angleAxis(steer_rad, math::Vec3d(0, 0, 1)) * q;
  return {glm::mat3_cast(q), math::Vec3d(0)};
}

// Wheels stay on the road while the body above them pitches, rolls and heaves.
math::Affine3d unsprung(const ActorState& a, const ActorState& b, double share) {
  if (a.T_actor_unsprung == b.T_actor_unsprung) return math::to_affine(a.T_actor_unsprung);
  return math::to_affine(math::slerp(a.T_actor_unsprung, b.T_actor_unsprung, share));
}

math::Affine3f part_matrix(const Actor& actor, const asset::Part& part, const math::Affine3d& T,
                           std::int64_t millisecond) {
  if (part.role == asset::PartRole::kSkin) return math::to_float(T);  // vertices: model frame
  const bool door = part.door_turn != 0;
  if (part.role != asset::PartRole::kWheel && !door) return math::to_float(T * part.T_model_part);
  const std::int64_t t = millisecond * kMillisecondNs;
  const double u = static_cast<double>(t % kStepNs) / static_cast<double>(kStepNs);
  const ActorState& a = actor.state(t / kStepNs);
  const ActorState& b = actor.state(t / kStepNs + 1);
  if (door) {
    const double angle = a.articulation.door_rad * (1 - u) + b.articulation.door_rad * u;
    return math::to_float(T * asset::open_door(part, angle));
  }
  const math::Affine3d hub = unsprung(a, b, u) * part.T_model_part;
  return math::to_float(T * hub *
                        wheel_turn(part, a.steer_rad * (1 - u) + b.steer_rad * u,
                                   a.rolled_m * (1 - u) + b.rolled_m * u));
}

// In single precision, which is exact for the smallest and the largest.
math::Aabb bounds_of(const std::vector<math::Vec3f>& positions) {
  math::Vec3f lower(std::numeric_limits<float>::infinity());
  math::Vec3f upper = -lower;
  for (const math::Vec3f& p : positions) {
    lower = glm::min(lower, p);
    upper = glm::max(upper, p);
  }
  return {math::Vec3d(lower), math::Vec3d(upper)};
}

// Vertices at every whole step, made side by side. Steps with the same articulation share one set.
std::vector<std::shared_ptr<const DeformedStep>> deformed_steps(const Actor& actor,
                                                                const Span& span) {
  std::vector<const asset::Articulation*> poses;
  std::vector<std::size_t> pose_of;  // each step
  for (std::int64_t t = span.begin_ns; t <= span.end_ns; t += kStepNs) {
    const asset::Articulation& now = state_of(actor, t).articulation;
    if (poses.empty() || *poses.back() != now) poses.push_back(&now);
    pose_of.push_back(poses.size() - 1);
  }
  std::vector<std::shared_ptr<const DeformedStep>> made(poses.size());
  core::parallel_for(poses.size(), [&](std::size_t k) {
    auto step = std::make_shared<DeformedStep>();
    actor.model->deformer->deform(*poses[k], step->positions, step->normals);
    step->bounds = bounds_of(step->positions);
    made[k] = std::move(step);
  });
  std::vector<std::shared_ptr<const DeformedStep>> out;
  for (const std::size_t k : pose_of) out.push_back(made[k]);
  return out;
}

class WindowMaker {
 public:
  WindowMaker(const Timeline& timeline, const Span& span, std::int64_t stamp_ns, bool keep_left)
      : timeline_(timeline),
        span_(span),
        stamp_ns_(stamp_ns),
        keep_left_(keep_left),
        lamps_on_(lamps_on(timeline.environment)) {
    window_.begin_ns = span.begin_ns;
    window_.end_ns = span.end_ns;
    window_.environment = timeline.environment;
    if (!timeline.actors.empty()) window_.ego = &timeline.actors.at(timeline.ego);
  }

  void add(const Actor& actor) {
    InstanceInfo info = describe(actor);
    const bool still = stands_still(actor, span_);
    const std::int64_t first_ms = span_.begin_ns / kMillisecondNs;
    std::vector<math::Affine3d> poses;
    for (std::int64_t m = 0; m <= (still ? 0 : span_.milliseconds()); ++m) {
      poses.push_back(pose_at_millisecond(actor, first_ms + m));
    }
    const std::shared_ptr<const asset::Model>& model = look_of(actor);
    for (const asset::Part& part : model->parts) {
      Drawable d = drawable(actor.id, actor.class_id, model, part);
      d.hidden_from_ego = info.is_ego;
      for (std::size_t m = 0; m < poses.size(); ++m) {
        d.T_world_mesh.push_back(
            part_matrix(actor, part, poses[m], first_ms + static_cast<std::int64_t>(m)));
      }
      if (part.role == asset::PartRole::kSkin && actor.model->deformer) {
        d.steps = deformed_steps(actor, span_);
        ODDROAD_CHECK_OP(d.steps.front()->positions.size(), ==, part.mesh->positions.size());
      }
      push(std::move(d), info);
    }
    window_.instances.push_back(std::move(info));
    add_lights(actor, stamp_ns_, keep_left_, window_.lights);
  }

  void add(const StaticThing& thing) {
    const std::shared_ptr<const asset::Model>& model = look_of(thing);
    InstanceInfo info;
    info.id = thing.id;
    info.class_id = thing.class_id;
    info.name = thing.name;
    info.type = model->name;
    info.labelled_box = thing.labelled_box;
    info.model = model.get();
    info.T_world_model = thing.T_world_model;
    for (const asset::Part& part : model->parts) {
      Drawable d = drawable(thing.id, thing.class_id, model, part);
      d.T_world_mesh.push_back(math::to_float(thing.T_world_model * part.T_model_part));
      push(std::move(d), info);
    }
    window_.instances.push_back(std::move(info));
    const SignalState state = thing.signal_id.empty()
                                  ? SignalState::kOff
                                  : signal_state(timeline_, thing.signal_id, stamp_ns_);
    add_lights(thing, state, lamps_on_, window_.lights);
  }

  SceneWindow take() { return std::move(window_); }

 private:
  [[nodiscard]] const std::shared_ptr<const asset::Model>& look_of(const Actor& actor) const {
    if (actor.looks.empty()) return actor.model;
    const Lamps& lamps = actor.state(stamp_ns_ / kStepNs).lamps;
    const auto look = actor.looks.find(lit_lamps(*actor.model, lamps, stamp_ns_));
    return look == actor.looks.end() ? actor.model : look->second;
  }
  [[nodiscard]] const std::shared_ptr<const asset::Model>& look_of(const StaticThing& thing) const {
    if (thing.signal_id.empty()) return thing.model;
    const auto look = thing.looks.find(signal_state(timeline_, thing.signal_id, stamp_ns_));
    return look == thing.looks.end() ? thing.model : look->second;
  }
  [[nodiscard]] InstanceInfo describe(const Actor& actor) const {
    InstanceInfo info;
    info.id = actor.id;
    info.class_id = actor.class_id;
    info.name = actor.name;
    info.type = actor.type;
    info.is_ego = &actor == window_.ego;
    info.rides = actor.rides;
    info.actor = &actor;
    info.model = actor.model.get();
    return info;
  }

  static Drawable drawable(core::InstanceId id, core::ClassId class_id,
                           const std::shared_ptr<const asset::Model>& model,
                           const asset::Part& part) {
    Drawable d;
    d.instance = id;
    d.class_id = class_id;
    d.role = part.role;
    d.model = model;
    d.mesh = part.mesh.get();
    return d;
  }

  void push(Drawable d, InstanceInfo& info) {
    info.drawables.push_back(static_cast<std::uint32_t>(window_.drawables.size()));
    window_.drawables.push_back(std::move(d));
  }

  const Timeline& timeline_;
  Span span_;
  std::int64_t stamp_ns_;
  bool keep_left_;
  bool lamps_on_;
  SceneWindow window_;
};

}  // namespace

SceneBuilder::SceneBuilder(const Timeline& timeline, const StaticWorld& stage)
    : timeline_(timeline), stage_(stage) {}

SceneWindow SceneBuilder::window(std::int64_t begin_ns, std::int64_t end_ns,
                                 std::optional<std::int64_t> stamp) const {
  const std::int64_t stamp_ns = stamp.value_or(begin_ns + (end_ns - begin_ns) / 2);
  const Span span = widen(begin_ns, end_ns, timeline_.end_ns);
  WindowMaker maker(timeline_, span, stamp_ns, stage_.keep_left);
  std::vector<const Actor*> actors;
  for (const Actor& actor : timeline_.actors) {
    if (actor.begin_ns() <= stamp_ns && stamp_ns <= actor.end_ns()) actors.push_back(&actor);
  }
  std::vector<const StaticThing*> things;
  for (const StaticThing& thing : stage_.things) things.push_back(&thing);
  const auto by_id = [](const auto* a, const auto* b) {
    return a->id < b->id;
  };
  std::sort(actors.begin(), actors.end(), by_id);
  std::sort(things.begin(), things.end(), by_id);
  if (!actors.empty() && !things.empty()) {
    ODDROAD_CHECK_OP(actors.back()->id, <, things.front()->id);
  }
  for (const Actor* actor : actors) maker.add(*actor);
  for (const StaticThing* thing : things) maker.add(*thing);
  return maker.take();
}

}  // namespace oddroad::world
