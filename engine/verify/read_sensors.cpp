#include "engine/verify/read_sensors.h"

namespace oddroad::verify {
namespace {

std::int64_t period(const Json& json) {
  const auto ns = whole<std::int64_t>(json.at("period_ns"));
  if (ns < 100'000 || ns > 10'000'000'000) throw std::invalid_argument("no sensible period");
  return ns;
}

capture::TriadCalibration triad(const Json& json) {
  capture::TriadCalibration t;
  t.noise = number(json.at("noise_density"));
  t.bias_walk = number(json.at("bias_walk"));
  t.turn_on = number(json.at("turn_on"));
  t.scale = number(json.at("scale"));
  t.misaligned_rad = number(json.at("misaligned_rad"));
  t.limit = number(json.at("limit"));
  t.step = number(json.at("step"));
  return t;
}

capture::OdometryCalibration wheels(const Json& json) {
  capture::OdometryCalibration o;
  o.name = text(json.at("name"));
  o.model = text(json.at("model"));
  o.period_ns = period(json);
  o.ticks_per_turn = whole<int>(json.at("ticks_per_turn"));
  o.wheel_radius_m = number(json.at("wheel_radius_m"));
  for (std::size_t k = 0; k < 4; ++k) o.hub_ego_m[k] = vector(json.at("hub_ego_m").at(k));
  o.scale = number(json.at("scale"));
  o.speed_step_mps = number(json.at("speed_step_mps"));
  o.steer_bias_rad = number(json.at("steer_bias_rad"));
  o.steer_noise_rad = number(json.at("steer_noise_rad"));
  o.steer_step_rad = number(json.at("steer_step_rad"));
  if (o.ticks_per_turn < 1 || !(o.wheel_radius_m > 0)) throw std::invalid_argument("no wheel");
  return o;
}

capture::RadarScan scan(const Json& json) {
  capture::RadarScan s;
  s.name = text(json.at("name"));
  s.offset_ns = whole<std::int64_t>(json.at("offset_ns"));
  s.azimuth_max_rad = number(json.at("azimuth_max_rad"));
  s.elevation_max_rad = number(json.at("elevation_max_rad"));
  s.range_min_m = number(json.at("range_min_m"));
  s.range_max_m = number(json.at("range_max_m"));
  s.elevation_3db_rad = number(json.at("elevation_3db_rad"));
  s.range_resolution_m = number(json.at("range_resolution_m"));
  s.azimuth_resolution_rad = number(json.at("azimuth_resolution_rad"));
  s.elevation_resolution_rad = number(json.at("elevation_resolution_rad"));
  s.velocity_resolution_mps = number(json.at("velocity_resolution_mps"));
  s.velocity_min_mps = number(json.at("velocity_min_mps"));
  s.velocity_max_mps = number(json.at("velocity_max_mps"));
  s.range_floor_m = number(json.at("range_floor_m"));
  s.azimuth_floor_rad = number(json.at("azimuth_floor_rad"));
  s.azimuth_floor_45_rad = number(json.at("azimuth_floor_45_rad"));
  s.elevation_floor_rad = number(json.at("elevation_floor_rad"));
  s.velocity_floor_mps = number(json.at("velocity_floor_mps"));
  s.reference_rcs_dbsm = number(json.at("reference_rcs_dbsm"));
  s.reference_snr_db = number(json.at("reference_snr_db"));
  s.reference_range_m = number(json.at("reference_range_m"));
  for (const Json& p : json.at("pattern_rad_db"))
    s.pattern.push_back({number(p.at(0)), number(p.at(1))});
  if (s.pattern.empty() || !(s.velocity_max_mps > s.velocity_min_mps)) {
    throw std::invalid_argument("no sensible scan");
  }
  return s;
}

capture::RadarCalibration radar(const Json& json) {
  capture::RadarCalibration r;
  r.name = text(json.at("name"));
  r.model = text(json.at("model"));
  r.T_ego_radar = pose(json.at("T_ego_radar"));
  r.period_ns = period(json);
  r.frequency_hz = number(json.at("frequency_hz"));
  r.false_alarm = number(json.at("false_alarm"));
  r.noise = json.at("noise").get<bool>();
  r.fluctuation = json.at("fluctuation").get<bool>();
  r.clutter = json.at("clutter").get<bool>();
  r.multipath = json.at("multipath").get<bool>();
  r.weather = json.at("weather").get<bool>();
  for (const Json& s : json.at("scans")) r.scans.push_back(scan(s));
  return r;
}

}  // namespace

void read_other_sensors(const Json& json, CalibrationRecord& out) {
  for (const Json& r : json.at("radars")) {
    out.radars.push_back(radar(r));
    const auto& one = out.radars.back();
    out.mounts.push_back({"radar", one.name, one.model, one.T_ego_radar});
  }
  for (const Json& i : json.at("imus")) {
    out.motion.imus.push_back({text(i.at("name")), text(i.at("model")), pose(i.at("T_ego_imu")),
                               period(i), triad(i.at("gyro")), triad(i.at("accelerometer"))});
    const auto& one = out.motion.imus.back();
    out.mounts.push_back({"imu", one.name, one.model, one.T_ego_imu});
  }
  for (const Json& g : json.at("gnss")) {
    out.motion.gnss.push_back({text(g.at("name")), text(g.at("model")), pose(g.at("T_ego_antenna")),
                               period(g), whole<std::int64_t>(g.at("latency_ns")),
                               g.at("sky").get<bool>(), g.at("noise").get<bool>()});
    const auto& one = out.motion.gnss.back();
    out.mounts.push_back({"gnss", one.name, one.model, one.T_ego_antenna});
  }
  for (const Json& n : json.at("ins")) {
    out.motion.navigations.push_back({text(n.at("name")), text(n.at("model")), text(n.at("gnss")),
                                      pose(n.at("T_ego_ins")), period(n), n.at("noise").get<bool>(),
                                      number(n.at("roll_pitch_rad")), number(n.at("heading_rad"))});
    const auto& one = out.motion.navigations.back();
    out.mounts.push_back({"ins", one.name, one.model, one.T_ego_ins});
  }
  for (const Json& o : json.at("odometries")) {
    out.motion.odometries.push_back(wheels(o));
    const auto& one = out.motion.odometries.back();
    out.mounts.push_back({"odometry", one.name, one.model, {}});
  }
}

}  // namespace oddroad::verify
