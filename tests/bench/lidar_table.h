// The table of sensors/lidar/README.md.
#pragma once

#include <string>
#include <vector>

#include "engine/world/scene_window.h"

namespace oddroad::bench {

// One device in one weather. Rates are per second of one core.
struct LidarRow {
  std::string device;
  std::string condition;
  double shots = 0;  // a sweep
  double rays_per_shot = 0;
  double points_per_shot = 0;
  double bare_axes_per_s = 0;  // Embree alone, axes of beams
  double bare_rays_per_s = 0;  // all rays that are cast
  double points_per_s = 0;
  double ratio = 0;              // core time of the bare rays over that of the labelled sweep
  double ratio_of_axes = 0;      // all rays a second within the sweep over bare axes a second
  double sweep_core_s = 0;       // a labelled sweep takes
  double load_of_two_cores = 0;  // above 1: not real time
};

// As Markdown, with processor, scene and its triangles.
void print_lidar_table(const std::string& scene, const world::SceneWindow& window,
                       const std::vector<LidarRow>& rows);

}  // namespace oddroad::bench
