// Where and when a LiDAR fires within one sweep.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/capture/rig.h"

namespace oddroad::lidar {

struct Shot {
  math::Vec3f origin{0};       // LiDAR frame
  math::Vec3f direction{0};    // unit
  std::int64_t offset_ns = 0;  // after the start of the sweep
  std::uint32_t column = 0;    // azimuth step; (ring, column) names the shot
  std::uint16_t ring = 0;
  std::uint16_t beam = 0;  // index into the beams
};

// The shots of a sweep: column by column, in firing order within each. Spinning devices are
// phase-locked: every sweep is the same. A scanner with rotors goes on where the last sweep ended,
// so its shots depend on the time at which the sweep starts. Equations: scenarios/labels.md.
class ShotPattern {
 public:
  // Beams in firing order. Every one fires before the next column of its state and in the sweep.
  ShotPattern(capture::LidarScan scan, std::vector<capture::LidarBeam> beams);

  [[nodiscard]] const capture::LidarScan& scan() const { return scan_; }
  [[nodiscard]] bool repeats() const { return scan_.rotors.empty(); }
  [[nodiscard]] std::size_t size() const { return size_; }

  // The shots of the sweep that starts at begin_ns (from the start of simulation). The span points
  // into this pattern, or into `room`, which is filled where the pattern does not repeat.
  [[nodiscard]] std::span<const Shot> shots(std::int64_t begin_ns, std::vector<Shot>& room) const;

 private:
  void fill(std::int64_t begin_ns, std::vector<Shot>& out) const;

  capture::LidarScan scan_;
  std::vector<capture::LidarBeam> beams_;
  std::vector<std::vector<std::uint16_t>> by_state_;  // beams that fire, in firing order
  std::size_t size_ = 0;
  std::vector<Shot> shots_;  // where the pattern repeats
};

}  // namespace oddroad::lidar
