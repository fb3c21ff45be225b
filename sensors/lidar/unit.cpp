#include "sensors/lidar/unit.h"

#include <numbers>

#include "engine/core/random.h"

namespace oddroad::lidar {

void make_unit(std::int64_t unit, LidarModel& model) {
  model.unit = unit;
  if (unit == 0) return;
  constexpr double kDegree = std::numbers::pi / 180;
  const std::uint64_t seed =
      core::hash64(static_cast<std::uint64_t>(unit), core::hash64(model.name));
  for (Beam& beam : model.beams) {
    // By ring: a laser that fires in two states is one laser.
    core::RandomStream draw(seed, "lidar/unit/" + std::to_string(beam.ring));
    beam.elevation_rad += kUnitElevation_deg * kDegree * draw.normal();
    beam.azimuth_offset_rad += kUnitAzimuth_deg * kDegree * draw.normal();
    beam.range_bias_m = kUnitRange_m * draw.normal();
  }
}

}  // namespace oddroad::lidar
