#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/capture/tolerances.h"
#include "engine/verify/check_clip.h"
#include "engine/verify/loose_hulls.h"
#include "engine/verify/text.h"

namespace oddroad::verify {

using math::Vec3d;

namespace {

// Velocities at two frames say little about a second in between, in which a driver may brake and go
// on again. Frames that far apart are proven by their boxes and motion alone.
constexpr double kLongest_s = 0.3;

class TrackChecker {
 public:
  TrackChecker(const ClipContext& context, Check& check) : context_(context), check_(check) {
    for (const ActorRecord& a : context.clip.actors) {
      named_[a.id] = {a.name, a.type, a.class_id, a.rides, &a, a.box.centre(), false};
    }
    for (const StaticRecord& s : context.clip.statics) {
      named_[s.id] = {s.name, "", s.class_id, 0, nullptr, Vec3d(0), false};
    }
    const auto loose = loose_hulls(context.rebuilt);
    for (std::size_t i = 0; i < loose.size(); ++i) {
      const auto it = named_.find(context.rebuilt.timeline.actors[i].id.value);
      if (!loose[i] || it == named_.end()) continue;
      it->second.above_mover -= loose[i]->centre_m;
      it->second.loose = true;
    }
  }

  void run(const std::vector<FrameRecord>& frames) {
    std::map<std::uint16_t, Seen> before;
    for (const FrameRecord& frame : frames) {
      for (const WorldObjectRecord& object : frame.in_world) {
        check_name(frame, object);
        check_velocity(frame, object);
        const auto it = before.find(object.id);
        if (it != before.end()) {
          check_size(frame, object, *it->second.object);
          check_motion(frame, object, it->second);
        }
        before[object.id] = {&frame, &object};
      }
    }
  }

 private:
  struct Named {
    std::string name, type;
    std::uint8_t class_id = 0;
    std::uint16_t rides = 0;
    const ActorRecord* actor = nullptr;
    // From the point whose velocity is recorded (the model's origin; the middle of what can come
    // loose) to the middle of the box, model axes.
    Vec3d above_mover{0};
    bool loose = false;
  };
  struct Seen {
    const FrameRecord* frame = nullptr;
    const WorldObjectRecord* object = nullptr;
  };

  static std::string where(const WorldObjectRecord& o) {
    return "object " + std::to_string(o.id) + " " + o.name;
  }

  // One id, one name, class and link for the whole clip: those of clip.json.
  void check_name(const FrameRecord& frame, const WorldObjectRecord& object) {
    const auto it = named_.find(object.id);
    const bool known = it != named_.end() && it->second.name == object.name &&
                       it->second.class_id == object.class_id && it->second.rides == object.rides &&
                       (it->second.type.empty() || it->second.type == object.type);
    check_.compare(known ? 0 : 1e9, 0, [&] {
      const std::string class_id = " class " + std::to_string(object.class_id);
      return Disagreement{frame.file, where(object), object.name + " " + object.type + class_id,
                          it == named_.end() ? "no such id"
                                             : it->second.name + " " + it->second.type + " class " +
                                                   std::to_string(it->second.class_id)};
    });
  }

  void check_size(const FrameRecord& frame, const WorldObjectRecord& object,
                  const WorldObjectRecord& before) {
    check_.compare(glm::length(object.track_size_m - before.track_size_m), 0, [&] {
      return Disagreement{frame.file, where(object) + " track_size", to_text(object.track_size_m),
                          to_text(before.track_size_m)};
    });
  }

  // The place that a rigid box implies of the point whose velocity is recorded.
  static Vec3d mover(const WorldObjectRecord& object, const Named& named) {
    return object.box_world.pose * -named.above_mover;
  }

  // On record for a step of 10 ms; nothing: it is not there.
  [[nodiscard]] std::optional<Vec3d> recorded_velocity(std::uint16_t id, std::int64_t step) const {
    const Npy& npy = context_.timeline;
    constexpr std::size_t kNumbers = 14, kVelocity = 7;
    if (npy.shape.size() != 2 || npy.fields.size() != kNumbers || id > npy.shape[0]) return {};
    if (step < 0 || step >= static_cast<std::int64_t>(npy.shape[1])) return {};
    const std::size_t row = (id - 1u) * npy.shape[1] + static_cast<std::size_t>(step);
    const double* v = npy.values.data() + row * kNumbers + kVelocity;
    if (std::isnan(v[0])) return {};
    return Vec3d(v[0], v[1], v[2]);
  }

