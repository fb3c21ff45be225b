// The files of one camera frame, as recorded.
#pragma once

#include <filesystem>
#include <string>

#include "engine/capture/image.h"
#include "engine/verify/records.h"
#include "engine/verify/report.h"

namespace oddroad::verify {

struct NormalImage {
  capture::Image<float> x, y, z;
  [[nodiscard]] bool empty() const { return x.empty(); }
};

// Empty: not recorded, or unreadable (then the check `files` says so).
struct FrameImages {
  std::string prefix;  // "<camera>/<tick>", for messages
  capture::Image<std::uint16_t> ids;
  capture::Image<std::uint16_t> classes;
  capture::Image<std::uint16_t> panoptic_class, panoptic_id;
  capture::Image<float> depth_m;
  capture::Image<float> range_m;
  NormalImage normals;
};

// "<sensor>/<tick, 6 digits>"
std::string frame_prefix(const std::string& sensor, std::int64_t tick);

// Reads what clip.json says was recorded. A file that is missing, malformed or of another size than
// the camera's image is a disagreement of `files`.
FrameImages read_images(const std::filesystem::path& clip_folder, const ClipRecord& clip,
                        const CameraRecord& camera, std::int64_t tick, Report& report);

}  // namespace oddroad::verify
