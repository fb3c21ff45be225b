// calibration.json: intrinsics and mounting of every sensor of the rig.
#pragma once

#include <string>

#include "engine/capture/rig.h"
#include "engine/core/result.h"

namespace oddroad::dataset {

std::string encode_calibration(const capture::Calibration& calibration);
// Errors: not the expected JSON, an image size below 1.
core::Result<capture::Calibration> decode_calibration(const std::string& text,
                                                      const std::string& file);

}  // namespace oddroad::dataset
