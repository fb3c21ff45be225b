#include "engine/pipeline/vary_rig.h"

#include "engine/scenario/randomize_variant.h"
#include "sensors/common/rig_file.h"

namespace oddroad::pipeline {
namespace {

using Tolerance = core::Result<std::optional<scenario::SensorTolerance>>;

Tolerance draw(const scenario::Scenario& scenario, scenario::Variant& variant,
               const std::string& sensor, bool is_camera) {
  auto out = scenario::sensor_tolerance(scenario, variant.random_key, sensor, is_camera);
  if (!out || !*out) return out;
  variant.parameters.insert((*out)->texts.begin(), (*out)->texts.end());
  variant.parameter_values.insert((*out)->numbers.begin(), (*out)->numbers.end());
  return out;
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
  }
  for (RigLidar& lidar : out.lidars) {
    const Tolerance tolerance = draw(scenario, variant, lidar.name, false);
    if (!tolerance) return core::forward_error(tolerance);
    if (!*tolerance) return out;
    lidar.T_ego_lidar = lidar.T_ego_lidar * (*tolerance)->T_mount;
  }
  return out;
}

}  // namespace oddroad::pipeline
