#include <algorithm>
#include <cmath>

#include "engine/core/check.h"
#include "engine/road/lane_graph.h"

namespace oddroad::road {
namespace {

using math::Vec3d;

// Step of the numerical derivative of a lane centre's slope.
constexpr double kSlopeStep_m = 0.05;
// A route through lanes without length would not end.
constexpr int kMaxLanes = 100000;

// The successor that a vehicle takes by itself: links are sorted, alike and straightest first.
LaneId natural_next(const LaneGraph& graph, LaneId id, bool forward) {
  const LaneNode& node = graph.lane(id);
  const auto& links = forward ? node.successors : node.predecessors;
  if (links.empty()) return {};
  const LaneId next = links.front();
  if (is_drivable(node.type) && !is_drivable(graph.lane(next).type)) return {};
  return next;
}

}  // namespace

double LaneGraph::s_of(const LanePosition& at) const {
  const std::vector<CentrePoint>& points = lane(at.lane).centre;
  const double offset = std::clamp(at.offset_m, 0.0, points.back().offset_m);
  const auto after = std::lower_bound(points.begin() + 1, points.end() - 1, offset,
                                      [](const CentrePoint& p, double o) {
                                        return p.offset_m < o;
                                      });
  const CentrePoint& b = *after;
  const CentrePoint& a = *(after - 1);
  const double span = b.offset_m - a.offset_m;
  return span > 0 ? a.s_m + (b.s_m - a.s_m) * (offset - a.offset_m) / span : a.s_m;
}

LanePosition LaneGraph::from_s(LaneId id, double s_m) const {
  const LaneNode& node = lane(id);
  const std::vector<CentrePoint>& points = node.centre;
  const auto before = [&](const CentrePoint& p, double s) {
    return node.direction > 0 ? p.s_m < s : p.s_m > s;
  };
  const auto after = std::lower_bound(points.begin() + 1, points.end() - 1, s_m, before);
  const CentrePoint& b = *after;
  const CentrePoint& a = *(after - 1);
  const double u = std::clamp((s_m - a.s_m) / (b.s_m - a.s_m), 0.0, 1.0);
  return {id, a.offset_m + u * (b.offset_m - a.offset_m)};
}

LanePosition LaneGraph::across(const LanePosition& at, LaneId neighbour) const {
  ODDROAD_CHECK_OP(lane(at.lane).road, ==, lane(neighbour).road);
  return from_s(neighbour, s_of(at));
}

LanePose LaneGraph::pose(const LanePosition& at, double lateral_m) const {
  const LaneNode& node = lane(at.lane);
  const Road& road = road_of(at.lane);
  const LaneSection& section = road.sections[static_cast<std::size_t>(node.section)];
  LanePose out;
  out.s_m = s_of(at);
  // At the section's ends the records of this section hold, not those of the next.
  const double s = std::clamp(out.s_m, section.s_m, std::max(section.s_m, section.end_m - 1e-9));
  const LaneStrip strip = road.strip(node.section, node.lane, s);
  const double t = strip.centre_t_m() + node.direction * lateral_m;
  const double dt = road.centre_slope(node.section, node.lane, s);
  const double s0 = std::max(section.s_m, s - kSlopeStep_m);
  const double s1 = std::min(section.end_m - 1e-9, s + kSlopeStep_m);
  const double ddt = s1 > s0 ? (road.centre_slope(node.section, node.lane, s1) -
                                road.centre_slope(node.section, node.lane, s0)) /
                                   (s1 - s0)
                             : 0.0;
  const RoadFrame frame = road.reference_frame(s);
  const Lane& cross = *section.find(node.lane);
  const LateralHeight shape = road.lateral.empty() ? LateralHeight{} : road.lateral.at(s, t);
  const double curvature = road.curvature(s);
  // Along s the point (s, t(s)) moves by (1 - curvature t) forward and dt to the left.
  const double stretch = std::max(1e-6, 1 - curvature * t);
  const double speed = std::hypot(stretch, dt);
  const double drift = std::atan2(dt, stretch);
  const double rise = std::tan(frame.pitch_rad) + dt * std::sin(frame.roll_rad) +
                      std::cos(frame.roll_rad) *
                          (t * road.superelevation.slope(s) + shape.along + dt * shape.across);
  const bool against = node.direction < 0;
  out.heading_rad = math::wrap_angle(frame.heading_rad + drift + (against ? M_PI : 0.0));
  out.pitch_rad = node.direction * std::atan2(rise, speed);
  out.roll_rad = cross.level ? 0 : node.direction * (frame.roll_rad + std::atan(shape.across));
  out.curvature_1pm = node.direction * (curvature * stretch + ddt) / (speed * speed);
  out.width_m = strip.width_m();
  out.position = road.surface(node.section, s, t);
  const double beyond = at.offset_m - std::clamp(at.offset_m, 0.0, node.length_m);
  if (beyond != 0) {
    const double flat = beyond * std::cos(out.pitch_rad);
    out.position += Vec3d(flat * std::cos(out.heading_rad), flat * std::sin(out.heading_rad),
                          beyond * std::sin(out.pitch_rad));
    out.curvature_1pm = 0;
  }
  return out;
}

std::optional<LanePosition> LaneGraph::advance(const LanePosition& from, double distance_m) const {
  LanePosition at{from.lane, from.offset_m + distance_m};
  for (int i = 0; i < kMaxLanes; ++i) {
    const double length = lane(at.lane).length_m;
    if (at.offset_m >= 0 && at.offset_m <= length) return at;
    const bool forward = at.offset_m > length;
    const LaneId next = natural_next(*this, at.lane, forward);
    if (!next) return std::nullopt;
    at.offset_m = forward ? at.offset_m - length : at.offset_m + lane(next).length_m;
    at.lane = next;
  }
  return std::nullopt;
}

std::vector<LaneId> LaneGraph::lanes_ahead(const LanePosition& from, double distance_m) const {
  std::vector<LaneId> out = {from.lane};
  double covered = lane(from.lane).length_m - from.offset_m;
  while (covered < distance_m && out.size() < static_cast<std::size_t>(kMaxLanes)) {
    const LaneId next = natural_next(*this, out.back(), true);
    if (!next) break;
    out.push_back(next);
    covered += lane(next).length_m;
  }
  return out;
}

std::vector<AheadPoint> LaneGraph::lane_ahead(const LanePosition& from, double distance_m) const {
  std::vector<AheadPoint> out = {{pose(from).position, 0, from}};
  double start = -from.offset_m;  // path distance at which the current lane begins
  for (const LaneId id : lanes_ahead(from, distance_m)) {
    const LaneNode& node = lane(id);
    for (const CentrePoint& p : node.centre) {
      const double distance = start + p.offset_m;
      if (distance <= out.back().distance_m + 1e-9) continue;
      if (distance >= distance_m) {
        const LanePosition last{id, distance_m - start};
        out.push_back({pose(last).position, distance_m, last});
        return out;
      }
      out.push_back({p.position, distance, {id, p.offset_m}});
    }
    start += node.length_m;
  }
  return out;
}

double LaneGraph::distance_to_end(const LanePosition& from, double limit_m) const {
  double free = -from.offset_m;
  for (const LaneId id : lanes_ahead(from, limit_m)) free += lane(id).length_m;
  return std::min(free, limit_m);
}

LaneId LaneGraph::drivable_left(LaneId id) const {
  const LaneId left = lane(id).left;
  if (!left || !is_drivable(lane(left).type)) return {};
  return lane(left).direction == lane(id).direction ? left : LaneId{};
}

LaneId LaneGraph::drivable_right(LaneId id) const {
  const LaneId right = lane(id).right;
  if (!right || !is_drivable(lane(right).type)) return {};
  return lane(right).direction == lane(id).direction ? right : LaneId{};
}

LaneId LaneGraph::opposite(LaneId id) const {
  const LaneNode& node = lane(id);
  const LaneSection& section = road_of(id).sections[static_cast<std::size_t>(node.section)];
  LaneId best;
  for (const Lane& other : section.lanes) {
    const LaneId found = find(node.road, node.section, other.id);
    if (!found || !is_drivable(other.type) || lane(found).direction == node.direction) continue;
    if (!best || std::abs(lane(found).lane - node.lane) < std::abs(lane(best).lane - node.lane)) {
      best = found;
    }
  }
  return best;
}

}  // namespace oddroad::road
