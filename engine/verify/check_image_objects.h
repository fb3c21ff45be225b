// Checks `boxes_2d`, `box_of_mask`, `amodal`, `ledger`, `truncation`, `occluders`: what a frame
// says of the objects in its image, against the mask and against each object alone.
#pragma once

#include "engine/verify/camera_scene.h"
#include "engine/verify/check_pixels.h"
#include "engine/verify/frame_files.h"
#include "engine/verify/records.h"
#include "engine/verify/report.h"

namespace oddroad::verify {

// Masks are the recorded ids; where ids were not recorded, `seen`.
void check_image_objects(const CameraScene& scene, const FrameImages& images, const SeenImage& seen,
                         const FrameRecord& frame, Report& report);

}  // namespace oddroad::verify
