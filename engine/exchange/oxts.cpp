#include "engine/exchange/oxts.h"

#include <cmath>
#include <cstdio>

namespace oddroad::exchange {
namespace {

constexpr double kEarthM = 6378137;
constexpr double kGravity = 9.81;
constexpr double kDegree = M_PI / 180;
constexpr std::int64_t kHalfStepNs = world::kStepNs / 2;

struct LatLon {
  double latitude_deg = 0, longitude_deg = 0;
};

LatLon on_earth(const world::Environment& scene, const math::Vec3d& world_m) {
  const double scale = std::cos(scene.latitude_rad);
  const double y0 = std::log(std::tan(M_PI / 4 + scene.latitude_rad / 2));
  const double y = y0 + world_m.y / (scale * kEarthM);
  const double longitude = scene.longitude_rad + world_m.x / (scale * kEarthM);
  return {(2 * std::atan(std::exp(y)) - M_PI / 2) / kDegree, longitude / kDegree};
}

// Rotation vector over the time from a to b, in the axes of a.
math::Vec3d turn(const glm::dmat3& a, const glm::dmat3& b) {
  const glm::dmat3 d = glm::transpose(a) * b;
  return 0.5 * math::Vec3d(d[1][2] - d[2][1], d[2][0] - d[0][2], d[0][1] - d[1][0]);
}

}  // namespace

std::string oxts_line(const world::Timeline& timeline, std::int64_t stamp_ns) {
  const auto& ego = timeline.actors[timeline.ego];
  const auto now = world::state_at(ego, stamp_ns);
  const std::int64_t from_ns = std::max(stamp_ns - kHalfStepNs, ego.begin_ns());
  const std::int64_t to_ns = std::min(stamp_ns + kHalfStepNs, ego.end_ns());
  const auto before = world::state_at(ego, from_ns);
  const auto after = world::state_at(ego, to_ns);
  const double dt_s = 1e-9 * static_cast<double>(std::max<std::int64_t>(to_ns - from_ns, 1));
  const glm::dmat3 R = glm::mat3_cast(now.T_world_actor.rotation);  // R[column][row]
  const double yaw = std::atan2(R[0][1], R[0][0]);
  const double pitch = std::asin(std::clamp(-R[0][2], -1.0, 1.0));
  const double roll = std::atan2(R[1][2], R[2][2]);
  // Level axes: forward, left, up of the heading alone.
  const glm::dmat3 level = glm::mat3_cast(math::from_yaw_pitch_roll(yaw));
  const auto in = [](const glm::dmat3& axes, const math::Vec3d& v) {
    return glm::transpose(axes) * v;
  };
  const math::Vec3d force =
      (after.velocity_mps - before.velocity_mps) / dt_s + math::Vec3d(0, 0, kGravity);
  const math::Vec3d rate = turn(glm::mat3_cast(before.T_world_actor.rotation),
                                glm::mat3_cast(after.T_world_actor.rotation)) /
                           dt_s;
  const math::Vec3d v = in(level, now.velocity_mps), a = in(R, force), af = in(level, force);
  const math::Vec3d w = in(level, R * rate);
  const LatLon place = on_earth(timeline.environment, now.T_world_actor.translation);
  const double numbers[] = {place.latitude_deg,
                            place.longitude_deg,
                            now.T_world_actor.translation.z,
                            roll,
                            pitch,
                            yaw,
                            now.velocity_mps.y,
                            now.velocity_mps.x,
                            v.x,
                            v.y,
                            v.z,
                            a.x,
                            a.y,
                            a.z,
                            af.x,
                            af.y,
                            af.z,
                            rate.x,
                            rate.y,
                            rate.z,
                            w.x,
                            w.y,
                            w.z,
                            0,
                            0};  // accuracies of position and velocity: this is the truth
  std::string line;
  for (const double number : numbers) {
    char text[40];
    std::snprintf(text, sizeof text, "%.14g ", number + 0.0);
    line += text;
  }
  return line + "4 10 4 4 0\n";  // navstat, numsats, posmode, velmode, orimode
}

}  // namespace oddroad::exchange
