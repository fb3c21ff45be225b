#include <cmath>
#include <filesystem>

#include "engine/capture/camera_presets.h"
#include "engine/core/map_reader.h"
#include "engine/verify/check_calibration.h"
#include "engine/verify/lens.h"

namespace oddroad::verify {
namespace {

math::Pose read_mount(core::MapReader& sensor, core::Diagnostics& problems) {
  const core::YamlNode* node = sensor.required("mount");
  if (node == nullptr) return {};
  core::MapReader mount(*node, "mount", problems);
  math::Pose pose;
  for (int k = 0; k < 3; ++k) {
    pose.translation[k] = mount.quantity(std::string(1, "xyz"[k]), core::kLength).value_or(0);
  }
  const auto turn = [&](const char* key, const math::Vec3d& axis) {
    return glm::angleAxis(mount.quantity(key, core::kAngle).value_or(0), axis);
  };
  pose.rotation = turn("yaw", {0, 0, 1}) * turn("pitch", {0, 1, 0}) * turn("roll", {1, 0, 0});
  return pose;
}

std::vector<double> read_list(core::MapReader& reader, const char* key) {
  std::vector<double> out;
  const core::YamlNode* node = reader.optional(key);
  if (node == nullptr) return out;
  for (const core::YamlNode& item : node->items()) out.push_back(item.as_double().value_or(NAN));
  return out;
}

// OpenCV's order from `radial` and `tangential`.
void read_lens(const core::YamlNode& node, CameraRecord& c, core::Diagnostics& problems) {
  core::MapReader lens(node, "lens", problems);
  c.model = lens.required_text("model").value_or("pinhole");
  if (c.model == "pinhole") return;
  std::vector<double> k = read_list(lens, "radial"), p = read_list(lens, "tangential");
  const bool brown = c.model == "brown_conrady";
  k.resize(brown ? 6 : 4);
  p.resize(2);
  c.distortion = k;
  if (brown) c.distortion = {k[0], k[1], p[0], p[1], k[2], k[3], k[4], k[5]};
  const auto field = lens.quantity("field", core::kAngle);
  c.max_angle_rad = field.value_or(0) / 2;
}

// The image radius in focal lengths at an angle to the axis, without the tangential part.
double radius_at(CameraRecord c, double angle_rad) {
  c.fx_px = c.fy_px = 1;
  c.cx_px = c.cy_px = 0;
  c.max_angle_rad = 0;
  if (c.model == "kannala_brandt") c.max_angle_rad = 1.1 * angle_rad;
  if (c.model == "brown_conrady") c.distortion[2] = c.distortion[3] = 0;
  const auto at = Lens(c).project({std::sin(angle_rad), 0, std::cos(angle_rad)});
  return at ? at->x : NAN;
}

CameraRecord read_camera(core::MapReader& reader, const math::Pose& mount,
                         core::Diagnostics& problems) {
  CameraRecord c;
  const auto size = read_list(reader, "size");
  if (size.size() == 2) c.width_px = int(size[0]), c.height_px = int(size[1]);
  if (const auto* lens = reader.optional("lens")) read_lens(*lens, c, problems);
  const auto focal = read_list(reader, "focal_px"), principal = read_list(reader, "principal_px");
  const auto fov = reader.quantity("fov", core::kAngle);
  if (focal.size() == 2) c.fx_px = focal[0], c.fy_px = focal[1];
  if (fov) c.fx_px = c.fy_px = c.width_px / 2.0 / radius_at(c, *fov / 2);
  c.cx_px = principal.size() == 2 ? principal[0] : c.width_px / 2.0;
  c.cy_px = principal.size() == 2 ? principal[1] : c.height_px / 2.0;
  if (const auto* node = reader.optional("shutter")) {
    core::MapReader shutter(*node, "shutter", problems);
    c.row_time_ns = std::llround(1e9 * shutter.quantity("row_time", core::kTime).value_or(0));
    c.rolling = c.row_time_ns > 0;
  }
  // x right, y down, z forward in a frame with x forward, y left, z up.
  const glm::dmat3 axes(math::Vec3d(0, -1, 0), math::Vec3d(0, 0, -1), math::Vec3d(1, 0, 0));
  c.T_ego_camera = {mount.rotation * glm::quat_cast(axes), mount.translation};
  return c;
}

}  // namespace

core::Result<CalibrationRecord> read_rig(const std::string& path) {
  const auto root = core::load_yaml(path);
  if (!root) return core::forward_error(root);
  core::Diagnostics problems;
  CalibrationRecord out;
  const core::YamlNode* sensors = root->find("sensors");
  if (sensors == nullptr) return core::fail_at({path}, "names no sensors");
  for (const core::YamlEntry& entry : sensors->entries()) {
    const auto settings = capture::with_camera_preset(entry.value);
    if (!settings) {
      problems.append(settings.error());
      continue;
    }
    core::MapReader reader(*settings, entry.key, problems);
    const auto type = reader.required_text("type");
    const math::Pose mount = type == "odometry" ? math::Pose() : read_mount(reader, problems);
    if (type == "camera") {
      out.cameras.push_back(read_camera(reader, mount, problems));
      out.cameras.back().name = entry.key;
    } else if (type == "lidar") {
      LidarRecord lidar;
      lidar.name = entry.key;
      const std::string model = reader.required_text("model").value_or("");
      lidar.model = std::filesystem::path(model).extension() == ".yaml"
                        ? std::filesystem::path(model).stem().string()
                        : model;
      lidar.ego_body = reader.text("ego_body").value_or(lidar.ego_body);
      lidar.unit = reader.integer("unit").value_or(0);
      lidar.columns = reader.integer("columns").value_or(0);
      if (const auto rate = reader.quantity("rate", core::kRate)) {
        lidar.sweep_ns = std::llround(1e9 / *rate);
      }
      lidar.T_ego_lidar = mount;
      out.lidars.push_back(lidar);
    } else if (type) {
      out.mounts.push_back({*type, entry.key, reader.required_text("model").value_or(""), mount});
    }
  }
  if (problems.has_errors()) return tl::unexpected(problems);
  return out;
}

}  // namespace oddroad::verify
