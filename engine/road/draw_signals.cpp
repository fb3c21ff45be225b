#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/road/draw_furniture.h"

namespace oddroad::road {
namespace {

using math::Vec2d;
using math::Vec3d;

std::string signal_colour(SignalKind kind) {
  if (is_light(kind)) return "#00a651";
  if (rules_entry(kind)) return "#d7191c";
  if (is_painted(kind)) return "#ffffff";
  if (kind == SignalKind::kOther) return "#808080";
  switch (kind) {
    case SignalKind::kPriorityRoad:
    case SignalKind::kPriorityNextJunction:
    case SignalKind::kEndOfPriority:
      return "#f2b800";
    case SignalKind::kSpeedLimit:
    case SignalKind::kSpeedLimitEnd:
    case SignalKind::kSpeedZone:
    case SignalKind::kSpeedZoneEnd:
    case SignalKind::kMinimumSpeed:
    case SignalKind::kAdvisorySpeed:
      return "#c2185b";
    default:
      return "#2f6fd0";
  }
}

void draw_arrow(SvgCanvas& canvas, const Vec2d& at, double heading_rad, double size_m,
                const std::string& colour) {
  const Vec2d f(std::cos(heading_rad), std::sin(heading_rad));
  const Vec2d l(-f.y, f.x);
  canvas.polygon({at + size_m * f, at - 0.6 * size_m * f + 0.6 * size_m * l,
                  at - 0.6 * size_m * f - 0.6 * size_m * l},
                 {.fill = colour});
}

}  // namespace

void draw_junction_links(SvgCanvas& canvas, const LaneGraph& graph, Legend& legend) {
  const double px = canvas.metres_per_px();
  const std::string colour = "#ff7f0e";
  for (const LaneNode& node : graph.lanes()) {
    if (!graph.road_of(node.id).is_connecting() || !is_drivable(node.type)) continue;
    std::vector<Vec2d> line;
    for (const CentrePoint& p : node.centre) line.emplace_back(p.position);
    canvas.polyline(line, {.stroke = colour, .stroke_width_m = 1.2 * px, .opacity = 0.8});
    const LanePose middle = graph.pose({node.id, 0.6 * node.length_m});
    draw_arrow(canvas, Vec2d(middle.position), middle.heading_rad, 4 * px, colour);
    legend["lane in a junction"] = colour;
  }
  for (const LaneJoin& join : graph.joins()) {
    if (!join.through_junction || !is_drivable(graph.lane(join.from).type)) continue;
    const Vec3d p = graph.lane(join.from).centre.back().position;
    canvas.circle(
        Vec2d(p), 2 * px,
        {.fill = join.derived ? "#ffffff" : colour, .stroke = colour, .stroke_width_m = 0.7 * px});
  }
}

void draw_signals(SvgCanvas& canvas, const LaneGraph& graph, const PlacedSignals& placed,
                  Legend& legend) {
  const double px = canvas.metres_per_px();
  for (const PlacedSignal& signal : placed.signals) {
    const std::string colour = signal_colour(signal.kind);
    for (const GovernedLane& lane : signal.lanes) {
      if (!rules_entry(signal.kind)) continue;
      const LanePose pose = graph.pose({lane.lane, lane.stop_m});
      const Vec2d left(-std::sin(pose.heading_rad), std::cos(pose.heading_rad));
      const Vec2d p(pose.position);
      canvas.polyline({p + 0.45 * pose.width_m * left, p - 0.45 * pose.width_m * left},
                      {.stroke = colour, .stroke_width_m = std::max(0.3, 2 * px)});
      legend["stops there"] = colour;
    }
  }
  for (const PlacedSignal& signal : placed.signals) {
    const Road& road = graph.map().roads[static_cast<std::size_t>(signal.road)];
    const RoadSignal& said = road.signals[static_cast<std::size_t>(signal.signal)];
    const std::string colour = signal_colour(signal.kind);
    const Vec2d at(signal.T_map_signal.translation);
    const Vec2d front(signal.T_map_signal.linear[0]);
    const Vec2d side(-front.y, front.x);
    const double size = std::max(0.5 * signal.width_m, 4 * px);
    SvgStyle style;
    style.fill = colour;
    style.stroke = "#111111";
    style.stroke_width_m = 0.7 * px;
    style.title = std::string(to_string(signal.kind)) + " " + said.id + " " + said.type + " " +
                  said.subtype + " (road " + road.id + ", " + std::to_string(signal.lanes.size()) +
                  " lanes)";
    if (is_painted(signal.kind)) {
      const Vec2d across = 0.5 * std::max(signal.width_m, 2 * px) * side;
      const Vec2d along = 0.5 * std::max(signal.height_m, 2 * px) * front;
      canvas.polygon(
          {at + across + along, at - across + along, at - across - along, at + across - along},
          style);
    } else {
      canvas.polyline({at, at + 2.5 * size * front}, {.stroke = "#111111", .stroke_width_m = px});
      canvas.polygon({at + size * side, at - size * side, at - size * side + 0.9 * size * front,
                      at + size * side + 0.9 * size * front},
                     style);
    }
    legend[std::string(to_string(signal.kind))] = colour;
  }
}

}  // namespace oddroad::road
