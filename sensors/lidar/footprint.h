// The footprint of a beam: where its light goes beside its axis, and which beams need a look there.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "sensors/lidar/lidar_model.h"
#include "sensors/lidar/shot_pattern.h"

namespace oddroad::lidar {

// The axis and six rays on a ring at 0.6 of the radius where a Gaussian beam falls to 1/e^2, with
// the light there, exp(-2 x 0.36), as their weights. The divergence is the full angle of that
// radius; a beam wider than high is an ellipse.
inline constexpr int kRingRays = 6;
inline constexpr double kRingRadius = 0.6;
double axis_weight();
double ring_weight();
// Unit direction of ring ray k of 0 to 5: k x 60 degrees from left to up. LiDAR frame.
math::Vec3d beside(const math::Vec3d& axis, const LidarOptics& optics, int k);

// The shots next to each shot: before and after on its ring, and nearest in azimuth on the rings
// below and above. kNobody where there is none.
class Neighbours {
 public:
  static constexpr std::uint32_t kNobody = 0xffffffffu;
  Neighbours() = default;
  // `rings`: also across rings; beams that do not turn have none worth the name.
  Neighbours(std::span<const Shot> shots, bool rings);
  [[nodiscard]] const std::array<std::uint32_t, 4>& of(std::size_t shot) const {
    return table_[shot];
  }

 private:
  std::vector<std::array<std::uint32_t, 4>> table_;
};

}  // namespace oddroad::lidar
