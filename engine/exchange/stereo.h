// Which cameras make a pair, for formats with a left and a right picture.
#pragma once

#include "engine/capture/rig.h"

namespace oddroad::exchange {

// Metres from `left` to `right` along the rows of `left`'s picture; 0: it does not look the same
// way from the right of it.
double baseline_m(const capture::CameraCalibration& left, const capture::CameraCalibration& right);

}  // namespace oddroad::exchange
