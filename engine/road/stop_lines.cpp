#include "engine/road/stop_lines.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace oddroad::road {
namespace {

// A painted stop line belongs to a light or sign that stands this far behind or before it.
constexpr double kLineBefore_m = 30;
constexpr double kLineBehind_m = 12;

using Lines = std::map<LaneId, std::vector<double>>;  // offsets along each lane

// Lanes that a painted object lies on.
void add_painted_lines(const LaneGraph& graph, Lines& lines) {
  const RoadMap& map = graph.map();
  for (std::size_t road = 0; road < map.roads.size(); ++road) {
    const Road& r = map.roads[road];
    for (const RoadObject& o : r.objects) {
      if (o.kind != ObjectKind::kStopLine || !(o.s_m >= 0 && o.s_m <= r.length_m)) continue;
      const double reach = 0.5 * std::max({o.length_m, o.width_m, 2 * o.radius_m});
      const int section = r.section_at(o.s_m);
      for (const Lane& lane : r.sections[static_cast<std::size_t>(section)].lanes) {
        const LaneId id = graph.find(static_cast<int>(road), section, lane.id);
        if (!id || !is_drivable(lane.type)) continue;
        const double t = r.strip(section, lane.id, o.s_m).centre_t_m();
        if (std::abs(t - o.t_m) <= std::max(reach, 1.0)) {
          lines[id].push_back(graph.from_s(id, o.s_m).offset_m);
        }
      }
    }
  }
}

}  // namespace

void use_stop_lines(const LaneGraph& graph, std::vector<PlacedSignal>& signals) {
  Lines lines;
  add_painted_lines(graph, lines);
  for (const PlacedSignal& signal : signals) {
    if (signal.kind != SignalKind::kStopLine) continue;
    for (const GovernedLane& lane : signal.lanes) lines[lane.lane].push_back(lane.stop_m);
  }
  if (lines.empty()) return;
  for (PlacedSignal& signal : signals) {
    if (!rules_entry(signal.kind)) continue;
    for (GovernedLane& lane : signal.lanes) {
      const auto found = lines.find(lane.lane);
      if (found == lines.end()) continue;
      double best = kLineBefore_m + 1;
      const double stood = lane.stop_m;
      for (const double line : found->second) {
        const double distance = std::abs(line - stood);
        if (line < stood - kLineBefore_m || line > stood + kLineBehind_m || distance >= best) {
          continue;
        }
        best = distance;
        lane.stop_m = line;
        lane.at_stop_line = true;
      }
    }
  }
}

}  // namespace oddroad::road
