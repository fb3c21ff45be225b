#include "engine/verify/check_motion.h"

#include <cmath>
#include <numbers>

#include "engine/capture/tolerances.h"
#include "engine/verify/series.h"
#include "engine/verify/smooth_motion.h"
#include "engine/verify/text.h"

namespace oddroad::verify {

using capture::kNoiseSigmas;
using math::Vec3d;

namespace {

// Differences over 0.1 ms of a curve whose third derivative jumps at every 10 ms.
constexpr double kForce = 0.02, kRate = 2e-4, kSpeed = 1e-3, kPlace = 1e-5, kAngle = 1e-6;
constexpr double kRolled = 2e-3;  // m, chords of 1 ms over a clip

double gravity(double latitude) {  // International Gravity Formula 1980
  const double s = std::sin(latitude), s2 = std::sin(2 * latitude);
  return 9.780327 * (1 + 0.0053024 * s * s - 0.0000058 * s2 * s2);
}

class MotionChecker {
 public:
  MotionChecker(const ClipContext& context, Report& report)
      : context_(context), report_(report), motion_(context.ego()) {}

  void imu(const capture::ImuCalibration& c) {
    const Series s(context_, c.name + ".imu.npy", c.period_ns,
                   joined({xyz("force"),
                           xyz("rate"),
                           xyz("true_force"),
                           xyz("true_rate"),
                           xyz("force_bias"),
                           xyz("rate_bias"),
                           {"saturated"}}),
                   report_);
    const double dt = 1e-9 * static_cast<double>(c.period_ns);
    const Vec3d up(0, 0, gravity(context_.rebuilt.timeline.environment.latitude_rad));
    for (std::size_t i = 0; i < s.size(); ++i) {
      const double t = s.time_s(i);
      const glm::dquat to_imu = glm::conjugate(motion_.pose(t, c.T_ego_imu).rotation);
      near("imu", s, i, "true_force", to_imu * (motion_.acceleration(t, c.T_ego_imu) + up), kForce);
      near("imu", s, i, "true_rate", motion_.rate(t, c.T_ego_imu), kRate);
      const auto bits = static_cast<std::int64_t>(s.number("saturated", i));
      triad(s, i, "force", c.accelerometer, dt, bits);
      triad(s, i, "rate", c.gyro, dt, bits >> 3);
    }
  }

  void navigation(const capture::NavigationCalibration& c) {
    const Series s(context_, c.name + ".ins.npy", c.period_ns,
                   joined({{"quality", "satellites"},
                           xyz("position"),
                           xyz("velocity"),
                           {"roll", "pitch", "yaw"},
                           xyz("acceleration"),
                           xyz("rate"),
                           {"latitude", "longitude", "height", "sigma_position", "sigma_velocity"},
                           xyz("true_position"),
                           xyz("true_velocity"),
                           {"true_roll", "true_pitch", "true_yaw"}}),
                   report_);
    const auto& e = context_.rebuilt.timeline.environment;
    for (std::size_t i = 0; i < s.size(); ++i) {
      const double t = s.time_s(i);
      const math::Pose truth = motion_.pose(t, c.T_ego_ins);
      near("ins", s, i, "true_position", truth.translation, kPlace);
      near("ins", s, i, "true_velocity", motion_.velocity(t, c.T_ego_ins), kSpeed);
      near("ins", s, i, "acceleration",
           glm::conjugate(truth.rotation) * motion_.acceleration(t, c.T_ego_ins), kForce);
      near("ins", s, i, "rate", motion_.rate(t, c.T_ego_ins), kRate);
      turned(s, i, "true_roll", "true_pitch", "true_yaw", truth.rotation, kAngle);
      const double sigmas = c.noise ? kNoiseSigmas : 0;
      near("ins", s, i, "position", truth.translation,
           kPlace + sigmas * std::sqrt(3.0) * s.number("sigma_position", i));
      near("ins", s, i, "velocity", s.vector("true_velocity", i),
           kSpeed + sigmas * std::sqrt(3.0) * s.number("sigma_velocity", i));
      turned(s, i, "roll", "pitch", "yaw", truth.rotation,
             kAngle + sigmas * std::hypot(2 * c.roll_pitch_rad, c.heading_rad));
      const Vec3d place = local_of(s.number("latitude", i), s.number("longitude", i),
                                   s.number("height", i), e.latitude_rad, e.longitude_rad);
      near("ins", s, i, "position", place, kPlace);
    }
  }

  void odometry(const capture::OdometryCalibration& c) {
    const Series s(context_, c.name + ".odometry.npy", c.period_ns,
                   {"ticks_fl", "ticks_fr", "ticks_rl", "ticks_rr", "speed", "steer", "true_fl",
                    "true_fr", "true_rl", "true_rr", "true_speed", "true_steer"},
                   report_);
    double rolled[4] = {0, 0, 0, 0};
    std::int64_t at = 0;
    const char* names[4] = {"fl", "fr", "rl", "rr"};
    for (std::size_t i = 0; i < s.size(); ++i) {
      for (; at < s.stamp_ns(i); at = std::min(at + world::kMillisecondNs, s.stamp_ns(i))) {
        roll(c, at, std::min(at + world::kMillisecondNs, s.stamp_ns(i)), rolled);
      }
      for (int w = 0; w < 4; ++w) {
        const std::string truth = std::string("true_") + names[w];
        number(s, i, truth, rolled[w], kRolled + 1e-4 * std::abs(rolled[w]));
        const double around =
            2 * std::numbers::pi * c.wheel_radius_m / static_cast<double>(c.ticks_per_turn);
        number(s, i, std::string("ticks_") + names[w], rolled[w] / around,
               1 + (kRolled + (kNoiseSigmas * c.scale + 1e-4) * std::abs(rolled[w])) / around);
      }
      const double t = s.time_s(i);
      const Vec3d v = glm::conjugate(motion_.pose(t).rotation) * motion_.velocity(t, {});
      number(s, i, "true_speed", v.x, kSpeed);
      number(s, i, "speed", v.x,
             kSpeed + c.speed_step_mps + kNoiseSigmas * c.scale * std::abs(v.x));
      const double steer = steer_at(s.stamp_ns(i));
      number(s, i, "true_steer", steer, kAngle);
      number(s, i, "steer", steer,
             kAngle + c.steer_step_rad +
                 kNoiseSigmas * std::hypot(c.steer_bias_rad, c.steer_noise_rad));
    }
  }

