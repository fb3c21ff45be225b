#include "sensors/ins/imu.h"

#include <algorithm>
#include <cmath>

#include "sensors/ins/models.h"
#include "sensors/ins/noise.h"

namespace oddroad::ins {

using math::Vec3d;

namespace {

// One triad with what was drawn for it. Axes of gyros are numbered from 0, accelerometers from 8.
class Triad {
 public:
  Triad(const TriadModel& model, const Dice& dice, std::uint32_t first_axis)
      : model_(model), dice_(dice), axis_(first_axis) {
    bias_ = model.turn_on * dice.normals(Draw::kTurnOn, axis_);
    const Vec3d scale = model.scale * dice.normals(Draw::kScale, axis_);
    const Vec3d upper = model.misaligned_rad * dice.normals(Draw::kMisaligned, axis_);
    const Vec3d lower = model.misaligned_rad * dice.normals(Draw::kMisaligned, axis_ + 3);
    for (int row = 0; row < 3; ++row) {
      const int next = (row + 1) % 3, last = (row + 2) % 3;
      error_[row][row] = 1 + scale[row];
      error_[next][row] = (1 + scale[row]) * upper[row];  // columns first
      error_[last][row] = (1 + scale[row]) * lower[row];
    }
  }

  void walk(double dt_s, std::int64_t sample) {
    bias_ += model_.walk * std::sqrt(dt_s) * dice_.normals(Draw::kWalk, axis_, sample);
  }
  [[nodiscard]] const Vec3d& bias() const { return bias_; }
  // Sets the bits of the axes at their limit.
  [[nodiscard]] Vec3d measure(const Vec3d& truth, double dt_s, std::int64_t sample,
                              std::int64_t first_bit, std::int64_t& saturated) const {
    Vec3d out = error_ * truth + bias_ +
                model_.density / std::sqrt(dt_s) * dice_.normals(Draw::kWhite, axis_, sample);
    for (int k = 0; k < 3; ++k) {
      if (model_.limit > 0 && std::abs(out[k]) >= model_.limit) {
        out[k] = std::copysign(model_.limit, out[k]);
        saturated |= std::int64_t{1} << (first_bit + k);
      }
      out[k] = quantised(out[k], model_.step);
    }
    return out;
  }

 private:
  const TriadModel& model_;
  const Dice& dice_;
  std::uint32_t axis_;
  Vec3d bias_{0};
  glm::dmat3 error_{1.0};
};

TriadModel read_triad(core::MapReader& reader, const char* key, core::Dimension unit,
                      core::Diagnostics& diagnostics) {
  TriadModel out;
  const core::YamlNode* node = reader.required(key);
  if (node == nullptr) return out;
  core::MapReader map(*node, key, diagnostics);
  out.density = map.required_number("noise").value_or(0);
  out.walk = map.number("bias_walk").value_or(0);
  out.turn_on = map.quantity("turn_on", unit).value_or(0);
  out.scale = map.quantity("scale", core::kNumber).value_or(0);
  out.misaligned_rad = map.quantity("misalignment", core::kAngle).value_or(0);
  out.limit = map.quantity("limit", unit).value_or(0);
  out.step = map.quantity("step", unit).value_or(0);
  map.finish();
  for (const double v :
       {out.density, out.walk, out.turn_on, out.scale, out.misaligned_rad, out.limit, out.step}) {
    if (v < 0) diagnostics.error(node->location(), std::string(key) + ": no number is below 0");
  }
  return out;
}

}  // namespace

std::int64_t period_ns(double rate_hz) {
  return std::llround(1e9 / rate_hz);
}

core::Result<ImuSettings> parse_imu_settings(const core::YamlNode& settings,
                                             const core::SearchRoots& roots) {
  core::Diagnostics diagnostics;
  core::MapReader reader(settings, "IMU", diagnostics);
  ImuSettings out;
  const auto found = find_model(reader, "imu", roots);
  if (found) {
    out.model.name = found->first;
    core::MapReader model(found->second, "IMU model '" + found->first + "'", diagnostics);
    out.model.rate_hz = model.required_quantity("rate", core::kRate).value_or(100);
    out.model.gyro = read_triad(model, "gyro", core::kAngularSpeed, diagnostics);
    out.model.accelerometer = read_triad(model, "accelerometer", core::kAcceleration, diagnostics);
    model.finish();
  }
  read_rate(reader, 1, 1000, out.model.rate_hz);
  out.noise = reader.boolean("noise").value_or(true);
  reader.finish();
  if (diagnostics.has_errors()) return tl::unexpected(diagnostics);
  return out;
}

capture::ImuSeries simulate_imu(const ImuSettings& settings, const SmoothPath& path,
                                const math::Pose& T_ego_imu, double gravity_mps2,
                                std::int64_t from_ns, std::int64_t end_ns, std::uint64_t key) {
  const Dice dice(key);
  Triad gyro(settings.model.gyro, dice, 0), accelerometer(settings.model.accelerometer, dice, 8);
  const std::int64_t period = period_ns(settings.model.rate_hz);
  const double dt = 1e-9 * static_cast<double>(period);
  const std::int64_t first = (std::max<std::int64_t>(from_ns, 0) + period - 1) / period;
  capture::ImuSeries out;
  // Biases walk from the clip's start, so that `from` changes no sample.
  for (std::int64_t k = 0; k * period <= end_ns; ++k) {
    if (k > 0) gyro.walk(dt, k), accelerometer.walk(dt, k);
    if (k < first) continue;
    const Kinematics motion = mounted(path.at(k * period), T_ego_imu);
    capture::ImuSample s;
    s.stamp_ns = k * period;
    s.true_rate_rps = motion.rate_rps;
    s.true_force_mps2 =
        glm::conjugate(motion.rotation) * (motion.acceleration_mps2 + Vec3d(0, 0, gravity_mps2));
    s.force_mps2 = s.true_force_mps2, s.rate_rps = s.true_rate_rps;
    if (settings.noise) {
      s.rate_bias_rps = gyro.bias();
      s.force_bias_mps2 = accelerometer.bias();
      s.force_mps2 = accelerometer.measure(s.true_force_mps2, dt, k, 0, s.saturated);
      s.rate_rps = gyro.measure(s.true_rate_rps, dt, k, 3, s.saturated);
    }
    out.samples.push_back(s);
  }
  return out;
}

}  // namespace oddroad::ins
