// What the catalogue keeps of one clip, read from its files. Internal to this module.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/dataset/clip_info.h"

namespace oddroad::catalogue {

struct ObjectRow {
  std::uint16_t object = 0;
  std::uint8_t class_id = 0;
  double distance_m = 0, x_ego_m = 0, y_ego_m = 0, speed_mps = 0;
  // Cameras; -1: not one.
  std::int64_t visible_px = -1, in_frame_px = -1, unoccluded_px = -1;
  double truncation = std::numeric_limits<double>::quiet_NaN();
  std::int64_t returns = -1, points_in_box = -1;  // LiDARs; -1: not one
};

struct FileRow {
  std::string kind, name;  // name below the clip
  std::uint64_t bytes = 0;
};

struct FrameRow {
  std::string sensor, kind;
  int tick = 0;
  std::int64_t stamp_ns = 0;
  std::vector<ObjectRow> objects;
  std::vector<FileRow> files;
};

struct StatisticsRow {
  std::int64_t frames = 0, objects = 0, visible_px = 0, returns = 0;
};

struct ClipRows {
  std::string name;  // "<scenario>/<index>-<id>"
  std::string manifest_sha256;
  dataset::ClipInfo info;
  std::vector<FrameRow> frames;
  std::map<std::uint8_t, StatisticsRow> classes;
};

// Errors: a file of the clip is missing or malformed.
core::Result<ClipRows> read_clip_rows(const std::filesystem::path& dataset,
                                      const std::string& name);

}  // namespace oddroad::catalogue
