// Which cameras of a rig are KITTI's image_2 and image_3.
#pragma once

#include <string>
#include <vector>

#include "engine/capture/rig.h"
#include "engine/exchange/format.h"

namespace oddroad::exchange {

// The calibration holds pinholes with global shutters and, for image_3, a baseline: the first such
// camera is the left one, the first of the others that stands beside it the right one. Pointers
// into the rig.
struct KittiCameras {
  const capture::CameraCalibration* left = nullptr;   // null: none fits
  const capture::CameraCalibration* right = nullptr;  // null: none stands beside the left one
  struct LeftOut {
    std::string camera, why;
  };
  std::vector<LeftOut> left_out;  // in the order of the rig
};

KittiCameras kitti_cameras(const capture::Calibration& rig);
// Tells which cameras were left out of a clip.
void note_left_out(const KittiCameras& cameras, ExportNotes& notes);

}  // namespace oddroad::exchange
