// One LiDAR sweep: the rays of its beams, and the world while it turned.
#pragma once

#include <optional>
#include <vector>

#include "engine/verify/records.h"
#include "engine/verify/tracer.h"
#include "engine/world/scene_window.h"

namespace oddroad::verify {

// In the LiDAR frame at the shot's own time.
struct Shot {
  math::Vec3d origin{0};
  math::Vec3d direction{0};  // unit
  double range_bias_m = 0;   // what its laser measures too much
};

class Sweep {
 public:
  Sweep(const world::SceneBuilder& builder, MeshTrees& trees, const world::Actor& ego,
        const LidarRecord& lidar, std::int64_t stamp_ns);
  Sweep(const Sweep&) = delete;

  // The shot of a ring in a column at a time from the stamp; empty where none fires there then.
  [[nodiscard]] std::optional<Shot> shot(int ring, std::int64_t column, std::int64_t time_ns) const;
  [[nodiscard]] math::Affine3d T_world_lidar(std::int64_t time_ns) const;
  [[nodiscard]] Ray in_world(const Shot& shot, std::int64_t time_ns) const;

  // Whether the ray meets the vehicle that carries the LiDAR before anything else that is seen.
  [[nodiscard]] bool ends_at_ego(const Ray& ray) const;

  // True if the ray meets its triangle within `reach_m` of an edge. Where two surfaces meet in a
  // seam without common vertices, single-precision rays leak through, and what lies behind counts
  // too.
  [[nodiscard]] bool meets_edge(const Ray& ray, const Hit& hit, double reach_m) const;

  [[nodiscard]] std::int64_t stamp_ns() const { return stamp_ns_; }
  [[nodiscard]] const LidarRecord& lidar() const { return lidar_; }
  [[nodiscard]] const world::SceneWindow& window() const { return window_; }
  [[nodiscard]] const Tracer& tracer() const { return tracer_; }

 private:
  // Where a beam fires at a time after the start of the sweep; negative: not then.
  [[nodiscard]] std::int64_t column(const BeamRecord& beam, std::int64_t since_ns) const;
  [[nodiscard]] Shot aim(const BeamRecord& beam, std::int64_t since_ns) const;
  [[nodiscard]] Shot aim_with_rotors(const BeamRecord& beam, std::int64_t since_ns) const;

  const world::Actor& ego_;
  const LidarRecord& lidar_;
  std::int64_t stamp_ns_;
  math::Affine3d mount_;
  std::vector<std::vector<const BeamRecord*>> by_ring_;
  world::SceneWindow window_;
  Tracer tracer_;
  std::vector<std::uint32_t> own_;  // drawables of the ego
};

}  // namespace oddroad::verify
