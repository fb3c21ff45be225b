// What the KITTI formats decide.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace oddroad::exchange {

struct KittiOptions {
  std::string lidar;                     // empty: the first
  std::int64_t max_gap_ns = 60'000'000;  // between image and sweep
  double visible_share_0 = 0.8;          // at least this: occluded 0
  double visible_share_1 = 0.4;          // at least this: occluded 1, below: 2
  std::int64_t min_visible_px = 20;      // objects with fewer become DontCare
};

inline const std::vector<std::string>& kitti_types() {
  static const std::vector<std::string> types = {
      "Car", "Van", "Truck", "Pedestrian", "Person_sitting", "Cyclist", "Tram", "Misc", "DontCare"};
  return types;
}

}  // namespace oddroad::exchange
