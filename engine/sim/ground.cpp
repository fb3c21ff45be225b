#include "engine/sim/ground.h"

namespace oddroad::sim {

std::optional<double> MapGround::height(const math::Vec3d& p) const {
  double lateral = 0;
  const auto at = graph_.locate(p + origin_, false, &lateral);
  if (!at) return std::nullopt;
  return graph_.pose(*at, lateral).position.z - origin_.z;
}

std::optional<road::LaneType> MapGround::lane_type(const math::Vec3d& p) const {
  const auto at = graph_.locate(p + origin_);
  if (!at) return std::nullopt;
  return graph_.lane(at->lane).type;
}

double distance_across_m(const Ground& ground, const math::Vec3d& from,
                         const math::Vec2d& direction, double lane_reach) {
  constexpr double kStep_m = 0.1;
  constexpr double kFarthest_m = 40;
  double last_drivable = lane_reach;
  for (double d = lane_reach; d < lane_reach + kFarthest_m; d += kStep_m) {
    const auto type = ground.lane_type(from + math::Vec3d(d * direction, 0));
    if (type == road::LaneType::kSidewalk) return d + 0.8;
    if (type && road::is_drivable(*type)) last_drivable = d;
  }
  return last_drivable + 1.5;
}

}  // namespace oddroad::sim
