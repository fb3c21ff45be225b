// From map coordinates back to road coordinates.
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "engine/road/road_map.h"

namespace oddroad::road {

struct RoadPlace {
  int road = -1;  // index into RoadMap::roads
  int section = 0;
  std::optional<int> lane;  // empty: beside the lanes
  double s_m = 0;
  double t_m = 0;
  double h_m = 0;  // height above the road surface without lane heights; 0 if z was not given
};

// A uniform grid over the roads' strips. Keeps a pointer to the map, which must outlive it.
class RoadLocator {
 public:
  // Finds points up to margin_m beside the outermost lanes.
  explicit RoadLocator(const RoadMap& map, double margin_m = 5.0);

  // The best place: on a lane before beside one, then nearest in height (if z is given), then in
  // |t|, then lowest road index.
  [[nodiscard]] std::optional<RoadPlace> to_road(double x_m, double y_m) const;
  [[nodiscard]] std::optional<RoadPlace> to_road(const math::Vec3d& p) const;
  // Every road that passes there, best first.
  [[nodiscard]] std::vector<RoadPlace> all(double x_m, double y_m,
                                           std::optional<double> z_m = std::nullopt) const;
  // The place on one road, nearest to its reference line; empty if it lies off the road's ends or
  // farther aside than the margin.
  [[nodiscard]] std::optional<RoadPlace> on_road(int road, double x_m, double y_m,
                                                 std::optional<double> z_m = std::nullopt) const;

 private:
  struct Segment {
    int road = 0;
    double s0_m = 0;
    double s1_m = 0;
  };
  void add_road(int road, std::vector<math::Aabb>& bounds);
  void choose_cell(const std::vector<math::Aabb>& bounds);
  void insert(int segment, const math::Aabb& bounds);
  [[nodiscard]] std::optional<RoadPlace> solve(const Segment& segment, double x_m, double y_m,
                                               std::optional<double> z_m) const;

  const RoadMap* map_;
  double margin_m_;
  double cell_m_ = 20;
  std::vector<double> reach_m_;  // per road: farthest |t| of a lane border
  std::vector<Segment> segments_;
  std::map<std::pair<int, int>, std::vector<int>> cells_;
};

}  // namespace oddroad::road
