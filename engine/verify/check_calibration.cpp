#include "engine/verify/check_calibration.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/capture/tolerances.h"
#include "engine/scenario/randomize_variant.h"
#include "engine/verify/lens.h"
#include "engine/verify/text.h"

namespace oddroad::verify {
namespace {

constexpr double kExact = 1e-9;  // numbers of one file worked out twice
constexpr double kWidest_rad = 95.0 / 180 * std::numbers::pi;
constexpr double kLimit_rad = 1e-3;  // how finely the limit of a lens is looked for

class CalibrationChecker {
 public:
  CalibrationChecker(const ClipContext& context, Check& check) : context_(context), check_(check) {}

  void run(const CalibrationRecord& rig) {
    const CalibrationRecord& found = context_.calibration;
    text("cameras", std::to_string(found.cameras.size()), std::to_string(rig.cameras.size()));
    text("LiDARs", std::to_string(found.lidars.size()), std::to_string(rig.lidars.size()));
    for (const CameraRecord& c : found.cameras) {
      const auto it =
          std::find_if(rig.cameras.begin(), rig.cameras.end(), [&](const CameraRecord& r) {
            return r.name == c.name;
          });
      text("camera " + c.name, "there", it == rig.cameras.end() ? "not in the rig" : "there");
      if (it != rig.cameras.end()) camera(c, *it);
      limit(c);
      if (c.model != "pinhole") table(c);
    }
    for (const LidarRecord& l : found.lidars) {
      const auto it = std::find_if(rig.lidars.begin(), rig.lidars.end(), [&](const LidarRecord& r) {
        return r.name == l.name;
      });
      text("LiDAR " + l.name, "there", it == rig.lidars.end() ? "not in the rig" : "there");
      if (it == rig.lidars.end()) continue;
      lidar(l, *it);
    }
    text("other sensors", std::to_string(found.mounts.size()), std::to_string(rig.mounts.size()));
    for (const MountRecord& m : found.mounts) {
      const auto it = std::find_if(rig.mounts.begin(), rig.mounts.end(), [&](const auto& r) {
        return r.name == m.name && r.type == m.type;
      });
      text(m.type + " " + m.name, "there", it == rig.mounts.end() ? "not in the rig" : "there");
      if (it == rig.mounts.end()) continue;
      text(m.name + " model", m.model, it->model);
      pose(m.name + " mount", m.T_ego_sensor, it->T_ego_sensor);
    }
  }

 private:
  void text(const std::string& what, const std::string& found, const std::string& expected) {
    check_.compare(found == expected ? 0 : 1, 0, [&] {
      return Disagreement{"calibration.json", what, found, expected};
    });
  }
  void number(const std::string& what, double found, double expected) {
    const double off = std::abs(found - expected) / std::max(1.0, std::abs(expected));
    check_.compare(off, kExact, [&] {
      return Disagreement{"calibration.json", what, to_text(found), to_text(expected)};
    });
  }
  void pose(const std::string& what, const math::Pose& found, const math::Pose& expected) {
    // Axes a metre long: what is turned shows as a distance.
    double off = glm::length(found.translation - expected.translation);
    for (int k = 0; k < 3; ++k) {
      math::Vec3d axis(0);
      axis[k] = 1;
      off = std::max(off, glm::length(found.rotation * axis - expected.rotation * axis));
    }
    check_.compare(off, kExact, [&] {
      return Disagreement{"calibration.json", what, to_text(found), to_text(expected)};
    });
  }

  void camera(const CameraRecord& c, const CameraRecord& rig) {
    text(c.name + " model", c.model, rig.model);
    text(c.name + " size", std::to_string(c.width_px) + " x " + std::to_string(c.height_px),
         std::to_string(rig.width_px) + " x " + std::to_string(rig.height_px));
    number(c.name + " fx", c.fx_px, rig.fx_px);
    number(c.name + " fy", c.fy_px, rig.fy_px);
    number(c.name + " cx", c.cx_px, rig.cx_px);
    number(c.name + " cy", c.cy_px, rig.cy_px);
    text(c.name + " shutter", c.rolling ? "rolling" : "global", rig.rolling ? "rolling" : "global");
    number(c.name + " row_time_ns", double(c.row_time_ns), double(rig.row_time_ns));
    for (std::size_t k = 0; k < std::min(c.distortion.size(), rig.distortion.size()); ++k) {
      number(c.name + " distortion " + std::to_string(k), c.distortion[k], rig.distortion[k]);
    }
    if (rig.max_angle_rad > 0) number(c.name + " max_angle", c.max_angle_rad, rig.max_angle_rad);
    pose(c.name + " T_ego_camera", c.T_ego_camera, rig.T_ego_camera);
  }

