// The surface underfoot, in the clip's local frame: heights and lane types from the map.
#pragma once

#include <optional>

#include "engine/math/affine.h"
#include "engine/road/lane_graph.h"

namespace oddroad::sim {

class Ground {
 public:
  virtual ~Ground() = default;
  // Surface height below or above a point (its z picks the level where roads cross); empty beside
  // the road.
  [[nodiscard]] virtual std::optional<double> height(const math::Vec3d& p) const = 0;
  [[nodiscard]] virtual std::optional<road::LaneType> lane_type(const math::Vec3d& p) const = 0;
};

// Borrows the graph. origin: map coordinates of the local origin.
class MapGround : public Ground {
 public:
  MapGround(const road::LaneGraph& graph, const math::Vec3d& origin)
      : graph_(graph), origin_(origin) {}
  void set_origin(const math::Vec3d& origin) { origin_ = origin; }
  [[nodiscard]] std::optional<double> height(const math::Vec3d& p) const override;
  [[nodiscard]] std::optional<road::LaneType> lane_type(const math::Vec3d& p) const override;

 private:
  const road::LaneGraph& graph_;
  math::Vec3d origin_;
};

// How far somebody who crosses a road must go to stand on the far pavement: 0.8 m onto the first
// sidewalk beyond `lane_reach_m`, or 1.5 m beyond the last drivable lane if there is none.
double distance_across_m(const Ground& ground, const math::Vec3d& from,
                         const math::Vec2d& direction, double lane_reach_m);

}  // namespace oddroad::sim
