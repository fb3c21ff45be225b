// What a sweep is traced in.
#pragma once

#include <span>

#include "render/scene/visibility.h"
#include "sensors/lidar/facets.h"
#include "sensors/lidar/ground_cover.h"
#include "sensors/lidar/sensor_path.h"
#include "sensors/lidar/shot_pattern.h"

namespace oddroad::lidar {

struct SweepView {
  const world::SceneWindow& window;
  const scene::RayCaster& caster;
  const scene::TriangleSource& triangles;
  const FacetSource& facets;
  const SensorPath& path;
  const GroundCover& cover;
  std::int64_t begin_ns = 0;  // of the sweep
  std::span<const Shot> shots;

  [[nodiscard]] std::int64_t stamp_ns(const Shot& shot) const { return begin_ns + shot.offset_ns; }
};

}  // namespace oddroad::lidar
