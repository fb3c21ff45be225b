// What a sweep is traced in.
#pragma once

#include <span>

#include "engine/capture/rig.h"
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
  capture::EgoBody ego_body = capture::EgoBody::kUnseen;

  // What light can meet after its axis, or beside it.
  [[nodiscard]] scene::RayKind seen() const {
    return ego_body == capture::EgoBody::kRecorded ? scene::RayKind::kShadow
                                                   : scene::RayKind::kSensor;
  }
  // What axes can meet: a masked body takes them.
  [[nodiscard]] scene::RayKind seen_by_axes() const {
    return ego_body == capture::EgoBody::kUnseen ? scene::RayKind::kSensor
                                                 : scene::RayKind::kShadow;
  }
  // Of a drawable, index + 1.
  [[nodiscard]] bool is_ego(std::uint32_t drawable) const {
    return window.drawables[drawable - 1].hidden_from_ego;
  }
  [[nodiscard]] std::int64_t stamp_ns(const Shot& shot) const { return begin_ns + shot.offset_ns; }
};

}  // namespace oddroad::lidar
