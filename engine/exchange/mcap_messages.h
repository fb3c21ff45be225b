// What a capture becomes in an MCAP file.
#pragma once

#include <limits>
#include <vector>

#include "engine/exchange/mcap_motion.h"

namespace oddroad::exchange {

// A capture in the order of time.
struct McapCapture {
  std::size_t sensor = 0;  // in the list of sensors
  std::uint32_t k = 0;     // of its sensor's captures
  std::uint32_t instant = 0;
  bool first = false;         // at its instant
  std::int64_t until_ns = 0;  // the next capture's stamp; behind the last the largest number
};

// All captures by stamp, then by sensor.
std::vector<McapCapture> captures_by_time(const std::vector<ClipSensor>& sensors);

class McapMessages {
 public:
  McapMessages(const ExportClip& clip, const FormatContext& context,
               const std::vector<ClipSensor>& sensors, const McapChannels& channels,
               const McapMotion& motion);

  // Any thread.
  [[nodiscard]] core::Result<std::vector<mcap::Message>> of(const McapCapture& capture) const;

 private:
  using Messages = std::vector<mcap::Message>;
  [[nodiscard]] core::Result<void> add_camera(const McapCapture& capture, Messages& out) const;
  [[nodiscard]] core::Result<void> add_lidar(const McapCapture& capture, Messages& out) const;
  [[nodiscard]] core::Result<void> add_radar(const McapCapture& capture, Messages& out) const;
  // At an instant of the clip.
  void add_transforms(std::int64_t stamp_ns, std::uint32_t sequence, Messages& out) const;
  void add_objects(const McapCapture& capture, const std::vector<capture::ObjectInWorld>& objects,
                   Messages& out) const;

  [[nodiscard]] const Tick& tick(const McapCapture& capture) const {
    return sensors_[capture.sensor].ticks[capture.k];
  }
  [[nodiscard]] std::int64_t start_ns() const {  // of the clip, since 1970
    return clip_.reader.info().environment.start_utc_s * 1'000'000'000;
  }
  [[nodiscard]] std::int64_t unix_ns(const McapCapture& capture) const {
    return start_ns() + tick(capture).stamp_ns;
  }
  [[nodiscard]] const world::Actor& ego() const;

  const ExportClip& clip_;
  const FormatContext& context_;
  const std::vector<ClipSensor>& sensors_;
  const McapChannels& channels_;
  const McapMotion& motion_;
  std::int64_t first_ns_ = std::numeric_limits<std::int64_t>::max();  // of all captures
  std::size_t boxes_from_ = 0;  // the sensor whose captures have the 3-D boxes
};

}  // namespace oddroad::exchange
