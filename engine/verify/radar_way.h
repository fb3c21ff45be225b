// The ways of a radar's echoes through the world at the instant of one scan.
#pragma once

#include <vector>

#include "engine/capture/radar_calibration.h"
#include "engine/verify/radar_points.h"
#include "engine/verify/tracer.h"

namespace oddroad::verify {

// Where a way ends.
struct WayEnd {
  std::uint16_t instance = 0, via = 0;
  int class_id = 0;
  double range_m = 0;
  double velocity_mps = 0;  // how fast the way grows
  double slack_m = 0;       // what single-precision angles leave open of the range
};

class RadarWays {
 public:
  // Borrows all; of that instant.
  RadarWays(const Tracer& tracer, const world::Actor& ego, const math::Pose& T_ego_radar,
            std::int64_t stamp_ns);

  // The radar over ground, in its own axes.
  [[nodiscard]] math::Vec3d own_velocity_mps() const;
  // End of the way that the point's cause and true angles describe: 0 for its very angles, 1 to
  // kBeside for rays close beside it (edges). None where nothing is met.
  static constexpr int kBeside = 32;
  [[nodiscard]] std::optional<WayEnd> end(const RadarPoint& point, int k) const;

 private:
  struct Place {
    Hit hit;
    math::Vec3d point{0}, normal{0}, velocity{0};
    const world::Drawable* drawable = nullptr;
    double range_m = 0, cosine = 1;
  };
  [[nodiscard]] std::optional<Place> meet(const math::Vec3d& origin,
                                          const math::Vec3d& direction) const;
  [[nodiscard]] std::optional<WayEnd> straight(const math::Vec3d& d) const;
  [[nodiscard]] std::optional<WayEnd> mirrored(const math::Vec3d& d) const;
  [[nodiscard]] std::optional<WayEnd> below(const math::Vec3d& d) const;

  const Tracer& tracer_;
  std::int64_t stamp_ns_;
  math::Affine3d T_world_ground_, T_world_radar_;
  math::Vec3d radar_mps_{0}, up_{0};
};

}  // namespace oddroad::verify
