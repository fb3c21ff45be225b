#include "engine/sim/chassis.h"

#include <algorithm>
#include <cmath>

#include "engine/sim/friction.h"

namespace oddroad::sim {
namespace {

constexpr double kLongestSubStep_s = 0.005;
constexpr double kLeastFriction = 0.01;

struct Axle {
  double load = 0;   // m/s2: force per unit of the vehicle's mass
  double along = 0;  // F_x, the same
};

// Sideways force per unit of mass for a slip angle.
double side_force(const Axle& axle, double stiffness, double slip_rad, double friction) {
  const double most = friction * axle.load;
  const double left = std::sqrt(std::max(most * most - axle.along * axle.along, 0.0));
  return std::clamp(-stiffness * slip_rad * most, -left, left);
}

double blend(double speed_mps) {
  const double u = std::clamp(
      (speed_mps - kKinematicBelow_mps) / (kDynamicAbove_mps - kKinematicBelow_mps), 0.0, 1.0);
  return u * u * (3 - 2 * u);
}

struct Axles {
  Axle front;
  Axle rear;
};

// Brakes share the force by load, but leave the rear wheels a part of their grip, as brake force
// distribution does; cars drive their front wheels.
Axles axles_of(const ChassisParameters& c, double accel, double friction) {
  constexpr double kRearShareOfGrip = 0.75;
  const double shift = accel * c.centre_height_m;
  Axles out;
  out.front.load = std::max(kGravity_mps2 * c.rear_to_centre_m - shift, 0.0) / c.wheelbase_m;
  out.rear.load = kGravity_mps2 - out.front.load;
  const double most = kRearShareOfGrip * friction * out.rear.load;
  out.rear.along = accel < 0 ? -std::min(-accel * out.rear.load / kGravity_mps2, most) : 0;
  out.front.along = accel - out.rear.along;
  return out;
}

// Stability control: single wheels are braked against a yaw rate that the road cannot bend.
double stabilised(double rate, double speed, double friction, double h) {
  constexpr double kMoment_rps2 = 4;
  const double most = 0.9 * friction * kGravity_mps2 / speed;
  const double excess = std::abs(rate) - most;
  if (excess <= 0) return rate;
  return std::copysign(std::abs(rate) - std::min(excess, kMoment_rps2 * h), rate);
}

// Slip of the rear axle and yaw rate after a sub-step.
void turn(const ChassisParameters& c, const ChassisInput& in, const Axles& axles, double h,
          ChassisMotion& m) {
  const double lr = c.rear_to_centre_m;
  const double lf = c.wheelbase_m - lr;
  const double kinematic_rate = in.speed_mps * std::tan(in.steer_rad) / c.wheelbase_m;
  const double share = in.speed_mps > 0 ? blend(in.speed_mps) : 0;
  if (share == 0) {
    m.slip_mps = 0;
    m.yaw_rate_rps = kinematic_rate;
    return;
  }
  const double mu = std::max(in.friction, kLeastFriction);
  const double centre = m.slip_mps + lr * m.yaw_rate_rps;
  const double slip_front = std::atan2(centre + lf * m.yaw_rate_rps, in.speed_mps) - in.steer_rad;
  const double slip_rear = std::atan2(m.slip_mps, in.speed_mps);
  const double front =
      side_force(axles.front, c.front_stiffness_1prad, slip_front, mu) * std::cos(in.steer_rad);
  const double rear = side_force(axles.rear, c.rear_stiffness_1prad, slip_rear, mu);
  const double new_centre = centre + h * (front + rear - in.speed_mps * m.yaw_rate_rps);
  const double free_rate = m.yaw_rate_rps + h * (lf * front - lr * rear) / (lf * lr);
  const double new_rate = stabilised(free_rate, in.speed_mps, mu, h);
  m.yaw_rate_rps = share * new_rate + (1 - share) * kinematic_rate;
  m.slip_mps = share * (new_centre - lr * new_rate);
}

}  // namespace

ChassisMotion drive(const ChassisParameters& chassis, const ChassisMotion& from,
                    const ChassisInput& input, double dt) {
  const int n = std::max(1, static_cast<int>(std::ceil(dt / kLongestSubStep_s - 1e-9)));
  const double h = dt / n;
  const double mu = std::max(input.friction, kLeastFriction);
  const Axles axles = axles_of(chassis, input.accel_mps2, mu);
  ChassisMotion m = from;
  for (int i = 0; i < n; ++i) {
    turn(chassis, input, axles, h, m);
    const double heading = m.at.yaw_rad + 0.5 * h * m.yaw_rate_rps;
    const math::Vec2d forward(std::cos(heading), std::sin(heading));
    m.at.position +=
        input.distance_m / n * forward + h * m.slip_mps * math::Vec2d(-forward.y, forward.x);
    m.at.yaw_rad += h * m.yaw_rate_rps;
  }
  return m;
}

double steady_steer_rad(const ChassisParameters& c, double curvature, double speed,
                        double friction) {
  const double mu = std::max(friction, kLeastFriction);
  const double g_share = blend(speed) * speed * speed * curvature / (kGravity_mps2 * mu);
  return std::atan(c.wheelbase_m * curvature) +
         g_share * (1 / c.front_stiffness_1prad - 1 / c.rear_stiffness_1prad);
}

ChassisMotion steady_motion(const ChassisParameters& c, const PlanarPose& at, double curvature,
                            double speed, double friction) {
  const double mu = std::max(friction, kLeastFriction);
  const double slip_rad =
      -blend(speed) * speed * speed * curvature / (kGravity_mps2 * mu * c.rear_stiffness_1prad);
  return {at, speed * std::tan(slip_rad), speed * curvature};
}

}  // namespace oddroad::sim