 private:
  [[nodiscard]] double steer_at(std::int64_t stamp_ns) const {
    const world::Actor& ego = context_.ego();
    const std::int64_t k = stamp_ns / world::kStepNs;
    const double u = static_cast<double>(stamp_ns % world::kStepNs) / double(world::kStepNs);
    return ego.state(k).steer_rad * (1 - u) + ego.state(k + 1).steer_rad * u;
  }

  // What each hub's chord is along the wheel's heading in its middle.
  void roll(const capture::OdometryCalibration& c, std::int64_t from, std::int64_t to,
            double (&rolled)[4]) const {
    const double a = 1e-9 * double(from), b = 1e-9 * double(to);
    const math::Pose before = motion_.pose(a), after = motion_.pose(b),
                     mid = motion_.pose((a + b) / 2);
    const double steer = steer_at((from + to) / 2);
    for (std::size_t w = 0; w < 4; ++w) {
      const Vec3d chord = after * c.hub_ego_m[w] - before * c.hub_ego_m[w];
      const double heading = w < 2 ? steer : 0;
      rolled[w] += glm::dot(chord, mid.rotation * Vec3d(std::cos(heading), std::sin(heading), 0));
    }
  }

  void near(const char* check, const Series& s, std::size_t i, const std::string& field,
            const Vec3d& expected, double tolerance) {
    const Vec3d found = s.vector(field, i);
    report_[check].compare(glm::length(found - expected), tolerance, [&] {
      return Disagreement{s.file(), field + " of sample " + std::to_string(i), to_text(found),
                          to_text(expected)};
    });
  }
  void number(const Series& s, std::size_t i, const std::string& field, double expected,
              double tolerance) {
    report_["odometry"].compare(std::abs(s.number(field, i) - expected), tolerance, [&] {
      return Disagreement{s.file(), field + " of sample " + std::to_string(i),
                          to_text(s.number(field, i)), to_text(expected)};
    });
  }
  // Angles as the rotation that they make.
  void turned(const Series& s, std::size_t i, const char* roll, const char* pitch, const char* yaw,
              const glm::dquat& expected, double tolerance) {
    const glm::dquat q = glm::angleAxis(s.number(yaw, i), Vec3d(0, 0, 1)) *
                         glm::angleAxis(s.number(pitch, i), Vec3d(0, 1, 0)) *
                         glm::angleAxis(s.number(roll, i), Vec3d(1, 0, 0));
    double off = 0;
    for (int k = 0; k < 3; ++k) {
      Vec3d axis(0);
      axis[k] = 1;
      off = std::max(off, glm::length(q * axis - expected * axis));
    }
    report_["ins"].compare(off, tolerance, [&] {
      return Disagreement{s.file(), std::string(yaw) + " of sample " + std::to_string(i),
                          to_text(s.number(yaw, i)), "an attitude within " + to_text(tolerance)};
    });
  }
  // Measured: truth and bias within what noise, scale and misalignment may do.
  void triad(const Series& s, std::size_t i, const std::string& what,
             const capture::TriadCalibration& c, double dt, std::int64_t saturated) {
    const Vec3d found = s.vector(what, i), truth = s.vector("true_" + what, i);
    const Vec3d bias = s.vector(what + "_bias", i);
    const double t = s.time_s(i);
    for (int k = 0; k < 3; ++k) {
      const double most = std::hypot(c.turn_on, c.bias_walk * std::sqrt(t));
      report_["imu"].compare(std::abs(bias[k]), kNoiseSigmas * most, [&] {
        return Disagreement{s.file(), what + " bias of sample " + std::to_string(i), to_text(bias),
                            "at most " + to_text(kNoiseSigmas * most)};
      });
      const double sigma = std::hypot(c.noise / std::sqrt(dt), c.scale * truth[k],
                                      1.5 * c.misaligned_rad * glm::length(truth));
      const bool at_limit = saturated >> k & 1;
      const double off = at_limit ? std::abs(std::abs(found[k]) - c.limit)
                                  : std::abs(found[k] - truth[k] - bias[k]);
      const double tolerance = at_limit ? c.step : kNoiseSigmas * sigma + c.step + 1e-9;
      report_["imu"].compare(off, tolerance, [&] {
        return Disagreement{s.file(), what + " of sample " + std::to_string(i), to_text(found),
                            to_text(truth + bias) + " within " + to_text(tolerance)};
      });
    }
  }

  const ClipContext& context_;
  Report& report_;
  SmoothMotion motion_;
};

}  // namespace

void check_motion(const ClipContext& context, Report& report) {
  if (context.ego().states.size() < 3) return;
  MotionChecker checker(context, report);
  const capture::MotionCalibration& m = context.calibration.motion;
  if (context.clip.has("imu")) {
    for (const auto& c : m.imus) checker.imu(c);
  }
  if (context.clip.has("ins")) {
    for (const auto& c : m.navigations) checker.navigation(c);
  }
  if (context.clip.has("odometry")) {
    for (const auto& c : m.odometries) checker.odometry(c);
  }
}

}  // namespace oddroad::verify
