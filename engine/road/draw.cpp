#include <algorithm>
#include <cmath>
#include <set>

#include "engine/road/draw_furniture.h"
#include "engine/road/stations.h"
#include "engine/road/tools.h"

namespace oddroad::road {
namespace {

using math::Vec2d;

// A drawing needs far fewer vertices than a mesh.
StationOptions drawing_stations(const SvgCanvas& canvas) {
  const double chord = std::clamp(0.2 * canvas.metres_per_px(), 0.01, 0.2);
  return {.lateral_chord_m = chord, .vertical_chord_m = 1e9, .max_step_m = 100, .min_step_m = 0.1};
}

std::string lane_colour(LaneType type) {
  if (is_drivable(type)) return "#9aa0a8";
  switch (type) {
    case LaneType::kSidewalk:
      return "#e3cfa8";
    case LaneType::kParking:
      return "#8fb0d8";
    case LaneType::kBiking:
      return "#d98c7a";
    case LaneType::kShoulder:
    case LaneType::kStop:
      return "#bcc0b6";
    case LaneType::kMedian:
      return "#a9cf8f";
    case LaneType::kBorder:
    case LaneType::kCurb:
      return "#cfc6bb";
    case LaneType::kRestricted:
      return "#b59fc0";
    case LaneType::kTram:
    case LaneType::kRail:
      return "#8a7f78";
    case LaneType::kNone:
      return "#dcdfd3";
    default:
      return "#d8d3c4";
  }
}

std::string mark_colour(const std::string& name) {
  if (name == "yellow") return "#f2b800";
  if (name == "orange") return "#f07800";
  if (name == "blue") return "#2f6fd0";
  if (name == "red") return "#d7191c";
  if (name == "green") return "#2e8b57";
  if (name == "violet") return "#8a4fb0";
  if (name == "black") return "#222222";
  return "#ffffff";
}

// Drivable types share a colour, so they share a legend entry.
std::string legend_name(LaneType type) {
  return is_drivable(type) ? "driving" : std::string(to_string(type));
}

class RoadDrawing {
 public:
  RoadDrawing(SvgCanvas& canvas, const Road& road)
      : canvas_(canvas), road_(road), options_(drawing_stations(canvas)) {}

  void lanes(bool drivable) {
    for (int i = 0; i < sections(); ++i) {
      const std::vector<double> stations = section_stations(road_, i, options_);
      for (const Lane& lane : section(i).lanes) {
        if (lane.id != 0 && is_drivable(lane.type) == drivable) fill_lane(i, lane, stations);
      }
    }
  }

  void marks() {
    for (int i = 0; i < sections(); ++i) {
      for (const Lane& lane : section(i).lanes) {
        for (std::size_t k = 0; k < lane.marks.size(); ++k) {
          const double s0 = std::max(lane.marks[k].s_m, section(i).s_m);
          const double s1 = k + 1 < lane.marks.size()
                                ? std::min(lane.marks[k + 1].s_m, section(i).end_m)
                                : section(i).end_m;
          if (s1 > s0) draw_mark(i, lane, lane.marks[k], s0, s1);
        }
      }
    }
  }

  // An arrow on every drivable lane, clear of the road's name in the middle.
  void directions() {
    for (int i = 0; i < sections(); ++i) {
      const double s = 0.6 * section(i).s_m + 0.4 * section(i).end_m;
      for (const Lane& lane : section(i).lanes) {
        if (lane.id != 0 && is_drivable(lane.type)) draw_arrow(i, lane, s);
      }
    }
  }

  void name() {
    const double s = 0.5 * road_.length_m;
    const RoadFrame f = road_.frame(s);
    const double px = road_.is_connecting() ? 7 : 12;
    const double height = std::max(px * canvas_.metres_per_px(), 0.08 * px);
    canvas_.text(Vec2d(f.position), road_.id, height,
                 road_.is_connecting() ? "#7a4a00" : "#102a80");
  }

 private:
  [[nodiscard]] int sections() const { return static_cast<int>(road_.sections.size()); }
  [[nodiscard]] const LaneSection& section(int i) const {
    return road_.sections[static_cast<std::size_t>(i)];
  }
  // Before the section's end its own records hold.
  [[nodiscard]] Vec2d border(int i, int lane, double s, double shift_m = 0) const {
    const double inside = std::min(s, section(i).end_m - 1e-9);
    return Vec2d(road_.position(s, road_.strip(i, lane, inside).outer_t_m + shift_m));
  }

  void fill_lane(int i, const Lane& lane, const std::vector<double>& stations) {
    std::vector<Vec2d> outline;
    const int inner = lane.id > 0 ? lane.id - 1 : lane.id + 1;
    for (const double s : stations) outline.push_back(border(i, inner, s));
    for (auto s = stations.rbegin(); s != stations.rend(); ++s) {
      outline.push_back(border(i, lane.id, *s));
    }
    SvgStyle style;
    style.fill = lane_colour(lane.type);
    style.stroke = lane.type == LaneType::kNone ? "#cdd1c4" : "#86897f";
    style.stroke_width_m = 0.3 * canvas_.metres_per_px();
    style.title = "road " + road_.id + " lane " + std::to_string(lane.id) + " " + lane.type_name;
    canvas_.polygon(outline, style);
  }

