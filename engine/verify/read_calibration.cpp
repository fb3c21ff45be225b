#include "engine/verify/json_fields.h"
#include "engine/verify/read_sensors.h"
#include "engine/verify/readers.h"

namespace oddroad::verify {
namespace {

CameraRecord read_camera(const Json& json) {
  CameraRecord c;
  c.name = text(json.at("name"));
  c.model = text(json.at("model"));
  if (c.model != "pinhole" && c.model != "brown_conrady" && c.model != "kannala_brandt") {
    throw std::invalid_argument("unknown camera model '" + c.model + "'");
  }
  c.width_px = whole<int>(json.at("width_px"));
  c.height_px = whole<int>(json.at("height_px"));
  if (c.width_px < 1 || c.height_px < 1 || std::int64_t{c.width_px} * c.height_px > 1 << 26) {
    throw std::invalid_argument("camera '" + c.name + "' has no sensible size");
  }
  c.fx_px = number(json.at("fx_px"));
  c.fy_px = number(json.at("fy_px"));
  c.cx_px = number(json.at("cx_px"));
  c.cy_px = number(json.at("cy_px"));
  c.T_ego_camera = pose(json.at("T_ego_camera"));
  for (const Json& k : json.at("distortion")) c.distortion.push_back(number(k));
  const std::size_t numbers = c.model == "pinhole" ? 0 : c.model == "brown_conrady" ? 8 : 4;
  if (c.distortion.size() != numbers) throw std::invalid_argument("distortion of another model");
  c.max_angle_rad = number(json.at("max_angle_rad"));
  const std::string shutter = text(json.at("shutter"));
  if (shutter != "global" && shutter != "rolling") {
    throw std::invalid_argument("unknown shutter '" + shutter + "'");
  }
  c.rolling = shutter == "rolling";
  c.row_time_ns = whole<std::int32_t>(json.at("row_time_ns"));
  return c;
}

void read_scan(const Json& json, LidarRecord& l) {
  l.sweep_ns = whole<std::int64_t>(json.at("sweep_ns"));
  l.begin_ns = whole<std::int64_t>(json.at("begin_ns"));
  l.columns_ns = whole<std::int64_t>(json.at("columns_ns"));
  l.columns = whole<std::uint32_t>(json.at("columns"));
  l.states = whole<std::uint16_t>(json.at("states"));
  l.start_azimuth_rad = number(json.at("start_azimuth_rad"));
  l.turn_rad = number(json.at("turn_rad"));
  for (const Json& r : json.at("rotors")) {
    l.rotors.push_back({number(r.at(0)), number(r.at(1)), number(r.at(2)), number(r.at(3))});
  }
  const bool inside = l.begin_ns >= 0 && l.columns_ns >= l.columns &&
                      l.begin_ns + l.columns_ns <= l.sweep_ns && l.sweep_ns <= 1'000'000'000;
  if (!inside || l.columns < 1 || l.states < 1) {
    throw std::invalid_argument("no sensible times of a LiDAR");
  }
}

LidarRecord read_lidar(const Json& json) {
  LidarRecord l;
  l.name = text(json.at("name"));
  l.model = text(json.at("model"));
  l.T_ego_lidar = pose(json.at("T_ego_lidar"));
  l.unit = whole<std::int64_t>(json.at("unit"));
  read_scan(json.at("scan"), l);
  l.range_min_m = number(json.at("range_min_m"));
  l.range_max_m = number(json.at("range_max_m"));
  l.noise_m = number(json.at("noise_m"));
  l.noise_per_m = number(json.at("noise_per_m"));
  l.range_step_m = number(json.at("range_step_m"));
  l.divergence_h_rad = number(json.at("divergence_h_rad"));
  l.divergence_v_rad = number(json.at("divergence_v_rad"));
  if (json.contains("ego_body")) l.ego_body = text(json.at("ego_body"));
  for (const Json& b : json.at("beams")) {
    l.beams.push_back({number(b.at(0)), number(b.at(1)), number(b.at(2)), number(b.at(3)),
                       whole<std::int64_t>(b.at(4)), whole<int>(b.at(5)), number(b.at(6)),
                       whole<int>(b.at(7)), number(b.at(8))});
  }
  return l;
}

}  // namespace

core::Result<CalibrationRecord> read_calibration(const std::filesystem::path& file) {
  return read_json<CalibrationRecord>(file, [](const Json& json) {
    CalibrationRecord out;
    for (const Json& camera : json.at("cameras")) out.cameras.push_back(read_camera(camera));
    for (const Json& lidar : json.at("lidars")) out.lidars.push_back(read_lidar(lidar));
    read_other_sensors(json, out);
    return out;
  });
}

}  // namespace oddroad::verify
