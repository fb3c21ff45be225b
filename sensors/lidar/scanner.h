// One sweep of a LiDAR through a scene window: each beam at its own instant.
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
#include "sensors/lidar/lidar_settings.h"
#include "sensors/lidar/shot_pattern.h"

namespace oddroad::lidar {

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
  LidarSettings settings_;
  ShotPattern pattern_;
};

}  // namespace oddroad::lidar
