// One frame of an OpenLABEL file: what all sensors of an instant say of the objects.
#pragma once

#include <optional>
#include <vector>

#include "engine/dataset/frame_json.h"
#include "engine/exchange/clip_sensors.h"
#include "engine/exchange/openlabel_tracks.h"

namespace oddroad::exchange::openlabel {

// A capture that belongs to the frame.
struct Capture {
  const ClipSensor* sensor = nullptr;
  Tick tick;
  dataset::FrameLabels labels;
};

struct Frame {
  Json json;  // {"frame_properties", "objects"}
  std::vector<Sight> sights;
};

// The first capture is that whose instant the frame has.
Frame make_frame(const ExportClip& clip, const std::vector<Capture>& captures,
                 const FormatContext& context);

}  // namespace oddroad::exchange::openlabel
