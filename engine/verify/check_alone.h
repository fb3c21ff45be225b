// Checks `amodal`, `ledger`, `truncation`, `occluders`: every countable thing alone, by brute force
// over all pixels of the image and one image size beyond each side.
#pragma once

#include "engine/verify/camera_scene.h"
#include "engine/verify/masks.h"
#include "engine/verify/records.h"
#include "engine/verify/report.h"

namespace oddroad::verify {

// A thing is listed where it would cover a pixel of the image, and else not.
void check_alone(const CameraScene& scene, const Masks& masks, const FrameRecord& frame,
                 Report& report);

}  // namespace oddroad::verify
