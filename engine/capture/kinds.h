// The kinds of data that a scenario's `record: {kinds: ...}` chooses from (scenarios/labels.md).
#pragma once

#include <set>
#include <string>
#include <vector>

namespace oddroad::capture {

inline const std::vector<std::string>& all_kinds() {
  static const std::vector<std::string> kinds = {"rgb",
                                                 "raw",
                                                 "radiance",
                                                 "ids",
                                                 "classes",
                                                 "panoptic",
                                                 "depth",
                                                 "range",
                                                 "normals",
                                                 "flow",
                                                 "boxes",
                                                 "keypoints",
                                                 "lanes",
                                                 "lidar",
                                                 "lidar_compensated",
                                                 "lidar_geometry",
                                                 "lidar_rays",
                                                 "radar",
                                                 "imu",
                                                 "gnss",
                                                 "ins",
                                                 "odometry"};
  return kinds;
}

// What `kinds: all` means: the pictures that are for few are left out, they are large.
inline std::vector<std::string> usual_kinds() {
  std::vector<std::string> kinds = all_kinds();
  std::erase(kinds, "raw");
  std::erase(kinds, "radiance");
  return kinds;
}

inline const std::vector<std::string>& default_kinds() {
  static const std::vector<std::string> kinds = {"rgb",   "ids",   "classes", "depth",
                                                 "boxes", "lidar", "radar",   "imu",
                                                 "gnss",  "ins",   "odometry"};
  return kinds;
}

// What of a set of kinds needs cameras, LiDARs, radars; series of motion sensors need neither.
inline bool needs_lidar(const std::set<std::string>& kinds) {
  return kinds.contains("lidar") || kinds.contains("lidar_compensated") ||
         kinds.contains("lidar_geometry") || kinds.contains("lidar_rays");
}
inline bool needs_colour(const std::set<std::string>& kinds) {
  return kinds.contains("rgb") || kinds.contains("raw") || kinds.contains("radiance");
}
inline bool needs_radar(const std::set<std::string>& kinds) {
  return kinds.contains("radar");
}
inline bool needs_camera(const std::set<std::string>& kinds) {
  std::size_t others = 0;
  for (const char* kind : {"lidar", "lidar_compensated", "lidar_geometry", "lidar_rays", "radar",
                           "imu", "gnss", "ins", "odometry"}) {
    others += kinds.count(kind);
  }
  return kinds.size() > others;
}

}  // namespace oddroad::capture
