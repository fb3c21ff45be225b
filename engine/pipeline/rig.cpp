#include "engine/pipeline/rig.h"

#include "sensors/common/rig_file.h"

namespace oddroad::pipeline {

capture::Calibration Rig::calibration(const asset::Model* ego) const {
  capture::Calibration out;
  for (const RigCamera& c : cameras) {
    out.cameras.push_back({c.name, c.settings.camera, c.T_ego_camera, c.settings.row_time_ns});
  }
  for (const RigLidar& l : lidars) {
    out.lidars.push_back(l.scanner.calibration(l.name, l.T_ego_lidar));
  }
  for (const RigRadar& r : radars) {
    out.radars.push_back(radar::calibration(r.name, r.T_ego_radar, r.settings));
  }
  if (ego != nullptr) out.motion = motion.calibration(*ego);
  return out;
}

core::Result<Rig> load_rig(const std::string& path, const core::SearchRoots& roots) {
  const auto file = common::load_rig(path);
  if (!file) return core::forward_error(file);
  core::Diagnostics diagnostics;
  Rig rig;
  rig.name = file->name;
  for (const common::SensorEntry& sensor : file->sensors) {
    if (sensor.type == "camera") {
      const auto settings =
          camera::parse_camera_settings(sensor.settings, file->name + "/" + sensor.name);
      if (settings) {
        rig.cameras.push_back({sensor.name, sensor.T_ego_mount * common::camera_axes(), *settings});
      } else {
        diagnostics.append(settings.error());
      }
    } else if (sensor.type == "lidar") {
      auto settings = lidar::parse_lidar_settings(sensor.settings, roots);
      if (settings) {
        rig.lidars.push_back({sensor.name, sensor.T_ego_mount, lidar::Scanner(*settings)});
      } else {
        diagnostics.append(settings.error());
      }
    } else if (sensor.type == "radar") {
      auto settings = radar::parse_radar_settings(sensor.settings, roots);
      if (settings) {
        rig.radars.push_back({sensor.name, sensor.T_ego_mount, *settings});
      } else {
        diagnostics.append(settings.error());
      }
    } else {
      add_motion_sensor(sensor, roots, rig.motion, diagnostics);
    }
  }
  check_motion_sensors(*file, rig.motion, diagnostics);
  if (!rig.radars.empty()) {
    auto table = radar::RcsTable::load(roots);
    if (!table) {
      diagnostics.append(table.error());
    } else {
      rig.rcs = std::make_shared<const radar::RcsTable>(std::move(*table));
    }
  }
  if (diagnostics.has_errors()) return tl::unexpected(diagnostics);
  return rig;
}

}  // namespace oddroad::pipeline
