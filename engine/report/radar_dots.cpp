#include "engine/report/radar_dots.h"

#include <algorithm>
#include <cmath>

namespace oddroad::report {

using math::Vec2d;
using math::Vec3d;

namespace {

constexpr double kMoving_mps = 0.7, kLine_s = 0.5;

Rgb8 color_of(int cause) {
  switch (static_cast<capture::RadarCause>(cause)) {
    case capture::RadarCause::kTarget:
      return {90, 255, 120};
    case capture::RadarCause::kGhost:
      return {255, 80, 255};
    case capture::RadarCause::kUnderVehicle:
      return {80, 200, 255};
    case capture::RadarCause::kClutter:
      return {150, 120, 60};
    case capture::RadarCause::kFalseAlarm:
      return {255, 60, 60};
  }
  return {255, 255, 255};
}

void dot(Picture& on, const Vec2d& at, double radius, Rgb8 color) {
  const int r = static_cast<int>(std::ceil(radius));
  for (int dy = -r; dy <= r; ++dy) {
    for (int dx = -r; dx <= r; ++dx) {
      const int x = static_cast<int>(at.x) + dx, y = static_cast<int>(at.y) + dy;
      if (dx * dx + dy * dy > radius * radius || x < 0 || y < 0) continue;
      if (x < on.width_px && y < on.height_px) on.at(x, y) = color;
    }
  }
}

}  // namespace

void draw_radar(Picture& on, const std::vector<RadarCycle>& cycles,
                const std::function<Vec2d(const Vec3d&)>& at) {
  for (const RadarCycle& cycle : cycles) {
    const math::Pose& mount = cycle.calibration->T_ego_radar;
    for (const capture::RadarDetection& d : cycle.frame.detections) {
      const Vec3d there = mount * Vec3d(d.x_m, d.y_m, d.z_m);
      const Rgb8 color = color_of(d.cause);
      const Vec3d away = glm::normalize(there - mount.translation);
      const double v = d.velocity_compensated_mps;
      if (std::abs(v) > kMoving_mps) {
        draw_line(on, at(there), at(there + away * (v * kLine_s)), color, 1);
      }
      dot(on, at(there), 1.2 + std::clamp((d.rcs_dbsm + 15) / 15.0, 0.0, 3.0), color);
    }
  }
}

}  // namespace oddroad::report
