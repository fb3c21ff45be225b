#include "engine/verify/check_world_objects.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/capture/tolerances.h"
#include "engine/verify/check_mask_boxes.h"
#include "engine/verify/text.h"
#include "engine/verify/true_boxes.h"

namespace oddroad::verify {

using math::OrientedBox;
using math::Vec3d;

namespace {

OrientedBox moved(const math::Pose& T, const OrientedBox& box) {
  return {T * box.pose, box.size_m};
}

// The motion of an actor between two 10 ms steps: every number linear.
struct Motion {
  Vec3d velocity_mps{0};
  double acceleration_mps2 = 0;
  double yaw_rate_rps = 0;
};

Motion motion_at(const world::Actor& actor, std::int64_t stamp_ns) {
  const std::int64_t k = stamp_ns / world::kStepNs;
  const double u = static_cast<double>(stamp_ns - k * world::kStepNs) / world::kStepNs;
  const world::ActorState& a = actor.state(k);
  const world::ActorState& b = actor.state(k + 1);
  return {a.velocity_mps * (1 - u) + b.velocity_mps * u,
          a.acceleration_mps2 * (1 - u) + b.acceleration_mps2 * u,
          a.yaw_rate_rps * (1 - u) + b.yaw_rate_rps * u};
}

class WorldChecker {
 public:
  WorldChecker(const ClipContext& context, const world::SceneWindow& window,
               const math::Pose& T_ego_sensor, const FrameRecord& frame, Report& report)
      : window_(window), frame_(frame), report_(report) {
    T_world_ego_ = math::to_pose(world::pose_at(context.ego(), frame.stamp_ns));
    T_world_sensor_ = T_world_ego_ * T_ego_sensor;
  }

  void run() {
    for (const world::InstanceInfo& info : window_.instances) {
      if (!is_countable(info)) continue;
      const auto count =
          std::count_if(frame_.in_world.begin(), frame_.in_world.end(), [&](const auto& o) {
            return o.id == info.id.value;
          });
      report_["world_objects"].compare(static_cast<double>(std::abs(count - 1)), 0, [&] {
        return Disagreement{frame_.file,
                            "object " + std::to_string(info.id.value) + " " + info.name,
                            std::to_string(count) + " entries", "one entry"};
      });
    }
    for (const WorldObjectRecord& object : frame_.in_world) check(object);
  }

 private:
  void check(const WorldObjectRecord& object) {
    const world::InstanceInfo* info = window_.find(core::InstanceId(object.id));
    if (info == nullptr || !is_countable(*info)) {
      report_["world_objects"].disagree(1, [&] {
        return Disagreement{frame_.file, where(object), "an entry", "no such object"};
      });
      return;
    }
    const OrientedBox truth = box_in_world(window_, *info, frame_.stamp_ns);
    box("boxes_3d", object, "box_world", object.box_world, truth);
    const Vec3d rest = rest_bounds(*info->model).size();
    compare("boxes_3d", object, "track_size", object.track_size_m, rest, capture::kRebuiltM);
    box("box_frames", object, "box_ego", object.box_ego, moved(T_world_ego_.inverse(), truth));
    box("box_frames", object, "box_sensor", object.box_sensor,
        moved(T_world_sensor_.inverse(), truth));
    check_motion(object, *info, truth.pose.rotation * Vec3d(1, 0, 0));
    check_lamps(object, *info);
  }

  void check_motion(const WorldObjectRecord& object, const world::InstanceInfo& info,
                    const Vec3d& heading) {
    const Motion truth = info.actor != nullptr ? motion_at(*info.actor, frame_.stamp_ns) : Motion{};
    compare("motion", object, "velocity", object.velocity_mps, truth.velocity_mps,
            capture::kRebuiltM);
    compare("motion", object, "acceleration, yaw rate",
            Vec3d(object.acceleration_mps2, object.yaw_rate_rps, 0),
            Vec3d(truth.acceleration_mps2, truth.yaw_rate_rps, 0), capture::kRebuiltM);
    const bool vehicle = info.model->wheelbase_m > 0;
    const bool moving = glm::length(truth.velocity_mps) > 0.1;
    const double way = glm::dot(truth.velocity_mps, heading) < 0 ? -1 : 1;
    const bool braking = vehicle && way * truth.acceleration_mps2 < -0.5;
    report_["attributes"].compare(
        object.moving == moving && object.braking == braking ? 0 : 1, 0, [&] {
          return Disagreement{frame_.file, where(object), flags(object.moving, object.braking),
                              flags(moving, braking)};
        });
  }