  // What a frame tells is what is on record, linear within a step.
  void check_velocity(const FrameRecord& frame, const WorldObjectRecord& object) {
    const auto it = named_.find(object.id);
    if (it == named_.end() || it->second.actor == nullptr) return;
    const std::int64_t step = frame.stamp_ns / world::kStepNs;
    const auto a = recorded_velocity(object.id, step);
    if (!a) return;
    const double share = static_cast<double>(frame.stamp_ns % world::kStepNs) / world::kStepNs;
    const auto b = share > 0 ? recorded_velocity(object.id, step + 1) : a;
    if (!b) return;
    const Vec3d expected = *a + share * (*b - *a);
    check_.compare(glm::length(object.velocity_mps - expected), capture::kRebuiltM, [&] {
      return Disagreement{frame.file, where(object), "velocity " + to_text(object.velocity_mps),
                          to_text(expected) + " in timeline.npy"};
    });
  }

  struct Way {
    Vec3d moved_m{0};
    double slack_m = 0;
  };

  // As far as the velocities on record say, 10 ms by 10 ms. Each may change at any moment within a
  // step, which moves a thing by up to half the change times the step; what a vehicle hits is set
  // out of it besides, by as much as the two came into each other since the step before.
  [[nodiscard]] std::optional<Way> way_between(const Named& named, std::uint16_t id,
                                               std::int64_t from_ns, std::int64_t to_ns) const {
    Way way;
    const double share = named.loose ? 1.5 : 0.5;
    for (std::int64_t k = from_ns / world::kStepNs; k * world::kStepNs < to_ns; ++k) {
      const auto a = recorded_velocity(id, k), b = recorded_velocity(id, k + 1);
      if (!a || !b) return {};
      const std::int64_t begin = std::max(from_ns, k * world::kStepNs);
      const std::int64_t end = std::min(to_ns, (k + 1) * world::kStepNs);
      const double dt = 1e-9 * static_cast<double>(end - begin);
      way.moved_m += 0.5 * dt * (*a + *b);
      way.slack_m += share * dt * glm::length(*b - *a);
    }
    return way;
  }

  // From frame to frame a rigid thing goes as far as its velocities say.
  void check_motion(const FrameRecord& frame, const WorldObjectRecord& object, const Seen& seen) {
    const auto it = named_.find(object.id);
    if (it == named_.end() || it->second.actor == nullptr) return;
    const math::Aabb& box = it->second.actor->box;
    const WorldObjectRecord& before = *seen.object;
    const bool rigid = glm::length(object.box_world.size_m - box.size()) < capture::kRebuiltM;
    if (!rigid) return;
    const double dt = 1e-9 * static_cast<double>(frame.stamp_ns - seen.frame->stamp_ns);
    if (std::abs(dt) > kLongest_s) return;
    const Vec3d moved = mover(object, it->second) - mover(before, it->second);
    const auto way = way_between(it->second, object.id, seen.frame->stamp_ns, frame.stamp_ns);
    if (way) {
      const double slack = way->slack_m + std::abs(dt) * capture::kSpeedMps;
      check_.compare(std::max(0.0, glm::length(moved - way->moved_m) - slack), 0, [&] {
        return Disagreement{frame.file, where(object) + " since the frame before",
                            "moved " + to_text(moved),
                            to_text(way->moved_m) + " by its velocities"};
      });
    }
    // What tumbles has no heading that turns as it does: check_turns.
    if (!it->second.loose) check_yaw(frame, object, before, dt);
  }

  void check_yaw(const FrameRecord& frame, const WorldObjectRecord& object,
                 const WorldObjectRecord& before, double dt) {
    const double turned = math::wrap_angle(math::yaw_of(object.box_world.pose.rotation) -
                                           math::yaw_of(before.box_world.pose.rotation));
    const double expected = 0.5 * dt * (object.yaw_rate_rps + before.yaw_rate_rps);
    const double slack = 0.5 * std::abs(dt * (object.yaw_rate_rps - before.yaw_rate_rps)) +
                         std::abs(dt) * capture::kYawRateRps;
    check_.compare(std::max(0.0, std::abs(turned - expected) - slack), 0, [&] {
      return Disagreement{frame.file, where(object) + " since the frame before",
                          "turned " + to_text(turned) + " rad",
                          to_text(expected) + " rad by its yaw rates"};
    });
  }

  const ClipContext& context_;
  Check& check_;
  std::map<std::uint16_t, Named> named_;
};

}  // namespace

void check_tracks(const ClipContext& context, Report& report) {
  TrackChecker checker(context, report["tracks"]);
  for (const auto& [sensor, frames] : context.frames) checker.run(frames);
}

}  // namespace oddroad::verify
