#include "engine/dataset/calibration_json.h"

#include <algorithm>
#include <limits>

#include "engine/dataset/json_types.h"
#include "engine/dataset/motion_calibration_json.h"
#include "engine/dataset/npy.h"
#include "engine/dataset/radar_calibration_json.h"

namespace oddroad::dataset {
namespace {

const char* lens_name(math::Lens lens) {
  switch (lens) {
    case math::Lens::kPinhole:
      return "pinhole";
    case math::Lens::kBrownConrady:
      return "brown_conrady";
    case math::Lens::kKannalaBrandt:
      return "kannala_brandt";
  }
  return "";
}

math::Lens as_lens(const Json& json) {
  for (const auto lens :
       {math::Lens::kPinhole, math::Lens::kBrownConrady, math::Lens::kKannalaBrandt}) {
    if (json == lens_name(lens)) return lens;
  }
  throw std::invalid_argument("unknown camera model " + json.dump());
}

// OpenCV's order: k1 k2 p1 p2 k3 k4 k5 k6; fisheye: k1 k2 k3 k4.
Json distortion_json(const math::CameraModel& c) {
  Json out = Json::array();
  if (c.lens == math::Lens::kBrownConrady) {
    for (const double k : {c.radial[0], c.radial[1], c.tangential[0], c.tangential[1], c.radial[2],
                           c.radial[3], c.radial[4], c.radial[5]}) {
      out.push_back(number(k));
    }
  } else if (c.lens == math::Lens::kKannalaBrandt) {
    for (int k = 0; k < 4; ++k) out.push_back(number(c.radial[k]));
  }
  return out;
}

void read_distortion(const Json& json, math::CameraModel& c) {
  const std::size_t expected = c.lens == math::Lens::kPinhole        ? 0
                               : c.lens == math::Lens::kBrownConrady ? 8
                                                                     : 4;
  if (!json.is_array() || json.size() != expected) {
    throw std::invalid_argument("this lens has " + std::to_string(expected) + " coefficients");
  }
  if (c.lens == math::Lens::kBrownConrady) {
    c.radial = {as_number(json[0]), as_number(json[1]), as_number(json[4]),
                as_number(json[5]), as_number(json[6]), as_number(json[7])};
    c.tangential = {as_number(json[2]), as_number(json[3])};
  } else if (c.lens == math::Lens::kKannalaBrandt) {
    for (int k = 0; k < 4; ++k) c.radial[k] = as_number(json[k]);
  }
}

Json camera_json(const capture::CameraCalibration& c) {
  Json json = {{"name", c.name},
               {"model", lens_name(c.camera.lens)},
               {"width_px", c.camera.width_px},
               {"height_px", c.camera.height_px},
               {"fx_px", number(c.camera.fx_px)},
               {"fy_px", number(c.camera.fy_px)},
               {"cx_px", number(c.camera.cx_px)},
               {"cy_px", number(c.camera.cy_px)},
               {"distortion", distortion_json(c.camera)},
               {"max_angle_rad", number(c.camera.max_angle_rad)},
               {"shutter", c.row_time_ns > 0 ? "rolling" : "global"},
               {"row_time_ns", c.row_time_ns},
               {"T_ego_camera", pose_json(c.T_ego_camera)}};
  if (c.camera.lens != math::Lens::kPinhole) json["lookup_table"] = rays_file(c.name);
  return json;
}

capture::CameraCalibration as_camera(const Json& json) {
  capture::CameraCalibration c;
  c.name = json.at("name").get<std::string>();
  c.camera.lens = as_lens(json.at("model"));
  c.camera.width_px = as_integer<int>(json.at("width_px"));
  c.camera.height_px = as_integer<int>(json.at("height_px"));
  if (c.camera.width_px < 1 || c.camera.height_px < 1) {
    throw std::invalid_argument("camera '" + c.name + "' has no pixels");
  }
  c.camera.fx_px = as_number(json.at("fx_px"));
  c.camera.fy_px = as_number(json.at("fy_px"));
  c.camera.cx_px = as_number(json.at("cx_px"));
  c.camera.cy_px = as_number(json.at("cy_px"));
  read_distortion(json.at("distortion"), c.camera);
  c.camera.max_angle_rad = as_number(json.at("max_angle_rad"));
  c.row_time_ns = as_integer<std::int64_t>(json.at("row_time_ns"));
  c.T_ego_camera = as_pose(json.at("T_ego_camera"));
  return c;
}

Json scan_json(const capture::LidarScan& s) {
  Json rotors = Json::array();
  for (const capture::LidarRotor& r : s.rotors) {
    rotors.push_back(Json::array({number(r.frequency_hz), number(r.horizontal_rad),
                                  number(r.vertical_rad), number(r.phase_rad)}));
  }
  return {{"sweep_ns", s.sweep_ns},
          {"begin_ns", s.begin_ns},
          {"columns_ns", s.columns_ns},
          {"columns", s.columns},
          {"states", s.states},
          {"start_azimuth_rad", number(s.start_azimuth_rad)},
          {"turn_rad", number(s.turn_rad)},
          {"rotor_fields",
           Json::array({"frequency_hz", "horizontal_rad", "vertical_rad", "phase_rad"})},
          {"rotors", rotors}};
}

capture::LidarScan as_scan(const Json& json) {
  capture::LidarScan s;
  s.sweep_ns = as_integer<std::int64_t>(json.at("sweep_ns"));
  s.begin_ns = as_integer<std::int64_t>(json.at("begin_ns"));
  s.columns_ns = as_integer<std::int64_t>(json.at("columns_ns"));
  s.columns = as_integer<std::uint32_t>(json.at("columns"));
  s.states = as_integer<std::uint16_t>(json.at("states"));
  s.start_azimuth_rad = as_number(json.at("start_azimuth_rad"));
  s.turn_rad = as_number(json.at("turn_rad"));
  for (const Json& r : json.at("rotors")) {
    s.rotors.push_back(
        {as_number(r.at(0)), as_number(r.at(1)), as_number(r.at(2)), as_number(r.at(3))});
  }
  const bool unknown = s == capture::LidarScan{};  // of imported data
  if (!unknown && (s.sweep_ns < 1 || s.columns < 1 || s.states < 1)) {
    throw std::invalid_argument("a LiDAR's sweep is empty");
  }
  return s;
}

Json lidar_json(const capture::LidarCalibration& l) {
  Json beams = Json::array();
  for (const capture::LidarBeam& b : l.beams) {
    beams.push_back(
        Json::array({number(b.elevation_rad), number(b.azimuth_offset_rad),
                     number(b.vertical_offset_m), number(b.horizontal_offset_m), b.fire_time_ns,
                     b.ring, number(b.forward_offset_m), b.state, number(b.range_bias_m)}));
  }
  return {{"name", l.name},
          {"model", l.model},
          {"T_ego_lidar", pose_json(l.T_ego_lidar)},
          {"unit", l.unit},
          {"scan", scan_json(l.scan)},
          {"range_min_m", number(l.range_min_m)},
          {"range_max_m", number(l.range_max_m)},
          {"noise_m", number(l.noise_m)},
          {"noise_per_m", number(l.noise_per_m)},
          {"range_step_m", number(l.range_step_m)},
          {"divergence_h_rad", number(l.divergence_h_rad)},
          {"divergence_v_rad", number(l.divergence_v_rad)},
          {"ego_body", capture::kEgoBodyNames[static_cast<std::size_t>(l.ego_body)]},
          {"beam_fields", Json::array({"elevation_rad", "azimuth_offset_rad", "vertical_offset_m",
                                       "horizontal_offset_m", "fire_time_ns", "ring",
                                       "forward_offset_m", "state", "range_bias_m"})},
          {"beams", beams}};
}

// Nothing is said where the body was never recorded.
capture::EgoBody as_ego_body(const Json& lidar) {
  const std::string name = lidar.value("ego_body", capture::kEgoBodyNames[0]);
  const auto& names = capture::kEgoBodyNames;
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) throw std::invalid_argument("unknown ego_body '" + name + "'");
  return static_cast<capture::EgoBody>(found - names.begin());
}

capture::LidarCalibration as_lidar(const Json& json) {
  capture::LidarCalibration l;
  l.name = json.at("name").get<std::string>();
  l.model = json.at("model").get<std::string>();
  l.T_ego_lidar = as_pose(json.at("T_ego_lidar"));
  l.unit = as_integer<std::int64_t>(json.at("unit"));
  l.scan = as_scan(json.at("scan"));
  l.range_min_m = as_number(json.at("range_min_m"));
  l.range_max_m = as_number(json.at("range_max_m"));
  l.noise_m = as_number(json.at("noise_m"));
  l.noise_per_m = as_number(json.at("noise_per_m"));
  l.range_step_m = as_number(json.at("range_step_m"));
  l.divergence_h_rad = as_number(json.at("divergence_h_rad"));
  l.divergence_v_rad = as_number(json.at("divergence_v_rad"));
  l.ego_body = as_ego_body(json);
  for (const Json& b : json.at("beams")) {
    l.beams.push_back({as_number(b.at(0)), as_number(b.at(1)), as_number(b.at(2)),
                       as_number(b.at(3)), as_integer<std::int64_t>(b.at(4)),
                       as_integer<std::uint16_t>(b.at(5)), as_number(b.at(6)),
                       as_integer<std::uint16_t>(b.at(7)), as_number(b.at(8))});
  }
  return l;
}

}  // namespace