  // The lamps of the step that the stamp lies in; indicators flash with the clock.
  void check_lamps(const WorldObjectRecord& object, const world::InstanceInfo& info) {
    if (info.actor == nullptr || info.actor->model->lamps.empty()) {
      report_["lamps"].compare(object.indicator.empty() && object.lit.empty() ? 0 : 1, 0, [&] {
        return Disagreement{frame_.file, where(object), "lamps", "none"};
      });
      return;
    }
    const world::Lamps& lamps = info.actor->state(frame_.stamp_ns / world::kStepNs).lamps;
    std::set<std::string> lit;
    if (lamps.beam != world::Lamps::Beam::kOff) lit.insert("tail");
    if (lamps.beam == world::Lamps::Beam::kLow || lamps.beam == world::Lamps::Beam::kHigh) {
      lit.insert("head");
    }
    if (lamps.brake) lit.insert("brake");
    if (lamps.reversing) lit.insert("reverse");
    const bool flash = (3 * frame_.stamp_ns / 1'000'000'000) % 2 == 0;
    if (lamps.indicator_left && flash) lit.insert("indicator_left");
    if (lamps.indicator_right && flash) lit.insert("indicator_right");
    // Beacons that are on: 70 ms, as long a pause, 70 ms, every half second.
    const std::int64_t phase_ms = frame_.stamp_ns % 500'000'000 / 1'000'000;
    const auto& own = info.actor->model->lamps;
    const bool beacon = std::any_of(own.begin(), own.end(), [](const asset::Lamp& lamp) {
      return lamp.name == "beacon";
    });
    if (beacon && phase_ms < 210 && phase_ms / 70 != 1) lit.insert("beacon");
    const std::string way = lamps.indicator_left    ? lamps.indicator_right ? "hazard" : "left"
                            : lamps.indicator_right ? "right"
                                                    : "off";
    const bool same = way == object.indicator &&
                      lit == std::set<std::string>(object.lit.begin(), object.lit.end());
    report_["lamps"].compare(same ? 0 : 1, 0, [&] {
      return Disagreement{frame_.file, where(object), object.indicator + joined(object.lit),
                          way + joined({lit.begin(), lit.end()})};
    });
  }

  static std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out += ", " + name;
    return out;
  }
  static std::string flags(bool moving, bool braking) {
    return std::string(moving ? "moving" : "still") + (braking ? ", braking" : "");
  }
  static std::string where(const WorldObjectRecord& object) {
    return "object " + std::to_string(object.id) + " " + object.name;
  }

  void box(const char* check, const WorldObjectRecord& object, const char* key,
           const OrientedBox& found, const OrientedBox& expected) {
    report_[check].compare(corner_distance(found, expected), capture::kRebuiltM, [&] {
      return Disagreement{frame_.file, where(object) + " " + key, to_text(found),
                          to_text(expected)};
    });
  }
  void compare(const char* check, const WorldObjectRecord& object, const char* key,
               const Vec3d& found, const Vec3d& expected, double tolerance) {
    report_[check].compare(glm::length(found - expected), tolerance, [&] {
      return Disagreement{frame_.file, where(object) + " " + key, to_text(found),
                          to_text(expected)};
    });
  }

  const world::SceneWindow& window_;
  const FrameRecord& frame_;
  Report& report_;
  math::Pose T_world_ego_, T_world_sensor_;
};

}  // namespace

void check_world_objects(const ClipContext& context, const world::SceneWindow& window,
                         const math::Pose& T_ego_sensor, const FrameRecord& frame, Report& report) {
  WorldChecker(context, window, T_ego_sensor, frame, report).run();
}

}  // namespace oddroad::verify
