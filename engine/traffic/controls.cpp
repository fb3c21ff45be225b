#include "engine/traffic/controls.h"

#include <algorithm>
#include <cmath>

namespace oddroad::traffic {
namespace {

// How far before a junction its lights and signs may stand.
constexpr double kLightReach_m = 40;
constexpr double kSignReach_m = 100;
// A stop line is not further before the junction than this, wherever the light stands.
constexpr double kFarthestLine_m = 15;
constexpr double kLineBeforeLight_m = 1;

// A signal or reference, placed on a road.
struct Placed {
  const road::RoadSignal* signal;
  int road;
  double s_m;
  road::Orientation orientation;
  const std::vector<road::LaneValidity>* validities;
};

bool is_for(const Placed& placed, const road::LaneNode& node, bool connecting) {
  if (!placed.validities->empty()) {
    return std::any_of(placed.validities->begin(), placed.validities->end(), [&](const auto& v) {
      return node.lane >= std::min(v.from, v.to) && node.lane <= std::max(v.from, v.to);
    });
  }
  // Writers disagree about the orientation of what stands on a connecting road.
  if (connecting || placed.orientation == road::Orientation::kNone) return true;
  const int along_s = placed.orientation == road::Orientation::kAgainstS ? -1 : 1;
  return node.direction == along_s;
}

struct Finder {
  const road::LaneGraph& graph;
  LaneTable& lanes;
  const ConflictTable& conflicts;
  Controls& out;

  [[nodiscard]] bool is_entry(std::uint32_t lane) const {
    return lanes[lane].junction >= 0 || std::isfinite(conflicts.guard_m(lane));
  }

  // Entries within `reach` ahead of a place, with the distance to each.
  void entries_ahead(std::uint32_t lane, double from_m, double reach,
                     std::vector<std::pair<std::uint32_t, double>>& found) const {
    const double rest = lanes[lane].length_m - from_m;
    const double guard = conflicts.guard_m(lane);
    if (std::isfinite(guard) && guard >= from_m && lanes[lane].junction < 0) {
      if (guard - from_m <= reach) found.emplace_back(lane, guard - from_m);
      return;
    }
    if (rest > reach) return;
    for (const std::uint32_t next : lanes[lane].next) {
      if (lanes[next].junction >= 0) {
        found.emplace_back(next, rest);
      } else {
        entries_ahead(next, 0, reach - rest - 0.01, found);
      }
    }
  }

  void apply(const Placed& placed, SignalKind kind, std::uint32_t head) {
    const road::Road& road = graph.map().roads[static_cast<std::size_t>(placed.road)];
    const int section = road.section_at(placed.s_m);
    for (const road::LaneNode& node : graph.lanes()) {
      const std::uint32_t lane = node.id.value - 1;
      if (node.road != placed.road || node.section != section || !lanes[lane].usable ||
          !is_for(placed, node, road.is_connecting())) {
        continue;
      }
      const double at = graph.from_s(node.id, placed.s_m).offset_m;
      if (kind == SignalKind::kSpeedLimit) {
        limit(node, at, limit_of_sign_mps(*placed.signal));
      } else if (lanes[lane].junction >= 0) {
        govern(lane, kind, head, out.entries[lane].line_back_m);
      } else {
        govern_ahead(lane, at, kind, head);
      }
    }
  }

  void govern_ahead(std::uint32_t lane, double at, SignalKind kind, std::uint32_t head) {
    const bool light = kind == SignalKind::kLight;
    std::vector<std::pair<std::uint32_t, double>> found;
    entries_ahead(lane, at, light ? kLightReach_m : kSignReach_m, found);
    for (const auto& [entry, distance] : found) {
      govern(entry, kind, head, std::clamp(distance + kLineBeforeLight_m, 1.0, kFarthestLine_m));
    }
    if (found.empty() && light) {
      out.road_lights[lane].push_back({std::max(0.0, at - kLineBeforeLight_m), head});
    }
  }