  void draw_mark(int i, const Lane& lane, const RoadMark& mark, double s0, double s1) {
    if (mark.lines.empty() && mark.type != "curb") return;
    const std::vector<double> stations = adaptive_stations(road_, s0, s1, options_);
    if (mark.type == "curb") {
      std::vector<Vec2d> points;
      for (const double s : stations) points.push_back(border(i, lane.id, s));
      canvas_.polyline(points, {.stroke = "#55585c",
                                .stroke_width_m = std::max(0.15, 1.2 * canvas_.metres_per_px())});
    }
    for (const MarkLine& line : mark.lines) {
      std::vector<Vec2d> points;
      for (const double s : stations) points.push_back(border(i, lane.id, s, line.t_offset_m));
      SvgStyle style;
      style.stroke = mark_colour(mark.color);
      style.stroke_width_m = std::max(line.width_m, 1.2 * canvas_.metres_per_px());
      if (line.space_m > 0) style.dash_m = {line.length_m, line.space_m};
      canvas_.polyline(points, style);
    }
  }

  void draw_arrow(int i, const Lane& lane, double s) {
    const LaneStrip strip = road_.strip(i, lane.id, s);
    const double size = std::min(0.35 * strip.width_m(), 1.2);
    if (size < 2 * canvas_.metres_per_px()) return;
    const RoadFrame f = road_.frame(s, strip.centre_t_m());
    const Vec2d forward = Vec2d(f.forward) * static_cast<double>(road_.driving_direction(lane));
    const Vec2d left(-forward.y, forward.x);
    const Vec2d c(f.position);
    SvgStyle style;
    style.fill = "#5a6069";
    canvas_.polygon({c + 1.6 * size * forward, c - size * forward + 0.7 * size * left,
                     c - 0.4 * size * forward, c - size * forward - 0.7 * size * left},
                    style);
  }

  SvgCanvas& canvas_;
  const Road& road_;
  StationOptions options_;
};

void draw_names(SvgCanvas& canvas, const RoadMap& map) {
  for (const Road& road : map.roads) RoadDrawing(canvas, road).name();
}

}  // namespace

void draw_roads(SvgCanvas& canvas, const RoadMap& map, const DrawOptions& options) {
  // Connecting roads overlap each other: the roads that they connect cover them, and in each layer
  // where vehicles may drive covers where they may not.
  for (const bool connecting : {true, false}) {
    for (const bool drivable : {false, true}) {
      for (const Road& road : map.roads) {
        if (road.is_connecting() == connecting) RoadDrawing(canvas, road).lanes(drivable);
      }
    }
  }
  for (const Road& road : map.roads) RoadDrawing(canvas, road).marks();
  if (options.directions) {
    for (const Road& road : map.roads) {
      if (!road.is_connecting() || options.directions_in_junctions) {
        RoadDrawing(canvas, road).directions();
      }
    }
  }
  if (options.road_ids) draw_names(canvas, map);
}

std::string road_draw_svg(const RoadMap& map) {
  const LaneGraph graph(map);
  const PlacedObjects objects = place_objects(map);
  const PlacedSignals signals = place_signals(graph);
  math::Aabb view = map.bounds();
  for (const PlacedSignal& s : signals.signals) view.include(s.T_map_signal.translation);
  for (const PlacedObject& o : objects.objects) {
    view.include(o.T_map_object.translation);
    for (const PlacedOutline& outline : o.outlines) {
      for (const OutlinePoint& p : outline.points) view.include(p.base);
    }
  }
  const math::Vec3d size = view.size();
  const math::Vec3d rim(std::max(5.0, 0.04 * std::max(size.x, size.y)));
  view = {view.lower - rim, view.upper + rim};
  // Room for the legend, left of the map and above the scale.
  view.lower.x -= 0.09 * std::max(view.size().x, view.size().y);
  view.lower.y = std::min(view.lower.y, view.upper.y - 0.2 * view.size().x);
  SvgCanvas canvas(view);
  Legend things;
  draw_roads(canvas, map, {.road_ids = false, .directions_in_junctions = false});
  draw_structures(canvas, map, things);
  draw_junction_links(canvas, graph, things);
  draw_objects(canvas, map, objects, things);
  draw_signals(canvas, graph, signals, things);
  draw_names(canvas, map);
  std::vector<std::pair<std::string, std::string>> legend;
  std::set<std::string> named;
  for (const Road& road : map.roads) {
    for (const LaneSection& section : road.sections) {
      for (const Lane& lane : section.lanes) {
        if (lane.id == 0 || !named.insert(legend_name(lane.type)).second) continue;
        legend.emplace_back(lane_colour(lane.type), legend_name(lane.type));
      }
    }
  }
  for (const auto& [name, colour] : things) legend.emplace_back(colour, name);
  canvas.legend(legend);
  canvas.scale_bar();
  return canvas.to_string();
}

}  // namespace oddroad::road
