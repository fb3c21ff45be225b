#include "engine/sim/steering.h"

#include <algorithm>
#include <cmath>

namespace oddroad::sim {

double look_ahead_m(double speed_mps) {
  return std::clamp(2 + 0.5 * speed_mps, 3.0, 20.0);
}

double pure_pursuit_steer(const SteeringParameters& car, const math::Vec2d& rear_axle, double yaw,
                          const math::Vec2d& target) {
  const math::Vec2d to = target - rear_axle;
  const double l = std::max(glm::length(to), 0.1);
  const double alpha = math::wrap_angle(std::atan2(to.y, to.x) - yaw);
  return std::atan(2 * car.wheelbase_m * std::sin(alpha) / l);
}

double turn_wheel(const SteeringParameters& car, double steer, double wanted, double dt) {
  const double goal = std::clamp(wanted, -car.max_steer_rad, car.max_steer_rad);
  const double most = car.max_steer_rate_rps * dt;
  return steer + std::clamp(goal - steer, -most, most);
}

PlanarPose drive_arc(const PlanarPose& from, double steer, double wheelbase, double distance) {
  const double turn = distance * std::tan(steer) / wheelbase;
  const double half = 0.5 * turn;
  // A chord of the arc has length d sin(h)/h and points along the mean heading.
  const double chord = std::abs(half) > 1e-9 ? distance * std::sin(half) / half : distance;
  const double heading = from.yaw_rad + half;
  return {from.position + chord * math::Vec2d(std::cos(heading), std::sin(heading)),
          from.yaw_rad + turn};
}

double quintic(double u) {
  const double x = std::clamp(u, 0.0, 1.0);
  return x * x * x * (10 - 15 * x + 6 * x * x);
}

double quintic_time_s(double distance, double max_accel, double min_time) {
  return std::max(min_time, std::sqrt(5.7735 * std::abs(distance) / max_accel));
}

}  // namespace oddroad::sim
