// The ego's smooth motion, made another way than the sensors make it: B-splines whose coefficients
// are found by iteration, rates and accelerations by differences of poses. scenarios/labels.md says
// which curve it is.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/world/timeline.h"

namespace oddroad::verify {

class SmoothMotion {
 public:
  // A life of three states at least.
  explicit SmoothMotion(const world::Actor& actor);

  [[nodiscard]] math::Pose pose(double t_s) const;
  // Of what is mounted there. Force: acceleration plus gravity, in its axes.
  [[nodiscard]] math::Pose pose(double t_s, const math::Pose& T_ego_mount) const {
    return pose(t_s) * T_ego_mount;
  }
  [[nodiscard]] math::Vec3d velocity(double t_s, const math::Pose& T_ego_mount) const;
  [[nodiscard]] math::Vec3d acceleration(double t_s, const math::Pose& T_ego_mount) const;
  [[nodiscard]] math::Vec3d rate(double t_s, const math::Pose& T_ego_mount) const;  // mount axes

 private:
  [[nodiscard]] double at(const std::vector<double>& c, double t_s) const;
  double begin_s_;
  std::array<std::vector<double>, 7> coefficients_;  // x y z, w x y z; one more at each end
};

}  // namespace oddroad::verify