  // The rig names rate and columns where they are not the device's own.
  void lidar(const LidarRecord& l, const LidarRecord& rig) {
    text(l.name + " model", l.model, rig.model);
    pose(l.name + " T_ego_lidar", l.T_ego_lidar, rig.T_ego_lidar);
    text(l.name + " unit", std::to_string(l.unit), std::to_string(rig.unit));
    text(l.name + " ego_body", l.ego_body, rig.ego_body);
    if (rig.columns > 0) {
      text(l.name + " columns", std::to_string(l.columns), std::to_string(rig.columns));
    }
    if (rig.sweep_ns > 0) {
      text(l.name + " sweep_ns", std::to_string(l.sweep_ns), std::to_string(rig.sweep_ns));
    }
    for (const BeamRecord& b : l.beams) {
      const bool fires = b.state >= 0 && b.state < l.states && b.fire_time_ns >= 0 &&
                         b.fire_time_ns <= l.columns_ns / l.columns;
      text(l.name + " ring " + std::to_string(b.ring),
           fires ? "fires in its column" : "fires when the next column has begun",
           "fires in its column");
      if (l.unit == 0) number(l.name + " range_bias_m", b.range_bias_m, 0);
    }
  }

  // A lens is used where it is one-to-one only.
  void limit(const CameraRecord& c) {
    if (c.model == "pinhole") return;
    const double widest = Lens(c).monotone_up_to_rad(
        c.model == "kannala_brandt" ? kWidest_rad : 88.0 / 180 * std::numbers::pi);
    check_.compare(c.max_angle_rad > 0 ? c.max_angle_rad - widest : 1e9, kLimit_rad, [&] {
      return Disagreement{"calibration.json", c.name + " max_angle_rad", to_text(c.max_angle_rad),
                          "one-to-one up to " + to_text(widest)};
    });
  }

  // <camera>.rays.npy: the unit ray of every pixel's centre.
  void table(const CameraRecord& c) {
    const std::string file = c.name + ".rays.npy";
    const auto rays = read_npy(context_.folder / file);
    const std::vector<std::size_t> shape = {std::size_t(c.height_px), std::size_t(c.width_px), 3};
    if (!rays || rays->shape != shape || !rays->fields.empty()) {
      check_.disagree(1e9, [&] {
        return Disagreement{file, "", rays ? "another shape" : core::to_string(rays.error()),
                            "a ray for every pixel"};
      });
      return;
    }
    const Lens lens(c);
    for (int y = 0; y < c.height_px; ++y) {
      for (int x = 0; x < c.width_px; ++x) {
        const double* r = &rays->values[(std::size_t(y) * c.width_px + x) * 3];
        const math::Vec3d found(r[0], r[1], r[2]);
        const auto truth = lens.direction(x + 0.5, y + 0.5);
        const bool nothing = std::isnan(found.x) && std::isnan(found.y) && std::isnan(found.z);
        const double off = truth ? glm::length(found - *truth) : nothing ? 0 : 1e9;
        check_.compare(off, capture::kUnitVector, [&] {
          return Disagreement{file, "pixel " + std::to_string(x) + ", " + std::to_string(y),
                              to_text(found), truth ? to_text(*truth) : "nothing"};
        });
      }
    }
  }

  const ClipContext& context_;
  Check& check_;
};

// By what this clip's sensors were off when they were mounted: x forward, y left, z up there.
core::Result<math::Pose> mounted_off(const ClipContext& context, const std::string& sensor,
                                     bool is_camera) {
  const auto tolerance = scenario::sensor_tolerance(context.rebuilt.scenario,
                                                    context.rebuilt.variant, sensor, is_camera);
  if (!tolerance) return core::forward_error(tolerance);
  return *tolerance ? (*tolerance)->T_mount : math::Pose();
}

core::Result<CalibrationRecord> mounted_rig(const ClipContext& context) {
  auto rig = read_rig(context.rebuilt.scenario.rig_path);
  if (!rig) return rig;
  const glm::dmat3 columns(math::Vec3d(0, -1, 0), math::Vec3d(0, 0, -1), math::Vec3d(1, 0, 0));
  const math::Pose T_mount_camera{glm::quat_cast(columns), math::Vec3d(0)};
  for (CameraRecord& c : rig->cameras) {
    const auto off = mounted_off(context, c.name, true);
    if (!off) return core::forward_error(off);
    c.T_ego_camera = c.T_ego_camera * T_mount_camera.inverse() * *off * T_mount_camera;
  }
  for (LidarRecord& l : rig->lidars) {
    const auto off = mounted_off(context, l.name, false);
    if (!off) return core::forward_error(off);
    l.T_ego_lidar = l.T_ego_lidar * *off;
  }
  for (MountRecord& m : rig->mounts) {
    if (m.type == "odometry") continue;
    const auto off = mounted_off(context, m.name, false);
    if (!off) return core::forward_error(off);
    m.T_ego_sensor = m.T_ego_sensor * *off;
  }
  return rig;
}

}  // namespace

void check_calibration(const ClipContext& context, Report& report) {
  Check& check = report["calibration"];
  const auto rig = mounted_rig(context);
  if (rig) return CalibrationChecker(context, check).run(*rig);
  check.disagree(1e9, [&] {
    return Disagreement{"calibration.json", "", core::to_string(rig.error()), "a rig to compare"};
  });
}

}  // namespace oddroad::verify
