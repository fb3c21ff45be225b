#include "sensors/ins/odometry.h"

#include <array>
#include <cmath>
#include <numbers>

#include "sensors/ins/imu.h"
#include "sensors/ins/models.h"
#include "sensors/ins/noise.h"

namespace oddroad::ins {

using math::Vec3d;

namespace {

using Four = std::array<double, 4>;

double steer_at(const world::Actor& ego, std::int64_t stamp_ns) {
  return world::state_at(ego, stamp_ns).steer_rad;
}

// Of each wheel's hub along its heading, m/s.
Four rolling(const world::Actor& ego, const SmoothPath& path, const WheelPlaces& wheels,
             std::int64_t stamp_ns) {
  const Kinematics motion = path.at(stamp_ns);
  const Vec3d v = glm::conjugate(motion.rotation) * motion.velocity_mps;
  const double steer = steer_at(ego, stamp_ns);
  Four out;
  for (int k = 0; k < 4; ++k) {
    const Vec3d hub = v + glm::cross(motion.rate_rps, wheels.hub_m[k]);
    const double heading = k < 2 ? steer : 0;
    out[k] = hub.x * std::cos(heading) + hub.y * std::sin(heading);
  }
  return out;
}

// Adds what the wheels roll between two instants, by Simpson's rule over pieces of at most 10 ms.
void roll(const world::Actor& ego, const SmoothPath& path, const WheelPlaces& wheels,
          std::int64_t from_ns, std::int64_t to_ns, Four& rolled_m) {
  while (from_ns < to_ns) {
    const std::int64_t step_end = (from_ns / world::kStepNs + 1) * world::kStepNs;
    const std::int64_t next = std::min(step_end, to_ns);
    const Four a = rolling(ego, path, wheels, from_ns);
    const Four m = rolling(ego, path, wheels, (from_ns + next) / 2);
    const Four b = rolling(ego, path, wheels, next);
    const double dt = 1e-9 * static_cast<double>(next - from_ns);
    for (int k = 0; k < 4; ++k) rolled_m[k] += dt / 6 * (a[k] + 4 * m[k] + b[k]);
    from_ns = next;
  }
}

// Errors of one clip.
struct Drawn {
  Four scale{0, 0, 0, 0};
  double steer_bias_rad = 0;
};

Drawn draw(const OdometrySettings& settings, const Dice& dice) {
  Drawn out;
  if (!settings.noise) return out;
  for (std::uint32_t k = 0; k < 4; ++k) {
    out.scale[k] = settings.model.scale * dice.normal(Draw::kScale, k);
  }
  out.steer_bias_rad = settings.model.steer_bias_rad * dice.normal(Draw::kTurnOn, 0);
  return out;
}

}  // namespace

core::Result<OdometrySettings> parse_odometry_settings(const core::YamlNode& settings,
                                                       const core::SearchRoots& roots) {
  core::Diagnostics diagnostics;
  core::MapReader reader(settings, "odometry", diagnostics);
  OdometrySettings out;
  OdometryModel& m = out.model;
  if (const auto found = find_model(reader, "odometry", roots)) {
    m.name = found->first;
    core::MapReader model(found->second, "odometry model '" + m.name + "'", diagnostics);
    m.rate_hz = model.required_quantity("rate", core::kRate).value_or(50);
    m.ticks_per_turn = static_cast<int>(model.required_integer("ticks_per_turn").value_or(96));
    m.scale = model.required_quantity("scale", core::kNumber).value_or(0);
    m.speed_step_mps = model.required_quantity("speed_step", core::kSpeed).value_or(0);
    m.steer_bias_rad = model.required_quantity("steer_bias", core::kAngle).value_or(0);
    m.steer_noise_rad = model.required_quantity("steer_noise", core::kAngle).value_or(0);
    m.steer_step_rad = model.required_quantity("steer_step", core::kAngle).value_or(0);
    model.finish();
    if (m.ticks_per_turn < 1 || m.ticks_per_turn > 100'000) {
      diagnostics.error(found->second.location(), "'ticks_per_turn' is 1 to 100000");
    }
  }
  read_rate(reader, 1, 1000, m.rate_hz);
  out.noise = reader.boolean("noise").value_or(true);
  reader.finish();
  if (diagnostics.has_errors()) return tl::unexpected(diagnostics);
  return out;
}

WheelPlaces wheel_places(const asset::Model& model) {
  std::vector<const asset::Part*> wheels;
  for (const asset::Part& part : model.parts) {
    if (part.role == asset::PartRole::kWheel) wheels.push_back(&part);
  }
  WheelPlaces out;
  if (wheels.empty()) {
    for (int k = 0; k < 4; ++k) out.hub_m[k] = {k < 2 ? model.wheelbase_m : 0, 0, 0};
    return out;
  }
  const auto outermost = [&](double along, double side) {
    const asset::Part* best = wheels.front();
    for (const asset::Part* p : wheels) {
      const Vec3d a = p->T_model_part.translation, b = best->T_model_part.translation;
      const double ahead = along * (a.x - b.x);
      if (ahead > 0.05 || (ahead > -0.05 && side * (a.y - b.y) > 0)) best = p;
    }
    return best;
  };
  for (int k = 0; k < 4; ++k) {
    out.hub_m[k] = outermost(k < 2 ? 1 : -1, k % 2 == 0 ? 1 : -1)->T_model_part.translation;
  }
  out.radius_m = wheels.front()->wheel_radius_m;
  return out;
}

capture::OdometrySeries simulate_odometry(const OdometrySettings& settings, const world::Actor& ego,
                                          const SmoothPath& path, std::int64_t from_ns,
                                          std::int64_t end_ns, std::uint64_t key) {
  const Dice dice(key);
  const OdometryModel& m = settings.model;
  const WheelPlaces wheels = wheel_places(*ego.model);
  const Drawn drawn = draw(settings, dice);
  const std::int64_t period = period_ns(m.rate_hz);
  const double around = 2 * std::numbers::pi * wheels.radius_m / m.ticks_per_turn;
  capture::OdometrySeries out;
  Four rolled{0, 0, 0, 0};
  for (std::int64_t k = 0; k * period <= end_ns; ++k) {
    const std::int64_t t = k * period;
    if (k > 0) roll(ego, path, wheels, t - period, t, rolled);
    if (t < from_ns) continue;
    capture::OdometrySample s;
    s.stamp_ns = t;
    std::int64_t* ticks[4] = {&s.ticks_fl, &s.ticks_fr, &s.ticks_rl, &s.ticks_rr};
    double* truth[4] = {&s.true_fl_m, &s.true_fr_m, &s.true_rl_m, &s.true_rr_m};
    for (int w = 0; w < 4; ++w) {
      *truth[w] = rolled[w];
      *ticks[w] =
          static_cast<std::int64_t>(std::floor(rolled[w] / (around * (1 + drawn.scale[w]))));
    }
    const Kinematics motion = path.at(t);
    s.true_speed_mps = (glm::conjugate(motion.rotation) * motion.velocity_mps).x;
    s.true_steer_rad = steer_at(ego, t);
    const double larger = 1 + (drawn.scale[2] + drawn.scale[3]) / 2;
    s.speed_mps = quantised(s.true_speed_mps / larger, m.speed_step_mps);
    const double noise = settings.noise ? m.steer_noise_rad * dice.normal(Draw::kWhite, 0, k) : 0;
    s.steer_rad = quantised(s.true_steer_rad + drawn.steer_bias_rad + noise, m.steer_step_rad);
    out.samples.push_back(s);
  }
  return out;
}

}  // namespace oddroad::ins
