// Motion sensors of a clip in an MCAP file: their samples by time, at their own rates.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/dataset/reader.h"
#include "engine/exchange/foxglove_messages.h"
#include "engine/exchange/mcap_channels.h"

namespace oddroad::exchange {

class McapMotion {
 public:
  // Adds the channels of what was recorded. Errors: a series cannot be read.
  static core::Result<McapMotion> open(const dataset::ClipReader& clip, McapChannels& channels);

  // Messages of samples from `from_ns` (inclusive) to `to_ns` (exclusive), clip time, with
  // `start_ns` more in the file. In order of time.
  void add(std::int64_t from_ns, std::int64_t to_ns, std::int64_t start_ns,
           std::vector<mcap::Message>& out) const;
  // Of the first sample; the largest number where there is none.
  [[nodiscard]] std::int64_t begin_ns() const;
  // Of the recorded ones, in the ego.
  [[nodiscard]] const std::vector<foxglove::Transform>& mounts() const { return mounts_; }
  [[nodiscard]] std::int64_t fixes_without_place() const { return fixes_without_place_; }

 private:
  enum class Kind { kImu, kFix, kNavigation, kWheels, kSpeed };
  struct Entry {
    std::int64_t stamp_ns = 0;
    Kind kind = Kind::kImu;
    std::uint16_t channel = 0;
    std::uint32_t series = 0, sample = 0;  // index into the records of its kind
    std::uint32_t sequence = 0;
  };
  template <typename Series>
  void list(Kind kind, const std::string& topic, const std::string& type,
            const std::vector<Series>& all, McapChannels& channels);
  [[nodiscard]] std::string encode(const Entry& entry, std::int64_t stamp_ns) const;

  capture::MotionCalibration rig_;  // of the recorded ones, in the order of the records
  capture::MotionRecords records_;
  std::vector<Entry> entries_;  // ascending time
  std::vector<foxglove::Transform> mounts_;
  std::int64_t fixes_without_place_ = 0;
};

}  // namespace oddroad::exchange
