#include "engine/verify/check_point_counts.h"

#include <algorithm>
#include <cmath>

#include "engine/capture/tolerances.h"
#include "engine/core/parallel.h"
#include "engine/verify/text.h"
#include "engine/verify/true_boxes.h"

namespace oddroad::verify {

using math::Vec3d;

namespace {

std::string where(const WorldObjectRecord& o) {
  return "object " + std::to_string(o.id) + " " + o.name;
}

// By how much a point lies outside a box; negative inside.
double beyond(const math::Aabb& box, const Vec3d& p) {
  const Vec3d off = glm::max(box.lower - p, p - box.upper);
  return std::max({off.x, off.y, off.z});
}

class CountChecker {
 public:
  CountChecker(const Sweep& sweep, const Points& points, const PointHits& hits,
               const FrameRecord& frame)
      : sweep_(sweep), points_(points), hits_(hits), frame_(frame), world_(points.size()) {
    const std::int64_t half = sweep.lidar().sweep_ns / 2;
    core::parallel_for(points.size(), [&](std::size_t i) {
      const std::int64_t t = points.time_ns[i];
      const bool inside = t >= -half && t <= sweep.lidar().sweep_ns - half;
      world_[i] = inside ? sweep.T_world_lidar(t).point(points.position_m[i]) : Vec3d(1e9);
    });
  }

  void check(const WorldObjectRecord& object, Check& counts, Check& boxes) const {
    const world::InstanceInfo* info = sweep_.window().find(core::InstanceId(object.id));
    if (info == nullptr) return;  // other checks tell
    std::int64_t returns = 0;
    for (std::size_t i = 0; i < points_.size(); ++i) {
      returns += points_.instance[i] == object.id && points_.on_surface(i) ? 1 : 0;
    }
    counts.compare(std::abs(double(returns - object.returns_by_id)), 0, [&] {
      return Disagreement{frame_.file, where(object) + " returns_by_id",
                          std::to_string(object.returns_by_id), std::to_string(returns)};
    });
    check_in_box(object, *info, counts);
    if (MovingBox(sweep_.window(), *info).rigid()) check_struck(object, *info, boxes);
  }

 private:
  // Points on the margin may count either way: their coordinates are single precision.
  void check_in_box(const WorldObjectRecord& object, const world::InstanceInfo& info,
                    Check& check) const {
    const MovingBox box(sweep_.window(), info);
    const double reach = reach_of(box, info);
    const Vec3d near = placement(info, sweep_.stamp_ns()).translation;
    std::int64_t surely = 0, perhaps = 0;
    for (std::size_t i = 0; i < world_.size(); ++i) {
      if (glm::length(world_[i] - near) > reach) continue;
      const std::int64_t t = sweep_.stamp_ns() + points_.time_ns[i];
      const double off =
          beyond(box.at(t), placement(info, t).inverse().point(world_[i])) - capture::kBoxMarginM;
      surely += off < -capture::kRebuiltM;
      perhaps += off <= capture::kRebuiltM;
    }
    if (object.points_in_box >= surely && object.points_in_box <= perhaps) return check.agree();
    check.disagree(std::abs(double(object.points_in_box - surely)), [&] {
      return Disagreement{frame_.file, where(object) + " points_in_box",
                          std::to_string(object.points_in_box), std::to_string(surely)};
    });
  }

  // No point of the box comes further than this from the model's origin at the stamp.
  [[nodiscard]] double reach_of(const MovingBox& box, const world::InstanceInfo& info) const {
    double reach = 0;
    const Vec3d origin = placement(info, sweep_.stamp_ns()).translation;
    for (std::int64_t t = sweep_.window().begin_ns; t <= sweep_.window().end_ns;
         t += world::kStepNs) {
      const math::Aabb b = box.at(t);
      reach = std::max(reach, glm::length(placement(info, t).translation - origin) +
                                  glm::length(glm::max(glm::abs(b.lower), glm::abs(b.upper))));
    }
    return reach + 1;
  }

  // The recorded box rides with the thing; what own rays strike on its body lies inside.
  void check_struck(const WorldObjectRecord& object, const world::InstanceInfo& info,
                    Check& check) const {
    const math::Affine3d T_model_world = placement(info, sweep_.stamp_ns()).inverse();
    const math::Affine3d T_model_box = T_model_world * math::to_affine(object.box_world.pose);
    const math::Aabb box{-0.5 * object.box_world.size_m, 0.5 * object.box_world.size_m};
    for (std::size_t i = 0; i < hits_.size(); ++i) {
      if (!hits_[i]) continue;
      const world::Drawable& drawable = sweep_.window().drawables[hits_[i]->drawable];
      if (drawable.instance != info.id || drawable.role != asset::PartRole::kBody) continue;
      const std::int64_t t = sweep_.stamp_ns() + points_.time_ns[i];
      const auto corner = world::triangle_at(sweep_.window(), drawable, hits_[i]->triangle, t);
      const Vec3d& w = hits_[i]->weights;
      const Vec3d struck = w.x * corner[0] + w.y * corner[1] + w.z * corner[2];
      const Vec3d p = T_model_box.inverse().point(placement(info, t).inverse().point(struck));
      check.compare(std::max(beyond(box, p), 0.0), capture::kBoxMarginM, [&] {
        return Disagreement{frame_.file, where(object) + ", point " + std::to_string(i),
                            to_text(beyond(box, p)) + " m outside its box", "inside"};
      });
    }
  }

  const Sweep& sweep_;
  const Points& points_;
  const PointHits& hits_;
  const FrameRecord& frame_;
  std::vector<Vec3d> world_;
};

}  // namespace

void check_point_counts(const Sweep& sweep, const Points& points, const PointHits& hits,
                        const FrameRecord& frame, Report& report) {
  const CountChecker checker(sweep, points, hits, frame);
  Check counts("point_counts"), boxes("box_against_points");
  for (const WorldObjectRecord& object : frame.in_world) checker.check(object, counts, boxes);
  report["point_counts"].merge(counts);
  report["box_against_points"].merge(boxes);
}

void check_shared_counts(const std::vector<const FrameRecord*>& sweeps, const FrameRecord& frame,
                         Report& report) {
  for (const WorldObjectRecord& object : frame.in_world) {
    std::int64_t returns = 0, in_box = 0;
    for (const FrameRecord* sweep : sweeps) {
      for (const WorldObjectRecord& other : sweep->in_world) {
        if (other.id != object.id) continue;
        returns += other.returns_by_id;
        in_box += other.points_in_box;
      }
    }
    const bool same = object.returns_by_id == returns && object.points_in_box == in_box;
    report["point_counts"].compare(same ? 0 : 1, 0, [&] {
      return Disagreement{
          frame.file, where(object) + " returns_by_id, points_in_box",
          std::to_string(object.returns_by_id) + ", " + std::to_string(object.points_in_box),
          std::to_string(returns) + ", " + std::to_string(in_box)};
    });
  }
}

}  // namespace oddroad::verify
