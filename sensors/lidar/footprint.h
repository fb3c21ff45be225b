// The footprint of a beam: where its light goes beside its axis, and which beams need a look there.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "sensors/lidar/lidar_model.h"
#include "sensors/lidar/shot_pattern.h"

namespace oddroad::lidar {

// The axis and four rays round it at 0.6 of the radius where a Gaussian beam falls to 1/e^2, with
// the light there, exp(-2 x 0.36), as their weights. The divergence is the full angle of that
// radius; a beam wider than high is an ellipse. Rays are cast towards neighbours that do not lie on
// the plane of what the axis meets; the rest of the footprint is taken to lie on it.
inline constexpr int kRingRays = 4;
inline constexpr double kRingRadius = 0.6;
double ring_weight();                 // of one ray; the axis has what is left
double axis_weight(int rays_beside);  // with so many rays cast

// The rays round an axis (LiDAR frame, unit).
class Ring {
 public:
  // The optics must outlive it.
  Ring(const math::Vec3d& axis, const LidarOptics& optics);
  // Unit direction of ray k: 0 left, 1 up, 2 right, 3 down.
  [[nodiscard]] math::Vec3d ray(int k) const;

 private:
  math::Vec3d axis_, left_, up_;
  const LidarOptics* optics_;
};

// The shots next to each shot: before and after on its ring (a head that turns clockwise looks left
// before), and nearest in azimuth on the rings below and above. kNobody where there is none.
class Neighbours {
 public:
  static constexpr std::uint32_t kNobody = 0xffffffffu;
  Neighbours() = default;
  Neighbours(std::span<const Shot> shots, bool rings) { set(shots, rings); }
  // In the memory that it has. `rings`: also across rings; where the beam wanders there are none
  // worth the name.
  void set(std::span<const Shot> shots, bool rings);
  // Before, after, below and above are left, right, below and above.
  [[nodiscard]] bool around() const { return rings_; }
  [[nodiscard]] const std::array<std::uint32_t, 4>& of(std::size_t shot) const {
    return table_[shot];
  }

 private:
  bool rings_ = false;
  std::vector<std::array<std::uint32_t, 4>> table_;
};

}  // namespace oddroad::lidar
