#include "engine/labels/lanes.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "engine/core/parallel.h"

namespace oddroad::labels {

using math::Vec3d;

namespace {

std::string mark_at(const road::Lane& lane, double s_m) {
  std::string type = "none";
  for (const road::RoadMark& mark : lane.marks) {
    if (mark.s_m <= s_m + 1e-6) type = mark.type;
  }
  return type;
}

// Runs of `count` samples that lie within reach; calls take(first, last + 1).
template <typename Near, typename Take>
void for_each_run(std::size_t count, const Near& near, const Take& take) {
  std::size_t first = 0;
  while (first < count) {
    while (first < count && !near(first)) ++first;
    std::size_t last = first;
    while (last < count && near(last)) ++last;
    if (last > first + 1) take(first, last);
    first = last;
  }
}

}  // namespace

LaneMap::LaneMap(const road::LaneGraph& graph, const math::Affine3d& T_map_world)
    : graph_(&graph), T_map_world_(T_map_world) {
  for (const road::Road& road : graph.map().roads) {
    for (int section = 0; section < static_cast<int>(road.sections.size()); ++section) {
      for (const road::Lane& lane : road.sections[section].lanes) add_lane(road, section, lane);
    }
  }
}

void LaneMap::add_lane(const road::Road& road, int section, const road::Lane& lane) {
  const road::LaneSection& records = road.sections[section];
  // One line for each stretch of one mark.
  std::vector<double> starts{records.s_m};
  for (const road::RoadMark& mark : lane.marks) {
    if (mark.s_m > records.s_m && mark.s_m < records.end_m) starts.push_back(mark.s_m);
  }
  starts.push_back(records.end_m);
  for (std::size_t k = 0; k + 1 < starts.size(); ++k) {
    add_ribbon(road, section, lane, starts[k], starts[k + 1], mark_at(lane, starts[k]), false);
  }
  if (lane.id == 0 || !road::is_drivable(lane.type)) return;
  add_ribbon(road, section, lane, records.s_m, records.end_m,
             std::string(road::to_string(lane.type)), true);
}

void LaneMap::add_ribbon(const road::Road& road, int section, const road::Lane& lane, double s0_m,
                         double s1_m, const std::string& kind, bool area) {
  if (!(s1_m > s0_m)) return;
  Ribbon ribbon{road.id, lane.id, kind, area, 1, {}, {}};
  if (area) ribbon.direction = road.driving_direction(lane);
  const int steps = std::max(1, static_cast<int>(std::ceil((s1_m - s0_m) / kStepM)));
  for (int k = 0; k <= steps; ++k) {
    const double s = s0_m + (s1_m - s0_m) * k / steps;
    ribbon.outer.push_back(road.lane_point(section, lane.id, s, 1) - T_map_world_.translation);
    if (area) {
      ribbon.inner.push_back(road.lane_point(section, lane.id, s, 0) - T_map_world_.translation);
    }
  }
  ribbons_.push_back(std::move(ribbon));
}

std::vector<capture::LanePolyline> LaneMap::polylines(const math::Affine3d& T_world_ego) const {
  const math::Affine3d T_ego_world = T_world_ego.inverse();
  std::vector<capture::LanePolyline> out;
  for (const Ribbon& r : ribbons_) {
    std::vector<Vec3d> outer;
    std::vector<Vec3d> inner;
    for (const Vec3d& p : r.outer) outer.push_back(T_ego_world.point(p));
    for (const Vec3d& p : r.inner) inner.push_back(T_ego_world.point(p));
    const auto near = [&](std::size_t k) {
      const Vec3d p = r.area ? 0.5 * (outer[k] + inner[k]) : outer[k];
      return glm::dot(p, p) <= kReachM * kReachM;
    };
    for_each_run(outer.size(), near, [&](std::size_t first, std::size_t last) {
      capture::LanePolyline line{r.road, r.lane, r.kind, r.area, 0, {}};
      line.points_ego_m.assign(outer.begin() + static_cast<std::ptrdiff_t>(first),
                               outer.begin() + static_cast<std::ptrdiff_t>(last));
      if (r.area) {
        for (std::size_t k = last; k-- > first;) line.points_ego_m.push_back(inner[k]);
        const double forward = outer[last - 1].x - outer[first].x;
        line.direction = forward * r.direction >= 0 ? 1 : 2;
      }
      out.push_back(std::move(line));
    });
  }
  return out;
}

std::uint8_t LaneMap::direction_at(const Vec3d& p_world, const Vec3d& ego_forward) const {
  const auto at = graph_->locate(T_map_world_.point(p_world), true);
  if (!at || !road::is_drivable(graph_->lane(at->lane).type)) return 0;
  const double heading = graph_->pose(*at).heading_rad;
  const double along = std::cos(heading) * ego_forward.x + std::sin(heading) * ego_forward.y;
  return along >= 0 ? 1 : 2;
}

capture::Image<std::uint8_t> LaneMap::drivable_image(const world::SceneWindow& window,
                                                     const scene::VisibilityRecord& record,
                                                     const std::vector<core::ClassId>& road_classes,
                                                     const math::Affine3d& T_world_ego) const {
  const Vec3d forward = T_world_ego.vector({1, 0, 0});
  std::vector<std::uint8_t> on_road;
  for (const world::Drawable& d : window.drawables) {
    on_road.push_back(std::find(road_classes.begin(), road_classes.end(), d.class_id) !=
                      road_classes.end());
  }
  capture::Image<std::uint8_t> out(record.width_px, record.height_px);
  core::parallel_for(record.height_px, [&](int y) {
    std::unordered_map<std::uint64_t, std::uint8_t> known;  // of this row's triangles
    for (int x = 0; x < record.width_px; ++x) {
      const std::size_t at = static_cast<std::size_t>(y) * record.width_px + x;
      const std::uint32_t d = record.drawable[at];
      if (d == 0 || on_road[d - 1] == 0) continue;
      const std::uint64_t key = (std::uint64_t{d} << 32) | record.triangle[at];
      const auto [it, fresh] = known.try_emplace(key, std::uint8_t{0});
      if (fresh) {
        const auto c = world::triangle_at(window, window.drawables[d - 1], record.triangle[at],
                                          window.begin_ns);
        it->second = direction_at((c[0] + c[1] + c[2]) / 3.0, forward);
      }
      out.pixels[at] = it->second;
    }
  });
  return out;
}

}  // namespace oddroad::labels
