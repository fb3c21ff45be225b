#include "engine/verify/check_observed.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/capture/tolerances.h"
#include "engine/verify/text.h"
#include "engine/verify/true_boxes.h"

namespace oddroad::verify {
namespace {

class ObservedChecker {
 public:
  ObservedChecker(const world::SceneWindow& window, const world::Actor& ego,
                  const FrameRecord& frame, Check& check)
      : window_(window), ego_(ego), frame_(frame), check_(check) {}

  template <typename Object>
  void check(const Object& object, std::int64_t expected_ns) {
    const world::InstanceInfo* info = window_.find(core::InstanceId(object.id));
    if (info == nullptr) return;  // other checks tell
    check_.compare(std::abs(double(object.observed_ns - expected_ns)), 0, [&] {
      return Disagreement{frame_.file, where(*info) + " observed_ns",
                          std::to_string(object.observed_ns), std::to_string(expected_ns)};
    });
    math::OrientedBox box = box_in_world(window_, *info, expected_ns);
    box.pose = math::to_pose(world::pose_at(ego_, expected_ns)).inverse() * box.pose;
    check_.compare(corner_distance(object.box_ego_observed, box), capture::kRebuiltM, [&] {
      return Disagreement{frame_.file, where(*info) + " box_ego_observed",
                          to_text(object.box_ego_observed), to_text(box)};
    });
  }

 private:
  static std::string where(const world::InstanceInfo& info) {
    return "object " + std::to_string(info.id.value) + " " + info.name;
  }

  const world::SceneWindow& window_;
  const world::Actor& ego_;
  const FrameRecord& frame_;
  Check& check_;
};

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

}  // namespace

void check_observed(const CameraScene& scene, const world::Actor& ego, const FrameRecord& frame,
                    Report& report) {
  ObservedChecker checker(scene.window(), ego, frame, report["observed"]);
  const View& view = scene.view();
  for (const ImageObjectRecord& o : frame.in_image) {
    const bool seen = o.visible_px > 0;
    const int middle = static_cast<int>(std::floor((o.box.top + o.box.bottom) / 2));
    checker.check(o, seen ? view.row_ns(middle) : view.stamp_ns());
  }
  for (const WorldObjectRecord& o : frame.in_world) checker.check(o, view.stamp_ns());
}

void check_observed(const Sweep& sweep, const world::Actor& ego, const Points& points,
                    const FrameRecord& frame, Report& report) {
  struct Returns {
    std::int64_t count = 0, time_ns = 0;
  };
  std::map<std::uint16_t, Returns> returns;
  const std::int64_t half = sweep.lidar().sweep_ns / 2;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!points.on_surface(i)) continue;
    Returns& r = returns[points.instance[i]];
    ++r.count;
    r.time_ns += std::clamp(points.time_ns[i], -half, sweep.lidar().sweep_ns - half);
  }
  ObservedChecker checker(sweep.window(), ego, frame, report["observed"]);
  for (const WorldObjectRecord& o : frame.in_world) {
    const Returns r = returns[o.id];
    const std::int64_t after = r.count > 0 ? floor_divide(r.time_ns, r.count) : 0;
    checker.check(o, sweep.stamp_ns() + after);
  }
}

}  // namespace oddroad::verify
