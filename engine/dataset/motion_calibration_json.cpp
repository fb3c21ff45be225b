#include "engine/dataset/motion_calibration_json.h"

namespace oddroad::dataset {
namespace {

Json triad_json(const capture::TriadCalibration& t) {
  return {{"noise_density", number(t.noise)},
          {"bias_walk", number(t.bias_walk)},
          {"turn_on", number(t.turn_on)},
          {"scale", number(t.scale)},
          {"misaligned_rad", number(t.misaligned_rad)},
          {"limit", number(t.limit)},
          {"step", number(t.step)}};
}

capture::TriadCalibration as_triad(const Json& json) {
  return {as_number(json.at("noise_density")),
          as_number(json.at("bias_walk")),
          as_number(json.at("turn_on")),
          as_number(json.at("scale")),
          as_number(json.at("misaligned_rad")),
          as_number(json.at("limit")),
          as_number(json.at("step"))};
}

Json odometry_json(const capture::OdometryCalibration& o) {
  Json hubs = Json::array();
  for (const auto& hub : o.hub_ego_m) hubs.push_back(vector_json(hub));
  return {{"name", o.name},
          {"model", o.model},
          {"period_ns", o.period_ns},
          {"ticks_per_turn", o.ticks_per_turn},
          {"wheel_radius_m", number(o.wheel_radius_m)},
          {"hub_ego_m", hubs},
          {"scale", number(o.scale)},
          {"speed_step_mps", number(o.speed_step_mps)},
          {"steer_bias_rad", number(o.steer_bias_rad)},
          {"steer_noise_rad", number(o.steer_noise_rad)},
          {"steer_step_rad", number(o.steer_step_rad)}};
}

capture::OdometryCalibration as_odometry(const Json& json) {
  capture::OdometryCalibration o;
  o.name = json.at("name").get<std::string>();
  o.model = json.at("model").get<std::string>();
  o.period_ns = as_integer<std::int64_t>(json.at("period_ns"));
  o.ticks_per_turn = as_integer<int>(json.at("ticks_per_turn"));
  o.wheel_radius_m = as_number(json.at("wheel_radius_m"));
  for (std::size_t k = 0; k < 4; ++k) o.hub_ego_m[k] = as_vector(json.at("hub_ego_m").at(k));
  o.scale = as_number(json.at("scale"));
  o.speed_step_mps = as_number(json.at("speed_step_mps"));
  o.steer_bias_rad = as_number(json.at("steer_bias_rad"));
  o.steer_noise_rad = as_number(json.at("steer_noise_rad"));
  o.steer_step_rad = as_number(json.at("steer_step_rad"));
  return o;
}

}  // namespace

void add_motion(const capture::MotionCalibration& motion, Json& json) {
  Json imus = Json::array(), gnss = Json::array(), ins = Json::array(), wheels = Json::array();
  for (const auto& i : motion.imus) {
    imus.push_back({{"name", i.name},
                    {"model", i.model},
                    {"T_ego_imu", pose_json(i.T_ego_imu)},
                    {"period_ns", i.period_ns},
                    {"gyro", triad_json(i.gyro)},
                    {"accelerometer", triad_json(i.accelerometer)}});
  }
  for (const auto& g : motion.gnss) {
    gnss.push_back({{"name", g.name},
                    {"model", g.model},
                    {"T_ego_antenna", pose_json(g.T_ego_antenna)},
                    {"period_ns", g.period_ns},
                    {"latency_ns", g.latency_ns},
                    {"sky", g.sky},
                    {"noise", g.noise}});
  }
  for (const auto& n : motion.navigations) {
    ins.push_back({{"name", n.name},
                   {"model", n.model},
                   {"gnss", n.gnss},
                   {"T_ego_ins", pose_json(n.T_ego_ins)},
                   {"period_ns", n.period_ns},
                   {"noise", n.noise},
                   {"roll_pitch_rad", number(n.roll_pitch_rad)},
                   {"heading_rad", number(n.heading_rad)}});
  }
  for (const auto& o : motion.odometries) wheels.push_back(odometry_json(o));
  json["imus"] = imus;
  json["gnss"] = gnss;
  json["ins"] = ins;
  json["odometries"] = wheels;
}

capture::MotionCalibration as_motion(const Json& json) {
  capture::MotionCalibration out;
  const auto each = [&](const char* key, const auto& take) {
    if (!json.contains(key)) return;
    for (const Json& one : json.at(key)) take(one);
  };
  each("imus", [&](const Json& i) {
    out.imus.push_back({i.at("name").get<std::string>(), i.at("model").get<std::string>(),
                        as_pose(i.at("T_ego_imu")), as_integer<std::int64_t>(i.at("period_ns")),
                        as_triad(i.at("gyro")), as_triad(i.at("accelerometer"))});
  });
  each("gnss", [&](const Json& g) {
    out.gnss.push_back({g.at("name").get<std::string>(), g.at("model").get<std::string>(),
                        as_pose(g.at("T_ego_antenna")), as_integer<std::int64_t>(g.at("period_ns")),
                        as_integer<std::int64_t>(g.at("latency_ns")), g.at("sky").get<bool>(),
                        g.at("noise").get<bool>()});
  });
  each("ins", [&](const Json& n) {
    out.navigations.push_back({n.at("name").get<std::string>(), n.at("model").get<std::string>(),
                               n.at("gnss").get<std::string>(), as_pose(n.at("T_ego_ins")),
                               as_integer<std::int64_t>(n.at("period_ns")),
                               n.at("noise").get<bool>(), as_number(n.at("roll_pitch_rad")),
                               as_number(n.at("heading_rad"))});
  });
  each("odometries", [&](const Json& o) {
    out.odometries.push_back(as_odometry(o));
  });
  return out;
}

}  // namespace oddroad::dataset
