// Labels of one capture: <sensor>/<tick>.json. Doubles survive the round trip bit by bit.
#pragma once

#include <string>
#include <vector>

#include "engine/capture/frames.h"
#include "engine/core/result.h"

namespace oddroad::dataset {

struct FrameLabels {
  capture::FrameStamp stamp;
  std::vector<capture::ObjectInImage> in_image;  // cameras only
  std::vector<capture::ObjectInWorld> in_world;
  bool operator==(const FrameLabels&) const = default;
};

std::string encode_labels(const FrameLabels& labels);
core::Result<FrameLabels> decode_labels(const std::string& text, const std::string& file);

}  // namespace oddroad::dataset
