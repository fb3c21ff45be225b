// What a capture becomes in an MCAP file.
#pragma once

#include <vector>

#include "engine/exchange/mcap_channels.h"

namespace oddroad::exchange {

// A capture in the order of time.
struct McapCapture {
  std::size_t sensor = 0;  // in the list of sensors
  std::uint32_t k = 0;     // of its sensor's captures
  std::uint32_t instant = 0;
  bool first = false;  // at its instant
};

// All captures by stamp, then by sensor.
std::vector<McapCapture> captures_by_time(const std::vector<ClipSensor>& sensors);

class McapMessages {
 public:
  McapMessages(const ExportClip& clip, const FormatContext& context,
               const std::vector<ClipSensor>& sensors, const McapChannels& channels);

  // Any thread.
  [[nodiscard]] core::Result<std::vector<mcap::Message>> of(const McapCapture& capture) const;

 private:
  using Messages = std::vector<mcap::Message>;
  [[nodiscard]] core::Result<void> add_camera(const McapCapture& capture, Messages& out) const;
  [[nodiscard]] core::Result<void> add_lidar(const McapCapture& capture, Messages& out) const;
  [[nodiscard]] core::Result<void> add_radar(const McapCapture& capture, Messages& out) const;
  void add_transforms(const McapCapture& capture, Messages& out) const;
  void add_objects(const McapCapture& capture, const std::vector<capture::ObjectInWorld>& objects,
                   Messages& out) const;

  [[nodiscard]] const Tick& tick(const McapCapture& capture) const {
    return sensors_[capture.sensor].ticks[capture.k];
  }
  [[nodiscard]] std::int64_t unix_ns(const McapCapture& capture) const;
  [[nodiscard]] const world::Actor& ego() const;

  const ExportClip& clip_;
  const FormatContext& context_;
  const std::vector<ClipSensor>& sensors_;
  const McapChannels& channels_;
  std::size_t boxes_from_ = 0;  // the sensor whose captures have the 3-D boxes
};

}  // namespace oddroad::exchange
