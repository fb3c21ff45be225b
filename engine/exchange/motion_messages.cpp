#include "engine/exchange/motion_messages.h"

#include <cmath>

#include "engine/exchange/foxglove_parts.h"

namespace oddroad::exchange::foxglove {
namespace {

constexpr double kDegree = M_PI / 180;

// std_msgs/Header
Protobuf header(const Head& head) {
  const Protobuf stamp =
      std::move(Protobuf()
                    .fixed32(1, static_cast<std::uint32_t>(head.stamp_ns / 1'000'000'000))
                    .fixed32(2, static_cast<std::uint32_t>(head.stamp_ns % 1'000'000'000)));
  return std::move(Protobuf().message(2, stamp).text(3, head.frame_id));
}

// Row-major n x n with these variances.
std::vector<double> diagonal(const std::vector<double>& variances) {
  const std::size_t n = variances.size();
  std::vector<double> out(n * n);
  for (std::size_t i = 0; i < n; ++i) out[i * n + i] = variances[i];
  return out;
}

double square(double x) {
  return x * x;
}

}  // namespace

// sensor_msgs/Imu: -1 in the first place of a covariance says that there is no such estimate.
std::string imu(const Head& head, const capture::ImuSample& sample) {
  std::vector<double> no_orientation(9);
  no_orientation.front() = -1;
  return Protobuf()
      .message(1, header(head))
      .numbers(3, no_orientation)
      .message(4, vector(sample.rate_rps))
      .message(6, vector(sample.force_mps2))
      .take();
}

bool has_place(const capture::GnssFix& fix) {
  return std::isfinite(fix.latitude_rad) && std::isfinite(fix.longitude_rad);
}

std::string location_fix(const Head& head, const capture::GnssFix& fix) {
  constexpr std::uint64_t kApproximated = 1;
  // The receiver believes an error over east and north together.
  const double per_axis = 0.5 * square(fix.sigma_h_m);
  const auto& v = fix.velocity_mps;
  Protobuf out;
  out.number(1, fix.latitude_rad / kDegree).number(2, fix.longitude_rad / kDegree);
  out.number(3, fix.height_m);
  out.numbers(4, diagonal({per_axis, per_axis, square(fix.sigma_v_m)})).varint(5, kApproximated);
  out.message(6, time(head.stamp_ns)).text(7, head.frame_id);
  out.message(9, pair("quality", std::to_string(fix.quality)));
  out.message(9, pair("satellites", std::to_string(fix.satellites)));
  out.message(9, pair("hdop", std::to_string(fix.hdop)));
  out.message(9, pair("vdop", std::to_string(fix.vdop)));
  out.message(9, pair("latency_ns", std::to_string(fix.arrival_ns - fix.stamp_ns)));
  out.number(12, std::hypot(v.x, v.y)).number(13, std::atan2(v.x, v.y));
  return out.take();
}

std::string navigation(const Head& head, const capture::NavigationCalibration& child,
                       const capture::NavigationSample& sample) {
  const glm::dquat rotation =
      math::from_yaw_pitch_roll(sample.yaw_rad, sample.pitch_rad, sample.roll_rad);
  const double p = square(sample.sigma_position_m), v = square(sample.sigma_velocity_mps);
  const double tilt = square(child.roll_pitch_rad), yaw = square(child.heading_rad);
  return Protobuf()
      .message(1, time(head.stamp_ns))
      .text(2, head.frame_id)
      .text(3, child.name)
      .message(4, pose({rotation, sample.position_m}))
      .message(5, vector(glm::conjugate(rotation) * sample.velocity_mps))
      .message(6, vector(sample.rate_rps))
      .numbers(7, diagonal({p, p, p, tilt, tilt, yaw}))
      .numbers(8, diagonal({v, v, v, 0, 0, 0}))
      .take();
}

std::string wheels(const Head& head, const capture::OdometryCalibration& wheels,
                   const capture::OdometrySample& sample) {
  const double per_tick = 2 * M_PI / wheels.ticks_per_turn;
  Protobuf out;
  out.message(1, header(head));
  for (const char* name : {"front_left", "front_right", "rear_left", "rear_right", "steering"}) {
    out.element(2, name);
  }
  const auto turned = [&](std::int64_t ticks) {
    return per_tick * static_cast<double>(ticks);
  };
  out.numbers(3, {turned(sample.ticks_fl), turned(sample.ticks_fr), turned(sample.ticks_rl),
                  turned(sample.ticks_rr), sample.steer_rad});
  return out.take();
}

std::string speed(const Head& head, const capture::OdometrySample& sample) {
  const Protobuf twist = std::move(
      Protobuf().message(1, vector({sample.speed_mps, 0, 0})).message(2, vector({0, 0, 0})));
  return Protobuf().message(1, header(head)).message(2, twist).take();
}

}  // namespace oddroad::exchange::foxglove
