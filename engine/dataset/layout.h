// Names of the files of one capture, relative to the clip.
#pragma once

#include <cstdio>
#include <string>

namespace oddroad::dataset {

inline constexpr const char* kRgbFile = ".rgb.png";
inline constexpr const char* kRgbJpegFile = ".rgb.jpg";
inline constexpr const char* kRawFile = ".raw.png";
inline constexpr const char* kRadianceFile = ".radiance.exr";
inline constexpr const char* kIdsFile = ".ids.png";
inline constexpr const char* kClassesFile = ".classes.png";
inline constexpr const char* kPanopticFile = ".panoptic.png";
inline constexpr const char* kDepthFile = ".depth.exr";
inline constexpr const char* kRangeFile = ".range.exr";
inline constexpr const char* kNormalsFile = ".normals.exr";
inline constexpr const char* kFlowForwardFile = ".flow_forward.exr";
inline constexpr const char* kFlowBackwardFile = ".flow_backward.exr";
inline constexpr const char* kDrivableFile = ".drivable.png";
inline constexpr const char* kLanesFile = ".lanes.json";
inline constexpr const char* kCloudFile = ".pcd";
inline constexpr const char* kRaysFile = ".rays.npy";
inline constexpr const char* kLabelsFile = ".json";

// "<sensor>/<tick, 6 digits><suffix>"
inline std::string capture_file(const std::string& sensor, int tick, const char* suffix) {
  char digits[16];
  std::snprintf(digits, sizeof digits, "/%06d", tick);
  return sensor + digits + suffix;
}

}  // namespace oddroad::dataset
