// Export to the KITTI object detection layout (Geiger et al., CVPR 2012), as its development kit,
// mmdetection3d and OpenPCDet read it:
//   training/{image_2,image_3,velodyne,calib,label_2[,planes]}/%06d.*   ImageSets/*.txt
// One frame per image of the left camera that has a sweep near it. frames.csv says where each came
// from. Deterministic: equal datasets give equal bytes.
//
// What the format makes us decide:
//  - The rectified camera 0 is the left camera: R0_rect = I, P2 = [K|0], P3 holds the baseline, P0
//    and P1 repeat them (there are no grey cameras).
//  - KITTI counts pixels from the centre of the first one: cx, cy and boxes are ours minus 0.5.
//  - 2-D boxes are amodal (whole outline, also where hidden), cut to [0, W-1] x [0, H-1].
//  - A rider and what it rides are one object. With the classes' KITTI types of the ontology.
//  - occluded: 0, 1, 2 from the visible share of the outline inside the image (see options).
//  - Points are moved to where they would lie, in the LiDAR frame, at the image's instant: every
//    point with the ego pose of its own time. Things that move keep their shear, as in real data.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "engine/core/result.h"

namespace oddroad::exchange {

struct KittiOptions {
  std::string left_camera;               // image_2; empty: the rig's first camera
  std::string right_camera;              // image_3; empty: the second, if there is one
  std::string lidar;                     // empty: the first
  std::int64_t max_gap_ns = 60'000'000;  // between image and sweep
  double visible_share_0 = 0.8;          // at least this: occluded 0
  double visible_share_1 = 0.4;          // at least this: occluded 1, below: 2
  std::int64_t min_visible_px = 20;      // objects with fewer become DontCare
  double validation_share = 0.2;         // of the clips; a clip is never split
  bool planes = false;                   // also write the ground plane of each frame
};

struct ExportSummary {
  int clips = 0;
  int frames = 0;
  int objects = 0;
  int dont_care = 0;
  int images_without_sweep = 0;  // left out
};

// `out` must be new or empty; it appears when it is complete.
// Errors: not a dataset, a sensor that is not in the rig, clips without colour, cannot write.
core::Result<ExportSummary> export_kitti(const std::filesystem::path& dataset,
                                         const std::filesystem::path& out,
                                         const KittiOptions& options = {});

}  // namespace oddroad::exchange
