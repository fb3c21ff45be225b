// The tables of nuScenes v1.0 on the way in, joined by their tokens.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/math/bounds.h"

namespace oddroad::exchange {

enum class NuscenesModality { kCamera, kLidar, kRadar };

// A row of sample_data with what its tokens lead to.
struct NuscenesCapture {
  std::string token, channel;
  NuscenesModality modality = NuscenesModality::kCamera;
  std::int64_t timestamp_us = 0;
  bool keyframe = false;
  std::size_t sample = 0;  // of the scene
  std::string filename;
  math::Pose T_global_ego, T_ego_sensor;  // the sensor's axes are nuScenes'
  double fx = 0, fy = 0, cx = 0, cy = 0;  // cameras
  std::string lidarseg;                   // file; empty: none
};

struct NuscenesAnnotation {
  std::string instance, category, attribute;  // attribute empty: none
  math::OrientedBox box_global;
  std::int64_t lidar_points = 0;
};

struct NuscenesMoment {
  std::int64_t timestamp_us = 0;
  std::vector<NuscenesAnnotation> annotations;
};

struct NuscenesLog {
  std::string name, description, location;
  std::vector<NuscenesMoment> samples;    // ascending time
  std::vector<NuscenesCapture> captures;  // by channel, then time
};

struct NuscenesDataset {
  std::filesystem::path folder;
  std::string version;
  std::vector<NuscenesLog> scenes;         // in the order of the table
  std::map<int, std::string> category_of;  // lidarseg's numbers
};

// `folder` holds one version (a folder with scene.json), samples/ and sweeps/. Errors, with places:
// tables that are missing or malformed, tokens that lead nowhere.
core::Result<NuscenesDataset> read_nuscenes(const std::filesystem::path& folder);

}  // namespace oddroad::exchange
