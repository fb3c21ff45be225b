// Lane lines and drivable areas of the map as the ego sees them.
#pragma once

#include <vector>

#include "engine/capture/frames.h"
#include "engine/road/lane_graph.h"
#include "render/scene/visibility.h"

namespace oddroad::labels {

class LaneMap {
 public:
  // Polylines reach this far from the ego's origin, metres.
  static constexpr double kReachM = 80;
  // Points of a polyline are this far apart along the road at most, metres.
  static constexpr double kStepM = 2;

  // Keeps a pointer to the graph, which must outlive it. T_map_world is that of the clip's stage.
  LaneMap(const road::LaneGraph& graph, const math::Affine3d& T_map_world);

  // Every lane border with its mark, and the outline of every drivable lane, cut to kReachM, in the
  // ego frame.
  [[nodiscard]] std::vector<capture::LanePolyline> polylines(
      const math::Affine3d& T_world_ego) const;

  // Pixels that show a road's surface or its marks: 1 where the traffic of the drivable lane runs
  // within 90 degrees of the ego's heading, 2 where it runs the other way; 0 elsewhere. Decided for
  // each triangle at its centroid.
  [[nodiscard]] capture::Image<std::uint8_t> drivable_image(
      const world::SceneWindow& window, const scene::VisibilityRecord& record,
      const std::vector<core::ClassId>& road_classes, const math::Affine3d& T_world_ego) const;

 private:
  // Both borders of a lane at equal s; a line has its points in `outer` alone.
  struct Ribbon {
    std::string road;
    int lane = 0;
    std::string kind;
    bool area = false;
    int direction = 1;                      // of traffic along the points
    std::vector<math::Vec3d> inner, outer;  // world
  };
  void add_lane(const road::Road& road, int section, const road::Lane& lane);
  void add_ribbon(const road::Road& road, int section, const road::Lane& lane, double s0_m,
                  double s1_m, const std::string& kind, bool area);
  [[nodiscard]] std::uint8_t direction_at(const math::Vec3d& p_world,
                                          const math::Vec3d& ego_forward) const;

  const road::LaneGraph* graph_;
  math::Affine3d T_map_world_;
  std::vector<Ribbon> ribbons_;
};

}  // namespace oddroad::labels
