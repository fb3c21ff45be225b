#include "engine/exchange/kitti_cameras.h"

#include "engine/exchange/stereo.h"

namespace oddroad::exchange {

KittiCameras kitti_cameras(const capture::Calibration& rig) {
  KittiCameras out;
  const auto fits = [](const capture::CameraCalibration& camera) {
    return camera.camera.lens == math::Lens::kPinhole && camera.row_time_ns == 0;
  };
  for (const auto& camera : rig.cameras) {
    if (out.left == nullptr && fits(camera)) out.left = &camera;
  }
  for (const auto& camera : rig.cameras) {
    if (&camera == out.left) continue;
    if (!fits(camera)) {
      out.left_out.push_back({camera.name, "it is no pinhole with a global shutter"});
    } else if (!(baseline_m(*out.left, camera) > 0)) {
      out.left_out.push_back({camera.name, "it does not look the same way from the right of '" +
                                               out.left->name + "'"});
    } else if (out.right != nullptr) {
      out.left_out.push_back({camera.name, "image_3 is '" + out.right->name + "'"});
    } else {
      out.right = &camera;
    }
  }
  return out;
}

void note_left_out(const KittiCameras& cameras, ExportNotes& notes) {
  for (const auto& [camera, why] : cameras.left_out) {
    notes.lost("clips without camera '" + camera + "': " + why);
  }
}

}  // namespace oddroad::exchange
