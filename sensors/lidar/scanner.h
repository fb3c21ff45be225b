// One sweep of a spinning LiDAR through a scene window: each beam at its own instant.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/capture/point_cloud.h"
#include "engine/capture/rig.h"
#include "engine/math/affine.h"
#include "engine/world/material_table.h"
#include "engine/world/scene_window.h"
#include "render/scene/visibility.h"
#include "sensors/lidar/lidar_model.h"

namespace oddroad::lidar {

// The sweep is cut at the rear: the middle of the sweep, the stamp, looks forward, where a camera
// triggered at the same stamp looks. It turns clockwise seen from above. Every sweep fires the same
// pattern (phase-locked).
class Scanner {
 public:
  explicit Scanner(LidarSettings settings);

  [[nodiscard]] const LidarSettings& settings() const { return settings_; }
  // First and last instant of a sweep around a stamp.
  [[nodiscard]] std::int64_t begin_ns(std::int64_t stamp_ns) const {
    return stamp_ns - settings_.model.sweep_ns() / 2;
  }
  [[nodiscard]] std::int64_t end_ns(std::int64_t stamp_ns) const {
    return begin_ns(stamp_ns) + settings_.model.sweep_ns();
  }

  // The rays of the sweep in world coordinates, firing order. The window covers the sweep and has
  // an ego; the sensor rides on it, piecewise linear between whole milliseconds.
  void rays(const world::SceneWindow& window, const math::Pose& T_ego_lidar, std::int64_t stamp_ns,
            scene::RayBatch& out) const;

  // noise_key: hash of (variant, sensor name, tick). Points in firing order, raw: each in the LiDAR
  // frame at its own time. Ranges are recomputed in double precision from the triangle hit.
  // `materials`: fills the kind lidar_geometry as well.
  [[nodiscard]] capture::PointCloud sweep(const world::SceneWindow& window,
                                          const scene::RayCaster& caster,
                                          const math::Pose& T_ego_lidar, std::int64_t stamp_ns,
                                          std::uint64_t noise_key,
                                          const world::MaterialTable* materials = nullptr) const;

  // What calibration.json tells of the device.
  [[nodiscard]] capture::LidarCalibration calibration(const std::string& name,
                                                      const math::Pose& T_ego_lidar) const;

 private:
  struct Shot {
    math::Vec3f origin{0};       // LiDAR frame
    math::Vec3f direction{0};    // unit
    std::int64_t offset_ns = 0;  // after the start of the sweep
    std::uint32_t cycle = 0;
    std::uint16_t ring = 0;
  };
  LidarSettings settings_;
  std::vector<Shot> shots_;
};

}  // namespace oddroad::lidar
