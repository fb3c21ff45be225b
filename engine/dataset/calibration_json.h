// calibration.json: intrinsics and mounting of every sensor of the rig.
#pragma once

#include <string>

#include "engine/capture/rig.h"
#include "engine/core/result.h"

namespace oddroad::dataset {

// "<camera>.rays.npy": the lookup table of a distorted lens, unit rays of all pixel centres in the
// camera frame (scenarios/labels.md).
std::string rays_file(const std::string& camera);
std::string encode_rays(const math::CameraModel& camera);

std::string encode_calibration(const capture::Calibration& calibration);
// Errors: not the expected JSON, an image size below 1.
core::Result<capture::Calibration> decode_calibration(const std::string& text,
                                                      const std::string& file);

}  // namespace oddroad::dataset
