// Labels of one capture: <sensor>/<tick>.json. Doubles survive the round trip bit by bit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/capture/frames.h"
#include "engine/capture/radar.h"
#include "engine/core/result.h"

namespace oddroad::dataset {

// The frame that a flow leads to.
struct FlowNeighbour {
  int tick = 0;
  std::int64_t stamp_ns = 0;
  bool operator==(const FlowNeighbour&) const = default;
};

struct FrameLabels {
  capture::FrameStamp stamp;
  std::vector<capture::ObjectInImage> in_image;  // cameras only
  std::vector<capture::ObjectInWorld> in_world;
  std::optional<FlowNeighbour> flow_forward, flow_backward;  // where flow was recorded
  std::optional<capture::Exposure> exposure;                 // where pictures were recorded
  std::optional<capture::RawFormat> raw_format;
  std::vector<capture::SensorFault> faults;
  std::optional<std::vector<capture::RadarTrack>> tracks = std::nullopt;  // radars only
  bool operator==(const FrameLabels&) const = default;
};

// <camera>/<tick>.lanes.json
std::string encode_lanes(const capture::FrameStamp& stamp,
                         const std::vector<capture::LanePolyline>& lanes);
core::Result<std::vector<capture::LanePolyline>> decode_lanes(const std::string& text,
                                                              const std::string& file);

std::string encode_labels(const FrameLabels& labels);
core::Result<FrameLabels> decode_labels(const std::string& text, const std::string& file);
// The stamp alone: reads no further than to it.
core::Result<std::int64_t> decode_stamp_ns(const std::string& text, const std::string& file);

}  // namespace oddroad::dataset
