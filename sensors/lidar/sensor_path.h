// Where a LiDAR is during a window: its poses at whole milliseconds; between them the matrices are
// linear, like everything else.
#pragma once

#include <vector>

#include "engine/core/check.h"
#include "engine/world/scene_window.h"

namespace oddroad::lidar {

class SensorPath {
 public:
  // The window has an ego.
  SensorPath(const world::SceneWindow& window, const math::Pose& T_ego_lidar)
      : begin_ns_(window.begin_ns) {
    ODDROAD_CHECK(window.ego != nullptr);
    const math::Affine3d mount = math::to_affine(T_ego_lidar);
    for (std::int64_t t = window.begin_ns; t <= window.end_ns; t += world::kMillisecondNs) {
      poses_.push_back(world::pose_at_millisecond(*window.ego, t / world::kMillisecondNs) * mount);
    }
  }

  struct Place {
    math::Vec3d origin;     // world
    math::Vec3d direction;  // unit up to the interpolation of the pose
  };
  [[nodiscard]] Place at(std::int64_t stamp_ns, const math::Vec3f& origin,
                         const math::Vec3f& direction) const {
    const std::int64_t t = stamp_ns - begin_ns_;
    const auto k = static_cast<std::size_t>(t / world::kMillisecondNs);
    const double u = static_cast<double>(t % world::kMillisecondNs) * 1e-6;
    const math::Vec3d o(origin);
    const math::Vec3d d(direction);
    if (u == 0) return {poses_[k].point(o), poses_[k].vector(d)};
    return {poses_[k].point(o) * (1 - u) + poses_[k + 1].point(o) * u,
            poses_[k].vector(d) * (1 - u) + poses_[k + 1].vector(d) * u};
  }
  [[nodiscard]] math::Affine3d pose(std::int64_t stamp_ns) const {
    const std::int64_t t = stamp_ns - begin_ns_;
    const auto k = static_cast<std::size_t>(t / world::kMillisecondNs);
    const double u = static_cast<double>(t % world::kMillisecondNs) * 1e-6;
    return u == 0 ? poses_[k] : math::lerp(poses_[k], poses_[k + 1], u);
  }

 private:
  std::int64_t begin_ns_;
  std::vector<math::Affine3d> poses_;
};

}  // namespace oddroad::lidar
