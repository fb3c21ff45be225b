#include "engine/road/tools.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include "engine/core/check.h"
#include "engine/road/lane_graph.h"

namespace oddroad::road {
namespace {

template <typename... Args>
std::string format(const char* pattern, Args... args) {
  char buffer[512];
  std::snprintf(buffer, sizeof(buffer), pattern, args...);
  return buffer;
}

std::string lane_counts(const Road& road) {
  // The section with most lanes says most about the road.
  const LaneSection* widest = &road.sections.front();
  for (const LaneSection& section : road.sections) {
    if (section.lanes.size() > widest->lanes.size()) widest = &section;
  }
  std::map<std::string, int> counts;
  for (const Lane& lane : widest->lanes) {
    if (lane.id != 0) ++counts[std::string(to_string(lane.type))];
  }
  std::string out;
  for (const auto& [type, count] : counts) {
    if (!out.empty()) out += ", ";
    out += std::to_string(count) + " " + type;
  }
  return out.empty() ? "no lanes" : out;
}

std::string road_line(const Road& road) {
  std::string out = "road " + road.id;
  if (!road.name.empty()) out += " \"" + road.name + "\"";
  out += format(": %.2f m, ", road.length_m) + road.type_at(0);
  const double limit = road.speed_limit_mps(0);
  if (limit > 0) out += format(" %.0f km/h", limit * 3.6);
  if (road.rule == TrafficRule::kLeftHand) out += ", left-hand traffic";
  out += ", " + std::to_string(road.sections.size()) +
         (road.sections.size() == 1 ? " section" : " sections") + ", " + lane_counts(road);
  if (road.is_connecting()) out += ", in junction " + road.junction_id;
  return out + "\n";
}

double drivable_length(const LaneGraph& graph) {
  double total = 0;
  for (const LaneNode& node : graph.lanes()) {
    if (is_drivable(node.type)) total += node.length_m;
  }
  return total;
}

// Stations every step_m from the section's start, and its end.
std::vector<double> sample_stations(const LaneSection& section, double step_m) {
  std::vector<double> out;
  for (int k = 0; section.s_m + k * step_m < section.end_m - 1e-6; ++k) {
    out.push_back(section.s_m + k * step_m);
  }
  out.push_back(section.end_m);
  return out;
}

// A text field of CSV: quoted only where it must be.
std::string csv_text(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

}  // namespace

std::string road_info(const RoadMap& map) {
  const LaneGraph graph(map);
  double length = 0;
  for (const Road& road : map.roads) length += road.length_m;
  const math::Aabb bounds = map.bounds();
  std::string out = map.source + ": OpenDRIVE " + std::to_string(map.header.major) + "." +
                    std::to_string(map.header.minor) + ", " + std::to_string(map.roads.size()) +
                    " roads, " + format("%.2f km", length / 1000) + ", " +
                    format("%.2f km of drivable lanes", drivable_length(graph) / 1000) + ", " +
                    std::to_string(map.junctions.size()) + " junctions\n";
  out += format("x %.1f to %.1f, y %.1f to %.1f, z %.1f to %.1f m\n", bounds.lower.x,
                bounds.upper.x, bounds.lower.y, bounds.upper.y, bounds.lower.z, bounds.upper.z);
  if (!map.header.geo_reference.empty()) out += "geo reference " + map.header.geo_reference + "\n";
  for (const Road& road : map.roads) out += road_line(road);
  for (const Junction& junction : map.junctions) {
    out +=
        "junction " + junction.id + ": " + std::to_string(junction.connections.size()) +
        " connections" +
        (junction.kind == JunctionKind::kDefault ? ""
                                                 : ", " + std::string(to_string(junction.kind))) +
        "\n";
  }
  core::Diagnostics warnings = map.warnings;
  warnings.append(graph.warnings());
  out += core::to_string(warnings);
  return out;
}

std::string road_sample_csv(const RoadMap& map, double step_m) {
  ODDROAD_CHECK_OP(step_m, >, 0.0);
  const LaneGraph graph(map);
  std::string out = "road,lane,s,x,y,z,heading,width\n";
  for (const LaneNode& node : graph.lanes()) {
    const Road& road = graph.road_of(node.id);
    const LaneSection& section = road.sections[static_cast<std::size_t>(node.section)];
    for (const double s : sample_stations(section, step_m)) {
      const LanePose pose = graph.pose(graph.from_s(node.id, s));
      out += csv_text(road.id) + "," + std::to_string(node.lane) +
             format(",%.6f,%.6f,%.6f,%.6f,%.9f,%.6f\n", s, pose.position.x, pose.position.y,
                    pose.position.z, pose.heading_rad, pose.width_m);
    }
  }
  return out;
}

}  // namespace oddroad::road
