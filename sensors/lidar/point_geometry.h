// The kind lidar_geometry: what surface a point lies on and how that moves.
#pragma once

#include "engine/capture/point_cloud.h"
#include "engine/world/material_table.h"
#include "render/scene/triangle_source.h"

namespace oddroad::lidar {

// One return, as the scanner knows it.
struct Struck {
  std::uint32_t drawable = 0;  // index, without the + 1 of records
  std::uint32_t triangle = 0;
  std::int64_t stamp_ns = 0;
  math::Vec3d point{0};                // world, exact
  math::Vec3d direction{0};            // of the ray, world
  std::array<math::Vec3d, 3> corners;  // world, at stamp_ns
  math::Affine3d T_world_lidar;        // at stamp_ns
};

// Appends normal, incidence, velocity and material of one point.
void append_geometry(const world::SceneWindow& window, const scene::TriangleSource& triangles,
                     const world::MaterialTable& materials, const Struck& at,
                     capture::PointCloud& cloud);

}  // namespace oddroad::lidar
