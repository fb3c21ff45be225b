// oxts/%04d.txt: 30 numbers a frame, as KITTI's raw data has them (readme of its development kit).
// Here they are the truth of the ego frame (ISO 8855), not what a navigation system measured:
// latitude and longitude lie on the Mercator map whose metres pykitti gives back,
//   x = s R lon,  y = s R ln tan(pi / 4 + lat / 2),  s = cos(lat_0),  R = 6378137 m.
#pragma once

#include <cstdint>
#include <string>

#include "engine/world/timeline.h"

namespace oddroad::exchange {

// One line, newline included. Roll is positive with the left side up, pitch with the nose down, yaw
// counter-clockwise from east; accelerations at rest are (0, 0, g).
std::string oxts_line(const world::Timeline& timeline, std::int64_t stamp_ns);

}  // namespace oddroad::exchange