std::string rays_file(const std::string& camera) {
  return camera + ".rays.npy";
}

std::string encode_rays(const math::CameraModel& camera) {
  std::string dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (" +
                           std::to_string(camera.height_px) + ", " +
                           std::to_string(camera.width_px) + ", 3), }";
  std::string bytes = npy_header(dictionary);
  for (math::Vec3d d : math::pixel_directions(camera)) {
    d = math::is_ray(d) ? glm::normalize(d) : math::Vec3d(std::numeric_limits<double>::quiet_NaN());
    const math::Vec3f f(d);
    bytes.append(reinterpret_cast<const char*>(&f), sizeof f);
  }
  return bytes;
}

std::string encode_calibration(const capture::Calibration& calibration) {
  Json cameras = Json::array();
  for (const auto& camera : calibration.cameras) cameras.push_back(camera_json(camera));
  Json lidars = Json::array();
  for (const auto& lidar : calibration.lidars) lidars.push_back(lidar_json(lidar));
  Json json = {{"cameras", cameras}, {"lidars", lidars}};
  json["radars"] = Json::array();
  for (const auto& radar : calibration.radars) json["radars"].push_back(radar_json(radar));
  add_motion(calibration.motion, json);
  return dump_json(json);
}

core::Result<capture::Calibration> decode_calibration(const std::string& text,
                                                      const std::string& file) {
  return decode_json<capture::Calibration>(text, file, [](const Json& json) {
    capture::Calibration calibration;
    for (const auto& camera : json.at("cameras")) calibration.cameras.push_back(as_camera(camera));
    for (const auto& lidar : json.at("lidars")) calibration.lidars.push_back(as_lidar(lidar));
    for (const auto& radar : json.value("radars", Json::array())) {
      calibration.radars.push_back(as_radar(radar));
    }
    calibration.motion = as_motion(json);
    return calibration;
  });
}

}  // namespace oddroad::dataset
