#include "sensors/ins/navigation.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sensors/ins/imu.h"
#include "sensors/ins/models.h"
#include "sensors/ins/noise.h"

namespace oddroad::ins {

using capture::FixQuality;
using math::Vec3d;

namespace {

constexpr double kSettleS = 1;  // how quickly a new quality takes hold

double sigma_of(const NavigationModel& m, FixQuality quality) {
  switch (quality) {
    case FixQuality::kRtkFixed:
      return m.fixed_m;
    case FixQuality::kRtkFloat:
      return m.float_m;
    case FixQuality::kDifferential:
      return m.differential_m;
    default:
      return m.standard_m;
  }
}

// The last fix that has arrived.
class Listener {
 public:
  explicit Listener(const capture::GnssSeries* gnss) : gnss_(gnss) {}
  [[nodiscard]] std::pair<FixQuality, std::int64_t> at(std::int64_t stamp_ns) {
    if (gnss_ == nullptr || gnss_->samples.empty()) return {FixQuality::kRtkFixed, 0};
    const auto& fixes = gnss_->samples;
    while (next_ + 1 < fixes.size() && fixes[next_ + 1].arrival_ns <= stamp_ns) ++next_;
    return {static_cast<FixQuality>(fixes[next_].quality), fixes[next_].satellites};
  }

 private:
  const capture::GnssSeries* gnss_;
  std::size_t next_ = 0;
};

// Errors as they run on. Axes of the dice: 0 position, 3 velocity, 6 attitude, 9 drift.
class Errors {
 public:
  Errors(const NavigationModel& model, const Dice& dice) : m_(model), dice_(dice) {
    for (std::uint32_t k = 0; k < 9; ++k) slow_[k].value = dice.normal(Draw::kSlow, k, -1);
  }
  void step(FixQuality quality, double dt_s, std::int64_t sample, bool first) {
    const bool aided = quality != FixQuality::kNone;
    for (std::uint32_t k = 0; !first && k < 9; ++k) {
      slow_[k].step(dt_s, m_.tau_s, 1, dice_.normal(Draw::kSlow, k, sample));
    }
    const double settle = first ? 1 : 1 - std::exp(-dt_s / kSettleS);
    if (aided || first) sigma_m += settle * (sigma_of(m_, quality) - sigma_m);
    if (aided) {
      const double fade = std::exp(-dt_s / kSettleS);
      drift_m *= fade, drift_mps *= fade, drift_age_s *= fade;
    } else if (!first) {
      drift_mps += m_.drift_mps * std::sqrt(dt_s) * dice_.normals(Draw::kWalk, 9, sample);
      drift_m += drift_mps * dt_s;
      drift_age_s += dt_s;
    }
  }
  [[nodiscard]] Vec3d slow(std::size_t first) const {
    return {slow_[first].value, slow_[first + 1].value, slow_[first + 2].value};
  }

  double sigma_m = 0;
  Vec3d drift_m{0}, drift_mps{0};
  double drift_age_s = 0;  // since the last fix

