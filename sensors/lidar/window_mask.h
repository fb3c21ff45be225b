// What sits on a LiDAR's window and takes light from the beams that cross it: dirt that stays,
// drops of rain that come and go.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/math/affine.h"
#include "sensors/lidar/fault_settings.h"
#include "sensors/lidar/lidar_model.h"

namespace oddroad::lidar {

class WindowMask {
 public:
  // Drops: 40 (1 - exp(-0.1 R)) of 0.5 to 2.5 mm radius at R mm/h, for 2 to 5 s each, on a window
  // kWindowRadiusM from the axis; a drop sends the light that meets it elsewhere. `clip_key`: the
  // same for all sweeps of a sensor in a clip. rain_mm_per_h 0: no drops.
  WindowMask(const std::vector<FaultSettings>& faults, double rain_mm_per_h,
             const LidarModel& model, std::uint64_t clip_key, std::int64_t stamp_ns);

  static constexpr double kWindowRadiusM = 0.05;

  [[nodiscard]] bool clean() const { return patches_.empty(); }
  // Share of a beam's power that passes, there and back. Direction: LiDAR frame, unit.
  [[nodiscard]] double passes(const math::Vec3f& direction) const;

 private:
  struct Patch {
    double azimuth_rad, elevation_rad;
    double half_width_rad, half_height_rad;
    double transmission;  // once through
    double soft_rad;      // over which it fades in: the width of the beam at the window
  };
  // Where a patch ends, in what a direction has without an arc tangent.
  struct Bounds {
    float lower_z, upper_z;
    float x, y;   // towards its middle, level
    float least;  // the part of a level unit vector along that; -2: any
  };
  void add(const Patch& patch);
  [[nodiscard]] static double share_of(const Patch& patch, double azimuth_rad,
                                       double elevation_rad);

  static constexpr int kSectors = 512;  // round a square about the axis
  std::vector<Patch> patches_;
  std::vector<Bounds> bounds_;                             // of each patch, a little wider
  std::array<std::vector<std::uint16_t>, kSectors> near_;  // patches that reach into a sector
};

}  // namespace oddroad::lidar
