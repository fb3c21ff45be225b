// For formats of images: every picture of every camera of a clip is one frame.
#pragma once

#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/exchange/format.h"

namespace oddroad::exchange {

struct Shot {
  std::string camera;
  int tick = 0;
  std::string name;  // "<scenario>_<index>-<short id>_<camera>_<tick>", of the exported file
};

// Camera by camera, ticks ascending; frames whose picture the camera lost are left out. Errors: no
// camera has pictures; masks are wanted and ids or classes were not recorded.
core::Result<std::vector<Shot>> list_shots(const ExportClip& clip, const std::string& format,
                                           bool masks);

// Pixels were counted. Data of others name none (imported.h).
inline bool has_pixels(const capture::ObjectInImage& object) {
  return object.in_frame_px >= 0;
}
// The thing is seen enough to count.
bool is_seen(const capture::ObjectInImage& object, const Thresholds& thresholds);

}  // namespace oddroad::exchange
