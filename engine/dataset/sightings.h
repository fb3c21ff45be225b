// sightings.json: over a whole clip, when each sensor first and last saw each object.
//   {"<sensor>": [{"id", "first_ns", "last_ns", "frames", "most"}, ...ascending id], ...}
// A camera sees what has a visible pixel, a LiDAR what returned a beam; `most` is the largest
// number of pixels or returns in one frame, first_ns and last_ns are stamps of frames.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "engine/capture/frames.h"
#include "engine/core/archive.h"

namespace oddroad::dataset {

class Sightings {
 public:
  // Frames in any order.
  void add(const capture::CameraFrame& frame);
  void add(const capture::LidarFrame& frame);
  [[nodiscard]] std::string encode() const;
  void remember(core::Archive& archive) { archive(seen_); }

 private:
  struct Sighting {
    std::int64_t first_ns = 0, last_ns = 0, frames = 0, most = 0;
  };
  void note(Sighting& sighting, std::int64_t stamp_ns, std::int64_t amount);

  std::map<std::string, std::map<std::uint16_t, Sighting>> seen_;
};

}  // namespace oddroad::dataset