  void govern(std::uint32_t lane, SignalKind kind, std::uint32_t head, double line_back) {
    Entry& entry = out.entries[lane];
    if (kind == SignalKind::kLight) {
      entry.heads.push_back(head);
      entry.line_back_m = line_back;
      out.heads[head].entries.push_back(lane);
      if (out.heads[head].junction < 0) out.heads[head].junction = lanes[lane].junction;
    }
    if (kind == SignalKind::kStop) entry.sign = SignRank::kStop;
    if (kind == SignalKind::kYield) entry.sign = SignRank::kYield;
    if (kind == SignalKind::kPriorityRoad) entry.sign = SignRank::kPriority;
  }

  // On this lane from here on and on those that continue it on the same road.
  void limit(const road::LaneNode& node, double from_m, double limit_mps) {
    if (limit_mps <= 0) return;
    std::uint32_t lane = node.id.value - 1;
    lanes.limit_from(lane, from_m, limit_mps);
    for (int hop = 0; hop < 64 && !lanes[lane].next.empty(); ++hop) {
      lane = lanes[lane].next.front();
      if (lanes[lane].road != node.road) return;
      lanes.limit_from(lane, 0, limit_mps);
    }
  }
};

// Everything that stands on a road, in driving order for each direction, so that of two limits the
// later one holds.
std::vector<Placed> placed_on(const road::RoadMap& map, int road_index) {
  const road::Road& road = map.roads[static_cast<std::size_t>(road_index)];
  std::vector<Placed> out;
  for (const road::RoadSignal& signal : road.signals) {
    out.push_back({&signal, road_index, signal.s_m, signal.orientation, &signal.validities});
  }
  for (const road::SignalReference& reference : road.signal_references) {
    for (const road::Road& other : map.roads) {
      for (const road::RoadSignal& signal : other.signals) {
        if (signal.id != reference.signal_id) continue;
        out.push_back(
            {&signal, road_index, reference.s_m, reference.orientation, &reference.validities});
      }
    }
  }
  const auto rank = [](const Placed& p) {
    return p.orientation == road::Orientation::kAgainstS ? -p.s_m : p.s_m;
  };
  std::stable_sort(out.begin(), out.end(), [&](const Placed& a, const Placed& b) {
    return rank(a) < rank(b);
  });
  return out;
}

}  // namespace

Controls find_controls(const road::LaneGraph& graph, LaneTable& lanes,
                       const ConflictTable& conflicts) {
  const road::RoadMap& map = graph.map();
  Controls out;
  out.entries.resize(lanes.lanes().size());
  out.road_lights.resize(lanes.lanes().size());
  std::vector<const road::RoadSignal*> signals;  // of the heads
  for (std::size_t r = 0; r < map.roads.size(); ++r) {
    for (const road::RoadSignal& signal : map.roads[r].signals) {
      const SignalKind kind = classify(signal);
      if (kind != SignalKind::kLight && kind != SignalKind::kPedestrianLight) continue;
      out.heads.push_back(
          {signal.id, kind, static_cast<int>(r), signal.s_m, -1, has_red_yellow(signal), {}});
      signals.push_back(&signal);
    }
  }
  Finder finder{graph, lanes, conflicts, out};
  for (std::size_t r = 0; r < map.roads.size(); ++r) {
    for (const Placed& placed : placed_on(map, static_cast<int>(r))) {
      const SignalKind kind = classify(*placed.signal);
      if (kind == SignalKind::kOther || kind == SignalKind::kPedestrianLight) continue;
      const auto head = std::find(signals.begin(), signals.end(), placed.signal) - signals.begin();
      finder.apply(placed, kind, static_cast<std::uint32_t>(head));
    }
  }
  for (auto& lights : out.road_lights) {
    std::sort(lights.begin(), lights.end(), [](const RoadLight& a, const RoadLight& b) {
      return a.offset_m < b.offset_m;
    });
  }
  return out;
}

}  // namespace oddroad::traffic
