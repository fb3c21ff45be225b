// Reads datasets back. Everything is checked: a dataset of another format version is refused, a
// file that is missing or malformed is an error that names it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/capture/frames.h"
#include "engine/capture/ins.h"
#include "engine/capture/radar.h"
#include "engine/capture/rig.h"
#include "engine/core/result.h"
#include "engine/dataset/clip_info.h"
#include "engine/dataset/dataset_header.h"
#include "engine/dataset/frame_json.h"
#include "engine/dataset/manifest.h"

namespace oddroad::dataset {

// What of a camera's frame is read: labels always are.
enum CameraParts : unsigned {
  kRgbPart = 1,
  kIdsPart = 2,
  kClassesPart = 4,
  kDepthPart = 8,
  kAllParts = ~0u
};

class ClipReader {
 public:
  // Reads clip.json, calibration.json, timeline.npy and the manifest.
  static core::Result<ClipReader> open(const std::filesystem::path& clip);

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] const ClipInfo& info() const { return info_; }
  [[nodiscard]] const capture::Calibration& calibration() const { return calibration_; }
  // Actors with ids, names, types and states; models and articulation are not stored.
  [[nodiscard]] const world::Timeline& timeline() const { return timeline_; }
  [[nodiscard]] const Manifest& manifest() const { return manifest_; }

  // Ticks recorded by a sensor, ascending; empty for a sensor that recorded nothing.
  [[nodiscard]] std::vector<int> ticks(const std::string& sensor) const;

  // What was not recorded stays empty.
  [[nodiscard]] core::Result<capture::CameraFrame> camera(const std::string& sensor, int tick,
                                                          unsigned parts = kAllParts) const;
  [[nodiscard]] core::Result<capture::LidarFrame> lidar(const std::string& sensor, int tick) const;
  // Its points alone: the labels beside them may have megabytes.
  [[nodiscard]] core::Result<capture::PointCloud> cloud(const std::string& sensor, int tick) const;
  [[nodiscard]] core::Result<capture::RadarFrame> radar(const std::string& sensor, int tick) const;
  // All series of motion sensors that were recorded.
  [[nodiscard]] core::Result<capture::MotionRecords> motion() const;
  [[nodiscard]] core::Result<FrameLabels> labels(const std::string& sensor, int tick) const;
  // The stamp alone, at a fraction of the cost of all labels.
  [[nodiscard]] core::Result<std::int64_t> stamp_ns(const std::string& sensor, int tick) const;
  // A file that the clip holds, by its name relative to it.
  [[nodiscard]] bool has(const std::string& name) const { return manifest_.files.contains(name); }

  // Recomputes every hash. Errors: each file that is missing, changed or foreign.
  [[nodiscard]] core::Result<void> verify() const { return check_files(folder_, manifest_, true); }

 private:
  std::filesystem::path folder_;
  ClipInfo info_;
  capture::Calibration calibration_;
  world::Timeline timeline_;
  Manifest manifest_;
};

class DatasetReader {
 public:
  static core::Result<DatasetReader> open(const std::filesystem::path& dataset);

  [[nodiscard]] const DatasetHeader& header() const { return header_; }
  [[nodiscard]] const capture::Ontology& ontology() const { return header_.ontology; }
  // Folders of all clips, in order of scenario name, index and short id.
  [[nodiscard]] const std::vector<std::filesystem::path>& clips() const { return clips_; }

 private:
  DatasetHeader header_;
  std::vector<std::filesystem::path> clips_;
};

}  // namespace oddroad::dataset