 private:
  const NavigationModel& m_;
  const Dice& dice_;
  GaussMarkov slow_[9];
};

void read_model(core::MapReader& model, NavigationModel& m, core::Diagnostics& diagnostics) {
  m.rate_hz = model.required_quantity("rate", core::kRate).value_or(100);
  m.tau_s = model.required_quantity("tau", core::kTime).value_or(60);
  if (const core::YamlNode* node = model.required("position")) {
    core::MapReader position(*node, "position", diagnostics);
    m.standard_m = position.required_quantity("standard", core::kLength).value_or(0);
    m.differential_m = position.required_quantity("differential", core::kLength).value_or(0);
    m.float_m = position.required_quantity("rtk_float", core::kLength).value_or(0);
    m.fixed_m = position.required_quantity("rtk_fixed", core::kLength).value_or(0);
    position.finish();
  }
  m.velocity_mps = model.required_quantity("velocity", core::kSpeed).value_or(0);
  m.level_rad = model.required_quantity("roll_pitch", core::kAngle).value_or(0);
  m.heading_rad = model.required_quantity("heading", core::kAngle).value_or(0);
  m.drift_mps = model.required_quantity("drift", core::kSpeed).value_or(0);
  model.finish();
}

}  // namespace

Angles angles_of(const glm::dquat& rotation) {
  const glm::dmat3 R = glm::mat3_cast(rotation);
  return {std::atan2(R[1][2], R[2][2]), std::asin(std::clamp(-R[0][2], -1.0, 1.0)),
          std::atan2(R[0][1], R[0][0])};
}

core::Result<NavigationSettings> parse_navigation_settings(const core::YamlNode& settings,
                                                           const core::SearchRoots& roots) {
  core::Diagnostics diagnostics;
  core::MapReader reader(settings, "INS", diagnostics);
  NavigationSettings out;
  if (const auto found = find_model(reader, "ins", roots)) {
    out.model.name = found->first;
    core::MapReader model(found->second, "INS model '" + found->first + "'", diagnostics);
    read_model(model, out.model, diagnostics);
  }
  read_rate(reader, 1, 1000, out.model.rate_hz);
  out.gnss = reader.text("gnss").value_or("");
  out.noise = reader.boolean("noise").value_or(true);
  reader.finish();
  if (diagnostics.has_errors()) return tl::unexpected(diagnostics);
  return out;
}

capture::NavigationSeries simulate_navigation(const NavigationSettings& settings,
                                              const SmoothPath& path, const math::Pose& T_ego_mount,
                                              const LocalEarth& earth,
                                              const capture::GnssSeries* gnss, std::int64_t from_ns,
                                              std::int64_t end_ns, std::uint64_t key) {
  const Dice dice(key);
  const NavigationModel& m = settings.model;
  Errors errors(m, dice);
  Listener listener(gnss);
  const std::int64_t period = period_ns(m.rate_hz);
  const double dt = 1e-9 * static_cast<double>(period);
  capture::NavigationSeries out;
  for (std::int64_t k = 0; k * period <= end_ns; ++k) {
    const auto [quality, satellites] = listener.at(k * period);
    errors.step(quality, dt, k, k == 0);
    if (k * period < from_ns) continue;
    const Kinematics motion = mounted(path.at(k * period), T_ego_mount);
    const Angles angles = angles_of(motion.rotation);
    capture::NavigationSample s;
    s.stamp_ns = k * period;
    s.quality = static_cast<std::int64_t>(quality);
    s.satellites = satellites;
    s.position_m = s.true_position_m = motion.position_m;
    s.velocity_mps = s.true_velocity_mps = motion.velocity_mps;
    s.roll_rad = s.true_roll_rad = angles.roll_rad;
    s.pitch_rad = s.true_pitch_rad = angles.pitch_rad;
    s.yaw_rad = s.true_yaw_rad = angles.yaw_rad;
    s.acceleration_mps2 = glm::conjugate(motion.rotation) * motion.acceleration_mps2;
    s.rate_rps = motion.rate_rps;
    const double t = errors.drift_age_s;
    s.sigma_position_m = std::hypot(errors.sigma_m, m.drift_mps * t * std::sqrt(t / 3));
    s.sigma_velocity_mps = std::hypot(m.velocity_mps, m.drift_mps * std::sqrt(t));
    if (settings.noise) {
      s.position_m += errors.sigma_m * errors.slow(0) + errors.drift_m;
      s.velocity_mps += m.velocity_mps * errors.slow(3) + errors.drift_mps;
      const Vec3d turn = errors.slow(6);
      s.roll_rad += m.level_rad * turn.x;
      s.pitch_rad += m.level_rad * turn.y;
      s.yaw_rad = math::wrap_angle(s.yaw_rad + m.heading_rad * turn.z);
    }
    constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
    const auto place = earth.geodetic(s.position_m);
    s.latitude_rad = place ? place->latitude_rad : kNaN;
    s.longitude_rad = place ? place->longitude_rad : kNaN;
    s.height_m = place ? place->height_m : kNaN;
    out.samples.push_back(s);
  }
  return out;
}

}  // namespace oddroad::ins
