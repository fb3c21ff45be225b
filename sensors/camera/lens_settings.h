// The lens and the shutter of a camera's settings.
//   lens: {model: brown_conrady, radial: [k1, k2, k3], tangential: [p1, p2]}   # 1 to 6 radial
//   terms lens: {model: kannala_brandt, radial: [k1, k2, k3, k4], field: 190 deg}    # field: full
//   angle shutter: {row_time: 25 us}       # rolling, rows downwards; without it: global
#pragma once

#include <cstdint>

#include "engine/core/map_reader.h"
#include "engine/math/camera_model.h"

namespace oddroad::camera {

// Sets lens, coefficients and max_angle_rad; focal lengths are not looked at. Pinhole without
// `lens`. Errors go to the reader's diagnostics.
void read_lens(core::MapReader& reader, math::CameraModel& camera);

// Longest exposure of a whole frame, first row to last: a scene window spans 120 ms.
inline constexpr std::int64_t kMaxRollingNs = 100'000'000;

// 0 for a global shutter. The size of the image must be known.
std::int64_t read_row_time(core::MapReader& reader, int height_px);

}  // namespace oddroad::camera
