// dataset.json: what makes a folder a dataset. Written once, when the dataset is made.
#pragma once

#include <filesystem>
#include <string>

#include "engine/capture/ontology.h"
#include "engine/core/result.h"

namespace oddroad::dataset {

// The version of everything written below DATASET/. Changes:
//   1  first version
//   2  lenses and shutters in calibration.json, beams of LiDARs; the ledger with in_frame_px and
//      occluders, amodal boxes tight to masks; panoptic, range, normals, flow, keypoints, lanes,
//      lidar_geometry; inputs/
//   3  actors that come and go: NaN in timeline.npy where they are not; signals and facts in
//      clip.json
//   4  point clouds with column and echo, more causes; lidar_rays; in calibration.json how each
//      LiDAR scans (columns, states, rotors), its unit and the bias of its lasers; faults of
//      LiDARs; radars; series of IMU, GNSS, INS and odometry; lidar_compensated
inline constexpr int kFormatVersion = 4;

struct DatasetHeader {
  std::string software;  // version that made the dataset; each clip names its own
  capture::Ontology ontology;
};

// Makes the dataset, or joins the one that is there. Safe against other processes doing the same.
// Also removes what killed processes left in DATASET/.staging.
// Errors: another format version or ontology, a folder that holds something else, cannot write.
core::Result<void> open_for_writing(const std::filesystem::path& dataset,
                                    const DatasetHeader& header);

// Errors: no dataset.json, a format version this software does not know, malformed.
core::Result<DatasetHeader> read_dataset_header(const std::filesystem::path& dataset);

std::string encode_header(const DatasetHeader& header);

// Whether software with this header may write into the dataset whose dataset.json has this text;
// `file`: what errors name. Errors: another format version or ontology, malformed.
core::Result<void> check_header(const std::string& text, const std::string& file,
                                const DatasetHeader& header);

}  // namespace oddroad::dataset
