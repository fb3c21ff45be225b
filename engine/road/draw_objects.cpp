#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/road/draw_furniture.h"
#include "engine/road/stations.h"

namespace oddroad::road {
namespace {

using math::Vec2d;
using math::Vec3d;

std::string object_colour(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::kTree:
    case ObjectKind::kVegetation:
    case ObjectKind::kHedge:
      return "#3f8f3a";
    case ObjectKind::kBuilding:
      return "#b0705a";
    case ObjectKind::kParkingSpace:
      return "#5b86c4";
    case ObjectKind::kCrosswalk:
      return "#f4f4f4";
    case ObjectKind::kRoadMark:
    case ObjectKind::kStopLine:
      return "#ffffff";
    case ObjectKind::kTrafficIsland:
    case ObjectKind::kPatch:
      return "#8c8c84";
    case ObjectKind::kGuardRail:
    case ObjectKind::kRailing:
    case ObjectKind::kFence:
    case ObjectKind::kBarrier:
    case ObjectKind::kWall:
    case ObjectKind::kSoundBarrier:
      return "#6a4fa0";
    case ObjectKind::kStreetLamp:
      return "#e0a800";
    case ObjectKind::kPole:
    case ObjectKind::kDelineator:
    case ObjectKind::kBollard:
    case ObjectKind::kGantry:
      return "#333333";
    case ObjectKind::kCone:
    case ObjectKind::kObstacle:
      return "#e8641e";
    case ObjectKind::kTrafficSign:
      return "#c2185b";
    default:
      return "#a0408a";
  }
}

std::string paint_colour(const std::string& name) {
  if (name == "yellow") return "#f2b800";
  if (name == "blue") return "#2f6fd0";
  if (name == "red") return "#d7191c";
  return "#ffffff";
}

std::vector<Vec2d> flat(const PlacedOutline& outline) {
  std::vector<Vec2d> out;
  for (const OutlinePoint& p : outline.points) out.emplace_back(p.base);
  return out;
}

void draw_body(SvgCanvas& canvas, const PlacedObject& object, SvgStyle style) {
  std::vector<Vec2d> left;
  std::vector<Vec2d> right;
  const double thin = 0.5 * 2 * canvas.metres_per_px();
  for (const PathPoint& p : object.path) {
    const double half = std::max(0.5 * std::max(p.width_m, 2 * p.radius_m), thin);
    left.emplace_back(p.base + half * p.left);
    right.emplace_back(p.base - half * p.left);
  }
  left.insert(left.end(), right.rbegin(), right.rend());
  canvas.polygon(left, style);
}

void draw_marking(SvgCanvas& canvas, const PlacedMarking& marking) {
  std::vector<Vec2d> line;
  for (const Vec3d& p : marking.line) line.emplace_back(p);
  SvgStyle style;
  style.stroke = paint_colour(marking.color);
  style.stroke_width_m = std::max(marking.width_m, 0.8 * canvas.metres_per_px());
  if (marking.space_m > 0 && marking.dash_m > 0) style.dash_m = {marking.dash_m, marking.space_m};
  canvas.polyline(line, style);
}

void draw_object(SvgCanvas& canvas, const Road& road, const PlacedObject& object) {
  const RoadObject& said = road.objects[static_cast<std::size_t>(object.object)];
  const double px = canvas.metres_per_px();
  SvgStyle style;
  style.fill = object_colour(object.kind);
  style.stroke = is_flat(object.kind) ? "#666666" : "#222222";
  style.stroke_width_m = 0.5 * px;
  style.opacity = 0.75;
  style.title = std::string(to_string(object.kind)) + " " + said.id + " " + said.name + " (road " +
                road.id + ")";
  if (!object.path.empty()) return draw_body(canvas, object, style);
  for (const PlacedOutline& outline : object.outlines) {
    if (outline.closed) {
      canvas.polygon(flat(outline), style);
    } else {
      SvgStyle open = style;
      open.fill = "none";
      open.stroke_width_m = 1.5 * px;
      canvas.polyline(flat(outline), open);
    }
  }
  for (const PlacedMarking& marking : object.markings) draw_marking(canvas, marking);
  if (!object.outlines.empty()) return;
  const Vec3d origin = object.T_map_object.translation;
  if (object.length_m > 4 * px && object.width_m > 0) {
    std::vector<Vec2d> box;
    for (const auto& [u, v] : {std::pair(-0.5, -0.5), {0.5, -0.5}, {0.5, 0.5}, {-0.5, 0.5}}) {
      box.emplace_back(object.T_map_object.point({u * object.length_m, v * object.width_m, 0}));
    }
    canvas.polygon(box, style);
  } else {
    canvas.circle(Vec2d(origin), std::max({object.radius_m, 0.25, 2 * px}), style);
  }
}

// Both edges of the lanes along a stretch of road.
std::vector<Vec2d> edges(const Road& road, double s0, double s1, double step_m) {
  std::vector<Vec2d> left;
  std::vector<Vec2d> right;
  const int n = std::max(1, static_cast<int>(std::ceil((s1 - s0) / step_m)));
  for (int k = 0; k <= n; ++k) {
    const double s = s0 + (s1 - s0) * k / n;
    const int i = road.section_at(std::min(s, road.length_m - 1e-9));
    const LaneSection& section = road.sections[static_cast<std::size_t>(i)];
    const double inside = std::min(s, section.end_m - 1e-9);
    left.emplace_back(road.position(s, road.strip(i, section.leftmost_id(), inside).outer_t_m));
    right.emplace_back(road.position(s, road.strip(i, section.rightmost_id(), inside).outer_t_m));
  }
  left.insert(left.end(), right.rbegin(), right.rend());
  return left;
}

}  // namespace

void draw_structures(SvgCanvas& canvas, const RoadMap& map, Legend& legend) {
  const double px = canvas.metres_per_px();
  for (const Road& road : map.roads) {
    for (const RoadStructure& s : road.structures) {
      const bool bridge = s.kind == RoadStructure::Kind::kBridge;
      SvgStyle style;
      style.fill = bridge ? "none" : "#20242c";
      style.opacity = bridge ? 1 : 0.35;
      style.stroke = bridge ? "#7a2e12" : "#20242c";
      style.stroke_width_m = 2.5 * px;
      if (!bridge) style.dash_m = {6 * px, 4 * px};
      style.title = (bridge ? "bridge " : "tunnel ") + s.id + " " + s.name;
      canvas.polygon(edges(road, s.s_m, s.s_m + s.length_m, std::max(1.0, 4 * px)), style);
      legend[bridge ? "bridge" : "tunnel"] = style.stroke;
    }
  }
}

void draw_objects(SvgCanvas& canvas, const RoadMap& map, const PlacedObjects& placed,
                  Legend& legend) {
  // What lies on the ground first.
  for (const bool flat_ones : {true, false}) {
    for (const PlacedObject& object : placed.objects) {
      if (is_flat(object.kind) != flat_ones) continue;
      draw_object(canvas, map.roads[static_cast<std::size_t>(object.road)], object);
      legend[std::string(to_string(object.kind))] = object_colour(object.kind);
    }
  }
}

}  // namespace oddroad::road
