// What is wrong with a LiDAR, and when. Times count from the start of the simulation; without
// `from` and `to` a fault is there all the time.
//   faults:
//     - {type: dirt, azimuth: 20 deg, elevation: -5 deg, width: 30 deg, height: 20 deg,
//        transmission: 30 %}                      # on the window; 0 %: blocked
//     - {type: missing_rings, rings: [3, 17]}     # lasers that are dead
//     - {type: misaligned, yaw: 0.5 deg, pitch: 0.2 deg, roll: 0 deg}
//                                                 # mounted so, beside what the calibration says
//     - {type: interference, share: 0.01 %}       # of shots, in which another LiDAR's pulse
//     arrives
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "engine/capture/exposure.h"
#include "engine/core/map_reader.h"
#include "engine/math/affine.h"

namespace oddroad::lidar {

enum class FaultType : std::uint8_t { kDirt, kMissingRings, kMisaligned, kInterference };

struct FaultSettings {
  FaultType type = FaultType::kDirt;
  std::int64_t from_ns = 0;
  std::int64_t to_ns = std::numeric_limits<std::int64_t>::max();  // not included
  double azimuth_rad = 0, elevation_rad = 0;                      // dirt: its middle, LiDAR frame
  double width_rad = 0, height_rad = 0;
  double transmission = 0;  // once through
  std::vector<int> rings;   // missing
  double yaw_rad = 0, pitch_rad = 0, roll_rad = 0;
  double share = 0;  // interference, of shots

  [[nodiscard]] bool at(std::int64_t stamp_ns) const {
    return stamp_ns >= from_ns && stamp_ns < to_ns;
  }
  // Of misalignment: turns the mount, in the LiDAR frame.
  [[nodiscard]] math::Pose turned() const;
};

const char* name_of(FaultType type);

// For the frame's record.
capture::SensorFault recorded(const FaultSettings& fault);

// Reads `faults` of a LiDAR. Errors go to the reader's diagnostics.
void read_faults(core::MapReader& lidar, std::vector<FaultSettings>& out);

}  // namespace oddroad::lidar
