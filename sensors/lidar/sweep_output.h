// Points, and what became of shots, of a run of shots; and all runs put together.
#pragma once

#include <span>

#include "engine/capture/point_cloud.h"

namespace oddroad::lidar {

struct SweepOutput {
  // Its columns are longer than there are points, so that a point is written without asking for
  // room; those of the kind lidar_geometry grow by themselves.
  capture::PointCloud cloud;
  std::size_t points = 0;
  std::size_t rays_cast = 0;  // without those of the axes
  capture::LidarRays rays;    // empty: not asked for

  // Empty, with room for so many points.
  void begin(std::size_t most_points);
};

// In the order of the runs; what the vectors hold in memory is used again.
void join(std::span<const SweepOutput> runs, capture::PointCloud& cloud, capture::LidarRays& rays);

}  // namespace oddroad::lidar
