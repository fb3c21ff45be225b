// label_2/%06d.txt: one object a line, DontCare regions last (readers count on that).
#pragma once

#include <string>
#include <vector>

#include "engine/capture/frames.h"
#include "engine/capture/ontology.h"
#include "engine/capture/rig.h"
#include "engine/exchange/class_names.h"
#include "engine/exchange/format.h"
#include "engine/exchange/kitti_options.h"

namespace oddroad::exchange {

struct KittiLabel {
  core::InstanceId id;   // of what is ridden, where a rider belongs to it
  std::string type;      // "DontCare": only the box counts
  double truncated = 0;  // 0 to 1
  int occluded = 0;      // 0 visible, 1 partly, 2 largely, 3 unknown
  double alpha = 0;      // observation angle, [-pi, pi]
  capture::Box2 box;     // KITTI pixels
  double height_m = 0, width_m = 0, length_m = 0;
  math::Vec3d location_m{0};  // centre of the bottom face, camera frame
  double rotation_y = 0;      // about the camera's y (down); 0 = facing right
};

struct KittiClasses {
  const capture::Ontology& ontology;
  const ClassNames& names;
};

// `points_in_box` of the frame's objects counts where the thresholds ask for it.
std::vector<KittiLabel> kitti_labels(const capture::CameraFrame& frame,
                                     const capture::CameraCalibration& camera,
                                     const KittiClasses& classes, const Thresholds& thresholds,
                                     const KittiOptions& options);
// Boxes with 2 decimals, metres and angles with 6: exact labels stay exact.
std::string encode_kitti_labels(const std::vector<KittiLabel>& labels);

}  // namespace oddroad::exchange
