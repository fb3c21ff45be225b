// One sweep of a LiDAR through a scene window: each beam at its own instant.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/capture/exposure.h"
#include "engine/capture/point_cloud.h"
#include "engine/capture/rig.h"
#include "engine/math/affine.h"
#include "engine/world/material_table.h"
#include "engine/world/scene_window.h"
#include "render/scene/visibility.h"
#include "sensors/lidar/footprint.h"
#include "sensors/lidar/lidar_settings.h"
#include "sensors/lidar/shot_pattern.h"
#include "sensors/lidar/sweep_buffers.h"

namespace oddroad::lidar {

// What a sweep is asked for.
struct SweepRequest {
  std::int64_t stamp_ns = 0;   // its middle
  std::uint64_t clip_key = 0;  // of the sensor in its clip: what lasts from sweep to sweep
  std::uint64_t tick_key = 0;  // of this sweep as well: what does not
  const world::MaterialTable* materials = nullptr;  // fills the kind lidar_geometry
  bool rays = false;                                // fills the kind lidar_rays
};

struct SweepRecord {
  // In firing order, raw: each point in the LiDAR frame at its own time.
  capture::PointCloud cloud;
  capture::LidarRays rays;
  std::size_t rays_cast = 0;  // the footprints' and all bounces included
};

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

  // The axes of the beams of a sweep in world coordinates, firing order. The window covers the
  // sweep and has an ego; the sensor rides on it, piecewise linear between whole milliseconds.
  void rays(const world::SceneWindow& window, const math::Pose& T_ego_lidar, std::int64_t stamp_ns,
            scene::RayBatch& out) const;

  // Ranges are recomputed in double precision from the triangles hit.
  [[nodiscard]] SweepRecord sweep(const world::SceneWindow& window, const scene::RayCaster& caster,
                                  const math::Pose& T_ego_lidar, const SweepRequest& request) const;
  // Into a record whose memory is used again.
  void sweep(const world::SceneWindow& window, const scene::RayCaster& caster,
             const math::Pose& T_ego_lidar, const SweepRequest& request, SweepRecord& out) const;

  // The rays that such a sweep casts: axes, then what is beside and behind them. For yardsticks.
  void all_rays(const world::SceneWindow& window, const scene::RayCaster& caster,
                const math::Pose& T_ego_lidar, const SweepRequest& request,
                scene::RayBatch& out) const;

  // Faults at work at an instant, for the record.
  [[nodiscard]] std::vector<capture::SensorFault> faults_at(std::int64_t stamp_ns) const;
  // Where the device really sits: misaligned beside what its calibration says.
  [[nodiscard]] math::Pose mounted(const math::Pose& T_ego_lidar, std::int64_t stamp_ns) const;

  // What calibration.json tells of the device.
  [[nodiscard]] capture::LidarCalibration calibration(const std::string& name,
                                                      const math::Pose& T_ego_lidar) const;

 private:
  struct Traced;

  LidarSettings settings_;
  ShotPattern pattern_;
  Neighbours neighbours_;                  // where the pattern repeats
  std::vector<std::uint32_t> cast_order_;  // the same
  std::shared_ptr<SweepBufferPool> buffers_ = std::make_shared<SweepBufferPool>();
};

}  // namespace oddroad::lidar
