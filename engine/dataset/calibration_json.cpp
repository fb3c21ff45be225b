#include "engine/dataset/calibration_json.h"

#include "engine/dataset/json_types.h"

namespace oddroad::dataset {
namespace {

Json camera_json(const capture::CameraCalibration& c) {
  return {{"name", c.name},
          {"model", "pinhole"},
          {"width_px", c.camera.width_px},
          {"height_px", c.camera.height_px},
          {"fx_px", number(c.camera.fx_px)},
          {"fy_px", number(c.camera.fy_px)},
          {"cx_px", number(c.camera.cx_px)},
          {"cy_px", number(c.camera.cy_px)},
          {"T_ego_camera", pose_json(c.T_ego_camera)}};
}

capture::CameraCalibration as_camera(const Json& json) {
  if (json.at("model") != "pinhole") {
    throw std::invalid_argument("unknown camera model " + json.at("model").dump());
  }
  capture::CameraCalibration c;
  c.name = json.at("name").get<std::string>();
  c.camera.width_px = as_integer<int>(json.at("width_px"));
  c.camera.height_px = as_integer<int>(json.at("height_px"));
  if (c.camera.width_px < 1 || c.camera.height_px < 1) {
    throw std::invalid_argument("camera '" + c.name + "' has no pixels");
  }
  c.camera.fx_px = as_number(json.at("fx_px"));
  c.camera.fy_px = as_number(json.at("fy_px"));
  c.camera.cx_px = as_number(json.at("cx_px"));
  c.camera.cy_px = as_number(json.at("cy_px"));
  c.T_ego_camera = as_pose(json.at("T_ego_camera"));
  return c;
}

}  // namespace

std::string encode_calibration(const capture::Calibration& calibration) {
  Json cameras = Json::array();
  for (const auto& camera : calibration.cameras) cameras.push_back(camera_json(camera));
  Json lidars = Json::array();
  for (const auto& lidar : calibration.lidars) {
    lidars.push_back({{"name", lidar.name},
                      {"model", lidar.model},
                      {"T_ego_lidar", pose_json(lidar.T_ego_lidar)}});
  }
  return dump_json({{"cameras", cameras}, {"lidars", lidars}});
}

core::Result<capture::Calibration> decode_calibration(const std::string& text,
                                                      const std::string& file) {
  return decode_json<capture::Calibration>(text, file, [](const Json& json) {
    capture::Calibration calibration;
    for (const auto& camera : json.at("cameras")) calibration.cameras.push_back(as_camera(camera));
    for (const auto& lidar : json.at("lidars")) {
      calibration.lidars.push_back({lidar.at("name").get<std::string>(),
                                    lidar.at("model").get<std::string>(),
                                    as_pose(lidar.at("T_ego_lidar"))});
    }
    return calibration;
  });
}

}  // namespace oddroad::dataset
