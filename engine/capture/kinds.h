// The kinds of data that a scenario's `record: {kinds: ...}` chooses from (scenarios/labels.md).
#pragma once

#include <set>
#include <string>
#include <vector>

namespace oddroad::capture {

inline const std::vector<std::string>& all_kinds() {
  static const std::vector<std::string> kinds = {
      "rgb",  "ids",   "classes",   "panoptic", "depth", "range",         "normals",
      "flow", "boxes", "keypoints", "lanes",    "lidar", "lidar_geometry"};
  return kinds;
}

inline const std::vector<std::string>& default_kinds() {
  static const std::vector<std::string> kinds = {"rgb",   "ids",   "classes",
                                                 "depth", "boxes", "lidar"};
  return kinds;
}

// What of a set of kinds needs cameras, and what needs LiDARs.
inline bool needs_lidar(const std::set<std::string>& kinds) {
  return kinds.contains("lidar") || kinds.contains("lidar_geometry");
}
inline bool needs_camera(const std::set<std::string>& kinds) {
  return kinds.size() > kinds.count("lidar") + kinds.count("lidar_geometry");
}

}  // namespace oddroad::capture
