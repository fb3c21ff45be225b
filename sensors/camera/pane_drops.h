// Drops on the pane before the lens, out of focus, and the wiper that takes them.
#pragma once

#include <cstdint>

#include "engine/capture/image.h"
#include "engine/math/affine.h"

namespace oddroad::camera {

// A camera behind a windscreen: drops land evenly in time and place and stay until the next stroke
// of the wiper, every 2 s in drizzle to 0.7 s from 15 mm/h on; some 10 (1 - exp(-0.1 R)) lie on the
// image just before it. A drop is 1 to 3 mm wide, 0.1 m before a lens focused far away: a disc as
// wide as the lens's blur, thin at its rim, through which a wide field is seen upside down.
void add_pane_drops(double rain_mm_per_h, std::int64_t stamp_ns, std::uint64_t camera_key,
                    capture::Image<math::Vec3f>& radiance);

}  // namespace oddroad::camera
