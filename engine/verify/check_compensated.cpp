#include "engine/verify/check_compensated.h"

#include "engine/capture/tolerances.h"
#include "engine/verify/text.h"

namespace oddroad::verify {

// From the device's place in the world at the point's own time to its place at the stamp.
void check_compensated(const Sweep& sweep, const Points& points, const std::string& file,
                       Report& report) {
  if (points.compensated_m.empty()) return;
  Check& check = report["compensated"];
  const math::Affine3d T_lidar_world = sweep.T_world_lidar(0).inverse();
  for (std::size_t i = 0; i < points.size(); ++i) {
    const math::Affine3d then = sweep.T_world_lidar(points.time_ns[i]);
    const math::Vec3d expected = T_lidar_world * (then * points.position_m[i]);
    const double off = glm::length(points.compensated_m[i] - expected);
    const double far = glm::length(points.position_m[i]);
    check.compare(off, capture::kBeamM + 2 * capture::kFloatShare * far, [&] {
      return Disagreement{file, "point " + std::to_string(i) + " compensated",
                          to_text(points.compensated_m[i]), to_text(expected)};
    });
  }
}

}  // namespace oddroad::verify
