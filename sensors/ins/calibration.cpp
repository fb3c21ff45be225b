#include "sensors/ins/calibration.h"

#include <cmath>

namespace oddroad::ins {
namespace {

capture::TriadCalibration triad(const TriadModel& m, bool noise) {
  if (!noise) return {};
  return {m.density, m.walk, m.turn_on, m.scale, m.misaligned_rad, m.limit, m.step};
}

}  // namespace

capture::ImuCalibration calibration(const std::string& name, const math::Pose& T_ego_imu,
                                    const ImuSettings& s) {
  return {name,
          s.model.name,
          T_ego_imu,
          period_ns(s.model.rate_hz),
          triad(s.model.gyro, s.noise),
          triad(s.model.accelerometer, s.noise)};
}

capture::GnssCalibration calibration(const std::string& name, const math::Pose& T_ego_antenna,
                                     const GnssSettings& s) {
  return {name,
          s.model.name,
          T_ego_antenna,
          period_ns(s.model.rate_hz),
          std::llround(1e9 * s.model.latency_s),
          s.sky,
          s.noise};
}

capture::NavigationCalibration calibration(const std::string& name, const math::Pose& T_ego_ins,
                                           const NavigationSettings& s) {
  return {name,
          s.model.name,
          s.gnss,
          T_ego_ins,
          period_ns(s.model.rate_hz),
          s.noise,
          s.noise ? s.model.level_rad : 0,
          s.noise ? s.model.heading_rad : 0};
}

capture::OdometryCalibration calibration(const std::string& name, const asset::Model& ego,
                                         const OdometrySettings& s) {
  const WheelPlaces wheels = wheel_places(ego);
  capture::OdometryCalibration out;
  out.name = name;
  out.model = s.model.name;
  out.period_ns = period_ns(s.model.rate_hz);
  out.ticks_per_turn = s.model.ticks_per_turn;
  out.wheel_radius_m = wheels.radius_m;
  for (std::size_t k = 0; k < 4; ++k) out.hub_ego_m[k] = wheels.hub_m[k];
  out.speed_step_mps = s.model.speed_step_mps;
  out.steer_step_rad = s.model.steer_step_rad;
  if (!s.noise) return out;
  out.scale = s.model.scale;
  out.steer_bias_rad = s.model.steer_bias_rad;
  out.steer_noise_rad = s.model.steer_noise_rad;
  return out;
}

}  // namespace oddroad::ins
