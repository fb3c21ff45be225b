#include "sensors/common/rig_file.h"

#include <algorithm>

#include "engine/core/map_reader.h"
#include "engine/core/suggest.h"

namespace oddroad::common {
namespace {

math::Pose read_mount(const core::YamlNode& node, core::Diagnostics& diagnostics) {
  core::MapReader reader(node, "mount", diagnostics);
  math::Pose pose;
  pose.translation.x = reader.required_quantity("x", core::kLength).value_or(0);
  pose.translation.y = reader.quantity("y", core::kLength).value_or(0);
  pose.translation.z = reader.required_quantity("z", core::kLength).value_or(0);
  const double yaw = reader.quantity("yaw", core::kAngle).value_or(0);
  const double pitch = reader.quantity("pitch", core::kAngle).value_or(0);
  const double roll = reader.quantity("roll", core::kAngle).value_or(0);
  pose.rotation = math::from_yaw_pitch_roll(yaw, pitch, roll);
  reader.finish();
  return pose;
}

bool usable_name(const std::string& name) {
  if (name.empty() || name.size() > 64) return false;
  for (const char c : name) {
    const bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '-';
    if (!fine) return false;
  }
  return true;
}

const std::vector<std::string> kTypes = {"camera", "lidar", "radar",   "imu",
                                         "gnss",   "ins",   "odometry"};

std::string known_types() {
  std::string text;
  for (std::size_t k = 0; k < kTypes.size(); ++k) {
    text += (k == 0 ? "" : k + 1 == kTypes.size() ? " or " : ", ") + kTypes[k];
  }
  return text;
}

SensorEntry read_sensor(const core::YamlEntry& entry, core::Diagnostics& diagnostics) {
  SensorEntry sensor;
  sensor.name = entry.key;
  sensor.where = entry.where;
  if (!usable_name(entry.key)) {
    diagnostics.error(entry.where, "sensor name '" + entry.key +
                                       "' becomes a folder: use letters, "
                                       "digits, '_' and '-' only");
  }
  if (!entry.value.is_map()) {
    diagnostics.error(entry.value.location(),
                      "sensor '" + entry.key + "' must be a map, found " + entry.value.describe());
    return sensor;
  }
  std::vector<core::YamlEntry> rest;
  bool has_type = false;
  bool has_mount = false;
  for (const core::YamlEntry& item : entry.value.entries()) {
    if (item.key == "type") {
      has_type = true;
      sensor.type = item.value.text();
      if (std::find(kTypes.begin(), kTypes.end(), sensor.type) == kTypes.end()) {
        diagnostics.error(item.value.location(),
                          "unknown sensor type '" + sensor.type + "'; expected " + known_types(),
                          core::did_you_mean(sensor.type, kTypes));
      }
    } else if (item.key == "mount") {
      has_mount = true;
      sensor.T_ego_mount = read_mount(item.value, diagnostics);
    } else {
      rest.push_back(item);
    }
  }
  if (!has_type) diagnostics.error(entry.where, "sensor '" + entry.key + "' has no 'type'");
  // Wheels and steering are where the car has them.
  if (!has_mount && sensor.type != "odometry")
    diagnostics.error(entry.where, "sensor '" + entry.key + "' has no 'mount'");
  sensor.settings = core::YamlNode::map(std::move(rest), entry.value.location());
  return sensor;
}

}  // namespace

core::Result<RigFile> load_rig(const std::string& path) {
  const auto root = core::load_yaml(path);
  if (!root) return core::forward_error(root);
  core::Diagnostics diagnostics;
  RigFile rig;
  rig.path = path;
  core::MapReader reader(*root, "rig", diagnostics);
  const auto schema = reader.required_integer("schema");
  if (schema && *schema != 1) {
    diagnostics.error(root->find("schema")->location(),
                      "schema " + std::to_string(*schema) + " is not known; expected 1");
  }
  rig.name = reader.required_text("name").value_or("");
  if (const core::YamlNode* sensors = reader.required("sensors")) {
    if (!sensors->is_map() || sensors->entries().empty()) {
      diagnostics.error(sensors->location(), "'sensors' must be a map of at least one sensor");
    }
    for (const core::YamlEntry& entry : sensors->entries()) {
      rig.sensors.push_back(read_sensor(entry, diagnostics));
    }
  }
  reader.finish();
  if (diagnostics.has_errors()) return tl::unexpected(diagnostics);
  return rig;
}

math::Pose camera_axes() {
  // Columns: camera x = right = -y, camera y = down = -z, camera z = forward = x.
  const glm::dmat3 R(math::Vec3d(0, -1, 0), math::Vec3d(0, 0, -1), math::Vec3d(1, 0, 0));
  return {glm::quat_cast(R), math::Vec3d(0)};
}

}  // namespace oddroad::common
