#include "engine/road/signal_lanes.h"

#include <algorithm>

namespace oddroad::road {
namespace {

// A light that stands this soon behind a junction's exit is meant for who enters the junction.
constexpr double kFarSide_m = 4;

bool is_valid(const std::vector<LaneValidity>& validities, int lane) {
  return validities.empty() ||
         std::any_of(validities.begin(), validities.end(), [&](const LaneValidity& v) {
           return lane >= v.from && lane <= v.to;
         });
}

bool may_obey(LaneType type, SignalKind kind, bool named) {
  const bool path = type == LaneType::kSidewalk || type == LaneType::kBiking;
  if (kind == SignalKind::kTrafficLightPedestrian) return named && path;
  if (kind == SignalKind::kTrafficLightBicycle) return type == LaneType::kBiking;
  return is_drivable(type) || (named && path);
}

bool runs(const LaneNode& node, Orientation orientation) {
  if (orientation == Orientation::kNone || node.both_ways) return true;
  return (node.direction > 0) == (orientation == Orientation::kWithS);
}

// The lane of the same road that traffic of this one came in by.
LaneId entry_of(const LaneGraph& graph, LaneId id) {
  for (std::size_t hops = 0; hops < graph.road_of(id).sections.size(); ++hops) {
    const auto& before = graph.lane(id).predecessors;
    const auto same = std::find_if(before.begin(), before.end(), [&](LaneId p) {
      return graph.lane(p).road == graph.lane(id).road;
    });
    if (same == before.end()) break;
    id = *same;
  }
  return id;
}

void add_unique(std::vector<GovernedLane>& out, const GovernedLane& lane) {
  const bool known = std::any_of(out.begin(), out.end(), [&](const GovernedLane& g) {
    return g.lane == lane.lane;
  });
  if (!known) out.push_back(lane);
}

}  // namespace

SignalLanes lanes_of(const LaneGraph& graph, const SignalPlace& place, SignalKind kind) {
  SignalLanes out;
  const Road& road = graph.map().roads[static_cast<std::size_t>(place.road)];
  const double s = std::clamp(place.s_m, 0.0, road.length_m);
  const int section = road.section_at(s);
  std::vector<LaneId> named;
  std::vector<LaneId> running;
  for (const Lane& lane : road.sections[static_cast<std::size_t>(section)].lanes) {
    const LaneId id = graph.find(place.road, section, lane.id);
    if (!id || !is_valid(*place.validities, lane.id)) continue;
    if (!may_obey(lane.type, kind, !place.validities->empty())) continue;
    named.push_back(id);
    if (runs(graph.lane(id), place.orientation)) running.push_back(id);
  }
  out.against_validity = !place.validities->empty() && running.empty() && !named.empty();
  const bool orders_entry = rules_entry(kind) || is_light(kind);
  for (const LaneId id : out.against_validity ? named : running) {
    if (road.is_connecting() && orders_entry) {
      add_unique(out.lanes, {entry_of(graph, id), 0});
      continue;
    }
    const double stop = graph.from_s(id, s).offset_m;
    std::vector<LaneId> through;
    if (is_light(kind) && stop < kFarSide_m) {
      for (const LaneId before : graph.lane(id).predecessors) {
        if (graph.road_of(before).is_connecting()) through.push_back(entry_of(graph, before));
      }
    }
    for (const LaneId before : through) add_unique(out.lanes, {before, 0});
    if (through.empty()) add_unique(out.lanes, {id, stop});
  }
  return out;
}

}  // namespace oddroad::road
