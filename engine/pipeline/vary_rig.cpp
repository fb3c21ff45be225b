#include "engine/pipeline/vary_rig.h"

#include <cmath>

#include "engine/scenario/randomize_variant.h"
#include "sensors/common/rig_file.h"

namespace oddroad::pipeline {
namespace {

using Tolerance = core::Result<std::optional<scenario::SensorTolerance>>;

Tolerance draw(const scenario::Scenario& scenario, scenario::Variant& variant,
               const std::string& sensor, bool is_camera) {
  auto out = scenario::sensor_tolerance(scenario, variant, sensor, is_camera);
  if (!out || !*out) return out;
  variant.parameters.insert((*out)->texts.begin(), (*out)->texts.end());
  variant.parameter_values.insert((*out)->numbers.begin(), (*out)->numbers.end());
  return out;
}

// Brighter by that many exposure values, whichever way the camera exposes.
void expose(camera::ExposureSettings& exposure, double ev) {
  exposure.compensation_ev += ev;
  if (exposure.fixed_ev100) *exposure.fixed_ev100 -= ev;
  if (exposure.fixed) exposure.fixed->gain *= std::exp2(ev);
}

// Noise that a chip's making decides; that of the photons is the light's own.
void set_noise(camera::SensorSettings& sensor, double scale) {
  sensor.read_noise_e *= scale;
  sensor.row_noise_e *= scale;
  sensor.dsnu_e *= scale;
  sensor.prnu *= scale;
}

void set_camera(camera::CameraSettings& settings, const scenario::SensorTolerance& tolerance) {
  expose(settings.exposure, tolerance.exposure_ev);
  settings.white_balance.red_error = tolerance.red_gain;
  settings.white_balance.blue_error = tolerance.blue_gain;
  set_noise(settings.sensor, tolerance.noise_scale);
  if (settings.image.format.jpeg) settings.image.format.quality = tolerance.jpeg_quality;
  if (tolerance.dirt > 0) {
    camera::FaultSettings dirt;
    dirt.type = camera::FaultType::kSoiling;
    dirt.amount = tolerance.dirt;
    settings.faults.push_back(dirt);
  }
}

}  // namespace

core::Result<Rig> vary_rig(const Rig& rig, const scenario::Scenario& scenario,
                           scenario::Variant& variant) {
  Rig out = rig;
  const math::Pose axes = common::camera_axes();
  for (RigCamera& camera : out.cameras) {
    const Tolerance tolerance = draw(scenario, variant, camera.name, true);
    if (!tolerance) return core::forward_error(tolerance);
    if (!*tolerance) return out;
    camera.T_ego_camera = camera.T_ego_camera * axes.inverse() * (*tolerance)->T_mount * axes;
    set_camera(camera.settings, **tolerance);
  }
  for (RigLidar& lidar : out.lidars) {
    const Tolerance tolerance = draw(scenario, variant, lidar.name, false);
    if (!tolerance) return core::forward_error(tolerance);
    if (!*tolerance) return out;
    lidar.T_ego_lidar = lidar.T_ego_lidar * (*tolerance)->T_mount;
  }
  const auto turn = [&](const std::string& name, math::Pose& mount) -> core::Result<void> {
    const Tolerance tolerance = draw(scenario, variant, name, false);
    if (!tolerance) return core::forward_error(tolerance);
    if (*tolerance) mount = mount * (*tolerance)->T_mount;
    return {};
  };
  core::Result<void> done;
  for (RigRadar& s : out.radars) {
    if (done) done = turn(s.name, s.T_ego_radar);
  }
  for (RigImu& s : out.motion.imus) {
    if (done) done = turn(s.name, s.T_ego_imu);
  }
  for (RigGnss& s : out.motion.gnss) {
    if (done) done = turn(s.name, s.T_ego_antenna);
  }
  for (RigNavigation& s : out.motion.navigations) {
    if (done) done = turn(s.name, s.T_ego_ins);
  }
  if (!done) return core::forward_error(done);
  return out;
}

}  // namespace oddroad::pipeline
