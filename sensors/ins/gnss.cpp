#include "sensors/ins/gnss.h"

#include <bit>
#include <cmath>
#include <limits>

namespace oddroad::ins {

using capture::FixQuality;
using math::Vec3d;

namespace {

constexpr double kReflectedWeight = 0.1;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

}  // namespace

GnssReceiver::GnssReceiver(GnssSettings settings, const SmoothPath& path,
                           const math::Pose& T_ego_antenna,
                           std::vector<capture::Satellite> satellites, const LocalEarth& earth,
                           core::ClassId foliage, std::uint64_t key)
    : settings_(std::move(settings)),
      path_(path),
      T_ego_antenna_(T_ego_antenna),
      satellites_(std::move(satellites)),
      earth_(earth),
      foliage_(foliage),
      dice_(key) {
  for (std::uint32_t k = 0; k < 3; ++k) slow_[k].value = dice_.normal(Draw::kSlow, k, -1);
}

GnssReceiver::Reached GnssReceiver::reach(const SkyView& view, std::int64_t stamp_ns) {
  std::vector<Used> direct, all;
  for (std::size_t k = 0; k < satellites_.size(); ++k) {
    const Vec3d& s = satellites_[k].direction;
    if (view.in_sight >> k & 1) {
      direct.push_back({s, 0, 1});
      all.push_back({s, 0, 1});
    } else if (view.reflected >> k & 1) {
      all.push_back({s, view.excess_m[k], kReflectedWeight});
    }
  }
  const GnssModel& m = settings_.model;
  const auto clear = solve(direct);
  if (m.mode == GnssModel::Mode::kRtk) {
    const bool phases = clear && direct.size() >= 6 && clear->hdop < 3;
    if (!phases) interrupted_ns_ = stamp_ns;
    const double since = 1e-9 * static_cast<double>(stamp_ns - interrupted_ns_);
    if (phases && (interrupted_ns_ < 0 || since >= m.refix_s)) {
      return {FixQuality::kRtkFixed, &m.rtk_fixed, clear};
    }
    if (clear && direct.size() >= 5) return {FixQuality::kRtkFloat, &m.rtk_float, clear};
  }
  const auto any = solve(all);
  if (!any) return {};
  if (m.mode == GnssModel::Mode::kStandard) return {FixQuality::kStandard, &m.standard, any};
  return {FixQuality::kDifferential, &m.differential, any};
}

void GnssReceiver::step_errors(std::int64_t stamp_ns, double tau_s) {
  const double dt = 1e-9 * static_cast<double>(stamp_ns - last_ns_);
  for (std::uint32_t k = 0; epoch_ > 0 && k < 3; ++k) {
    slow_[k].step(dt, tau_s, 1, dice_.normal(Draw::kSlow, k, epoch_));
  }
  last_ns_ = stamp_ns;
}

capture::GnssFix GnssReceiver::fix(const world::SceneWindow& window, const scene::RayCaster& caster,
                                   std::int64_t stamp_ns) {
  const Kinematics motion = mounted(path_.at(stamp_ns), T_ego_antenna_);
  SkyView view;
  if (settings_.sky) {
    view = sky_view(satellites_, window, caster, motion.position_m, stamp_ns, foliage_);
  } else {
    view.in_sight = (std::int64_t{1} << satellites_.size()) - 1;
    view.excess_m.assign(satellites_.size(), 0);
  }
  const Reached reached = reach(view, stamp_ns);
  step_errors(stamp_ns, reached.errors ? reached.errors->tau_s : settings_.model.standard.tau_s);
  capture::GnssFix out;
  out.stamp_ns = stamp_ns;
  out.arrival_ns = stamp_ns + std::llround(1e9 * settings_.model.latency_s);
  out.quality = static_cast<std::int64_t>(reached.quality);
  out.in_sight = view.in_sight;
  out.reflected = view.reflected;
  out.true_position_m = motion.position_m;
  out.true_velocity_mps = motion.velocity_mps;
  if (!reached.solution) {
    out.position_m = out.velocity_mps = Vec3d(kNaN);
    out.latitude_rad = out.longitude_rad = out.height_m = kNaN;
    out.hdop = out.vdop = out.sigma_h_m = out.sigma_v_m = kNaN;
    ++epoch_;
    return out;
  }
  const Solution& s = *reached.solution;
  const FixErrors& e = *reached.errors;
  const bool phases =
      reached.quality == FixQuality::kRtkFixed || reached.quality == FixQuality::kRtkFloat;
  out.satellites = std::popcount(static_cast<std::uint64_t>(view.in_sight)) +
                   (phases ? 0 : std::popcount(static_cast<std::uint64_t>(view.reflected)));
  out.hdop = s.hdop;
  out.vdop = s.vdop;
  out.sigma_h_m = std::hypot(e.slow_h_m, e.white_m) * s.hdop;
  out.sigma_v_m = std::hypot(e.slow_v_m, e.white_m) * s.vdop;
  out.position_m = motion.position_m + s.error_m;
  out.velocity_mps = motion.velocity_mps;
  if (settings_.noise) {
    const Vec3d white = dice_.normals(Draw::kWhite, 0, epoch_);
    const Vec3d speed = dice_.normals(Draw::kVelocity, 0, epoch_);
    for (int k = 0; k < 3; ++k) {
      const double dop = k < 2 ? s.hdop / std::sqrt(2.0) : s.vdop;
      const double slow = (k < 2 ? e.slow_h_m : e.slow_v_m) * slow_[k].value;
      out.position_m[k] += dop * (slow + e.white_m * white[k]);
      out.velocity_mps[k] += dop * settings_.model.velocity_mps * speed[k];
    }
  }
  const auto place = earth_.geodetic(out.position_m);
  out.latitude_rad = place ? place->latitude_rad : kNaN;
  out.longitude_rad = place ? place->longitude_rad : kNaN;
  out.height_m = place ? place->height_m : kNaN;
  ++epoch_;
  return out;
}

}  // namespace oddroad::ins
