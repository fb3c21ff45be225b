#include "sensors/camera/camera_settings.h"

#include <cmath>

#include "engine/capture/camera_presets.h"
#include "engine/core/map_reader.h"
#include "sensors/camera/lens_settings.h"

namespace oddroad::camera {
namespace {

std::optional<std::array<double, 2>> read_pair(const core::YamlNode* node, const char* what,
                                               core::Diagnostics& diagnostics) {
  if (!node) return std::nullopt;
  std::array<double, 2> out{};
  const bool shape = node->is_sequence() && node->items().size() == 2;
  for (int k = 0; shape && k < 2; ++k) {
    const auto value = node->items()[k].as_double();
    if (!value) {
      diagnostics.append(value.error());
      return std::nullopt;
    }
    out[k] = *value;
  }
  if (shape) return out;
  diagnostics.error(node->location(), std::string("'") + what + "' must be two numbers like " +
                                          "[1280, 720], found " + node->describe());
  return std::nullopt;
}

void read_size(const core::YamlNode* node, math::CameraModel& camera,
               core::Diagnostics& diagnostics) {
  const auto size = read_pair(node, "size", diagnostics);
  if (!size) return;
  for (const double px : *size) {
    if (px != std::floor(px) || px < 16 || px > 8192) {
      diagnostics.error(node->location(), "image sides are whole numbers from 16 to 8192 pixels");
      return;
    }
  }
  camera.width_px = static_cast<int>((*size)[0]);
  camera.height_px = static_cast<int>((*size)[1]);
}

// The focal length at which the image's width spans the angle.
void read_fov(double fov_rad, const core::SourceLocation& where, math::CameraModel& camera,
              core::Diagnostics& diagnostics) {
  const bool pinhole = camera.lens == math::Lens::kPinhole;
  const double widest = pinhole ? 2.8 : 2 * camera.max_angle_rad + 1e-9;
  if (!(fov_rad > 0.02 && fov_rad < widest)) {
    diagnostics.error(where, pinhole ? "a pinhole camera's 'fov' lies between 1 and 160 deg"
                                     : "'fov' lies between 1 deg and the field of the lens");
    return;
  }
  camera.fx_px = camera.fy_px = camera.width_px / 2.0 / math::image_radius(camera, fov_rad / 2);
}

}  // namespace

core::Result<CameraSettings> parse_camera_settings(const core::YamlNode& own,
                                                   const std::string& name) {
  const auto preset = capture::with_camera_preset(own);
  if (!preset) return core::forward_error(preset);
  const core::YamlNode& settings = *preset;
  core::Diagnostics diagnostics;
  core::MapReader reader(settings, "camera", diagnostics);
  CameraSettings out;
  math::CameraModel& camera = out.camera;
  read_size(reader.required("size"), camera, diagnostics);
  camera.cx_px = camera.width_px / 2.0;
  camera.cy_px = camera.height_px / 2.0;
  read_lens(reader, camera);
  out.row_time_ns = read_row_time(reader, camera.height_px);
  const auto focal = read_pair(reader.optional("focal_px"), "focal_px", diagnostics);
  const auto fov = reader.quantity("fov", core::kAngle);
  if (focal.has_value() == fov.has_value()) {
    diagnostics.error(settings.location(), "a camera needs one of 'focal_px' and 'fov'");
  } else if (focal) {
    camera.fx_px = (*focal)[0];
    camera.fy_px = (*focal)[1];
    if (!(camera.fx_px > 0 && camera.fy_px > 0)) {
      diagnostics.error(settings.find("focal_px")->location(), "focal lengths must be above 0");
    }
  } else {
    read_fov(*fov, settings.find("fov")->location(), camera, diagnostics);
  }
  if (const auto principal =
          read_pair(reader.optional("principal_px"), "principal_px", diagnostics)) {
    camera.cx_px = (*principal)[0];
    camera.cy_px = (*principal)[1];
  }
  if (const auto rate = reader.quantity("rate", core::kRate)) {
    out.rate_hz = *rate;
    if (!(*rate >= 0.1 && *rate <= 100)) {
      diagnostics.error(settings.find("rate")->location(), "'rate' lies between 0.1 and 100 Hz");
    }
  }
  read_optics(reader, out.optics);
  read_sensor(reader, name, out.sensor);
  read_exposure(reader, out.exposure);
  read_white_balance(reader, out.white_balance);
  read_image(reader, out.image);
  read_faults(reader, out.faults);
  out.noise = reader.boolean("noise").value_or(true);
  out.motion_blur = reader.boolean("motion_blur").value_or(true);
  reader.finish();
  if (diagnostics.has_errors()) return tl::unexpected(diagnostics);
  if (camera.lens != math::Lens::kPinhole) {
    out.pixel_directions =
        std::make_shared<const std::vector<math::Vec3d>>(math::pixel_directions(camera));
  }
  return out;
}

}  // namespace oddroad::camera
