#include "engine/road/lane_graph.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "engine/core/check.h"
#include "engine/road/lane_joins.h"
#include "engine/road/stations.h"

namespace oddroad::road {
namespace {

using math::Vec3d;

constexpr double kChord_m = 0.005;
constexpr double kMaxStep_m = 20;
// Largest difference of the two halves' lengths over the whole.
constexpr double kUnevenness = 0.002;
constexpr int kMaxDepth = 12;
constexpr int kMaxHops = 64;
constexpr double kShortest_m = 0.01;
// Of all lanes together: a thousand kilometres of lanes have a tenth of it.
constexpr std::size_t kMostPoints = 1500000;

CentrePoint centre_point(const Road& road, int section, int lane, double s_m) {
  return {road.lane_point(section, lane, s_m, 0.5), 0, s_m,
          road.strip(section, lane, s_m).width_m()};
}

// Does the chord from a to b follow the centre line, and does arc length grow evenly with s along
// it (so that interpolating s between points keeps a constant speed constant)?
bool is_straight(const Road& road, const LaneNode& node, const CentrePoint& a,
                 const CentrePoint& middle, const CentrePoint& b) {
  if (b.s_m - a.s_m > kMaxStep_m) return false;
  const auto off_chord = [&](const Vec3d& p, double u) {
    return glm::length(p - (a.position + u * (b.position - a.position)));
  };
  if (off_chord(middle.position, 0.5) > kChord_m) return false;
  const double first = glm::length(middle.position - a.position);
  const double second = glm::length(b.position - middle.position);
  if (std::abs(first - second) > kUnevenness * (first + second)) return false;
  const double quarter = 0.75 * a.s_m + 0.25 * b.s_m;
  return off_chord(road.lane_point(node.section, node.lane, quarter, 0.5), 0.25) <= kChord_m;
}

// Appends points of (a, b], halving until the chords follow the centre line or `most` are there.
void refine(const Road& road, const LaneNode& node, const CentrePoint& a, const CentrePoint& b,
            int depth, std::size_t most, std::vector<CentrePoint>& out) {
  if (depth >= kMaxDepth || out.size() >= most || b.s_m - a.s_m < kShortest_m) {
    out.push_back(b);
    return;
  }
  const CentrePoint middle = centre_point(road, node.section, node.lane, 0.5 * (a.s_m + b.s_m));
  if (is_straight(road, node, a, middle, b)) {
    out.push_back(b);
    return;
  }
  refine(road, node, a, middle, depth + 1, most, out);
  refine(road, node, middle, b, depth + 1, most, out);
}

}  // namespace

LaneGraph::LaneGraph(const RoadMap& map) : map_(&map), locator_(map) {
  for (std::size_t road = 0; road < map.roads.size(); ++road) add_lanes(static_cast<int>(road));
  if (points_ >= kMostPoints) {
    warnings_.warning({map.source, 0, 0},
                      "the map's lanes need more than 1,500,000 centre points; what comes after is "
                      "drawn coarsely");
  }
  set_neighbours();
  for (const TipJoin& join : find_joins(map, warnings_)) {
    LaneId a = find(join.a.road, join.a.section, join.a.lane);
    LaneId b = find(join.b.road, join.b.section, join.b.lane);
    // Traffic leaves a lane where its section ends in driving direction.
    if ((lane(a).direction > 0) != join.a.at_end) std::swap(a, b);
    lanes_[a.value - 1].successors.push_back(b);
    lanes_[b.value - 1].predecessors.push_back(a);
    joins_.push_back({a, b, join.gap_m, join.derived, join.through_junction});
  }
  order_links();
}

void LaneGraph::add_lanes(int road_index) {
  const Road& road = map_->roads[static_cast<std::size_t>(road_index)];
  first_.emplace_back();
  for (std::size_t i = 0; i < road.sections.size(); ++i) {
    first_.back().push_back(lanes_.size());
    for (const Lane& lane : road.sections[i].lanes) {
      if (lane.id == 0) continue;
      LaneNode node;
      node.id = LaneId(static_cast<std::uint32_t>(lanes_.size() + 1));
      node.road = road_index;
      node.section = static_cast<int>(i);
      node.lane = lane.id;
      node.type = lane.type;
      node.direction = road.driving_direction(lane);
      node.both_ways = lane.direction == LaneDirection::kBoth;
      sample_centre(node, kMostPoints - std::min(kMostPoints, points_));
      points_ += node.centre.size();
      lanes_.push_back(std::move(node));
    }
  }
}

void LaneGraph::sample_centre(LaneNode& node, std::size_t most) const {
  const Road& road = map_->roads[static_cast<std::size_t>(node.road)];
  const LaneSection& section = road.sections[static_cast<std::size_t>(node.section)];
  std::vector<double> stations = {section.s_m};
  const std::vector<double>& breaks = break_stations(road);
  for (auto s = std::upper_bound(breaks.begin(), breaks.end(), section.s_m + 1e-6);
       s != breaks.end() && *s < section.end_m - 1e-6 && stations.size() < most; ++s) {
    stations.push_back(*s);
  }
  stations.push_back(section.end_m);
  std::vector<CentrePoint>& points = node.centre;
  points.push_back(centre_point(road, node.section, node.lane, stations.front()));
  for (std::size_t i = 1; i < stations.size(); ++i) {
    const CentrePoint from = points.back();
    refine(road, node, from, centre_point(road, node.section, node.lane, stations[i]), 0, most,
           points);
  }
  if (node.direction < 0) std::reverse(points.begin(), points.end());
  for (std::size_t i = 1; i < points.size(); ++i) {
    points[i].offset_m =
        points[i - 1].offset_m + glm::length(points[i].position - points[i - 1].position);
  }
  node.length_m = points.back().offset_m;
}

void LaneGraph::set_neighbours() {
  for (LaneNode& node : lanes_) {
    // Lane 0 lies between -1 and 1.
    const auto beside = [&](int step) {
      int id = node.lane + step;
      if (id == 0) id += step;
      return find(node.road, node.section, id);
    };
    node.left = beside(node.direction > 0 ? 1 : -1);
    node.right = beside(node.direction > 0 ? -1 : 1);
  }
}

void LaneGraph::order_links() {
  // Change of heading over the road that a lane leads onto, in the direction of travel.
  const auto turn = [&](const LaneNode& from, LaneId first, bool forward) {
    LaneId last = first;
    for (int hop = 0; hop < kMaxHops; ++hop) {
      const LaneNode& node = lane(last);
      const auto& next = forward ? node.successors : node.predecessors;
      if (next.empty() || lane(next.front()).road != node.road) break;
      last = next.front();
    }
    const LanePosition start{from.id, forward ? from.length_m : 0.0};
    const LanePosition end{last, forward ? lane(last).length_m : 0.0};
    return std::abs(math::wrap_angle(pose(end).heading_rad - pose(start).heading_rad));
  };
  const auto sort = [&](const LaneNode& node, std::vector<LaneId>& links, bool forward) {
    if (links.size() < 2) return;
    std::vector<std::tuple<bool, double, LaneId>> keys;
    for (const LaneId id : links) {
      const bool differs = is_drivable(lane(id).type) != is_drivable(node.type);
      keys.emplace_back(differs, std::floor(turn(node, id, forward) / 1e-4), id);
    }
    std::sort(keys.begin(), keys.end());
    for (std::size_t i = 0; i < keys.size(); ++i) links[i] = std::get<2>(keys[i]);
  };
  for (LaneNode& node : lanes_) {
    sort(node, node.successors, true);
    sort(node, node.predecessors, false);
  }
}

const LaneNode& LaneGraph::lane(LaneId id) const {
  ODDROAD_CHECK(id.value >= 1 && id.value <= lanes_.size());
  return lanes_[id.value - 1];
}

const Road& LaneGraph::road_of(LaneId id) const {
  return map_->roads[static_cast<std::size_t>(lane(id).road)];
}

LaneId LaneGraph::find(int road, int section, int lane_id) const {
  if (road < 0 || section < 0 || road >= static_cast<int>(first_.size())) return {};
  const auto& first = first_[static_cast<std::size_t>(road)];
  if (section >= static_cast<int>(first.size())) return {};
  for (std::size_t i = first[static_cast<std::size_t>(section)];
       i < lanes_.size() && lanes_[i].road == road && lanes_[i].section == section; ++i) {
    if (lanes_[i].lane == lane_id) return lanes_[i].id;
  }
  return {};
}

LaneId LaneGraph::find_at(int road, double s_m, int lane_id) const {
  if (road < 0 || road >= static_cast<int>(map_->roads.size())) return {};
  return find(road, map_->roads[static_cast<std::size_t>(road)].section_at(s_m), lane_id);
}

std::optional<LanePosition> LaneGraph::at(const std::string& road_id, double s_m,
                                          int lane_id) const {
  const LaneId id = find_at(map_->road_index(road_id), s_m, lane_id);
  if (!id) return std::nullopt;
  return from_s(id, s_m);
}

std::optional<LanePosition> LaneGraph::locate(const math::Vec3d& p, bool drivable_only,
                                              double* lateral_m) const {
  for (const RoadPlace& place : locator_.all(p.x, p.y, p.z)) {
    if (!place.lane) continue;
    const LaneId id = find(place.road, place.section, *place.lane);
    if (!id || (drivable_only && !is_drivable(lane(id).type))) continue;
    if (lateral_m != nullptr) {
      const double centre = road_of(id).strip(place.section, *place.lane, place.s_m).centre_t_m();
      *lateral_m = lane(id).direction * (place.t_m - centre);
    }
    return from_s(id, place.s_m);
  }
  return std::nullopt;
}

}  // namespace oddroad::road
