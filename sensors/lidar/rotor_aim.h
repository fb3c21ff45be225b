// Where beams behind rotors look, for many shots at once: vector code where the processor has it,
// the same bits everywhere.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/capture/rig.h"
#include "sensors/lidar/shot_pattern.h"

namespace oddroad::lidar {

// The deflections of the rotors add up (thin prisms); their sum is the angle from the axis.
math::Vec3d aim_with_rotors(const capture::LidarScan& scan, const capture::LidarBeam& beam,
                            std::int64_t stamp_ns);

// The same for shots near each other in time: rotors turn little between them, so that sine and
// cosine are short series in what they turn.
class RotorAim {
 public:
  static constexpr std::size_t kMost = 128;  // shots

  // Both must outlive it.
  RotorAim(const capture::LidarScan& scan, const std::vector<capture::LidarBeam>& beams)
      : scan_(scan), beams_(beams) {}

  // Sets where shots of the sweep that starts at begin_ns look; their beams and times are known.
  void aim(std::int64_t begin_ns, std::span<Shot> shots) const;

 private:
  // False where a rotor turns too far between the shots or a beam looks too far from the axis.
  [[nodiscard]] bool aim_by_series(std::int64_t begin_ns, std::span<Shot> shots) const;

  const capture::LidarScan& scan_;
  const std::vector<capture::LidarBeam>& beams_;
};

}  // namespace oddroad::lidar
