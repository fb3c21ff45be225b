#include "engine/traffic/controls.h"

#include <algorithm>
#include <cmath>

#include "engine/road/placed_signals.h"
#include "engine/traffic/movement.h"

namespace oddroad::traffic {
namespace {

using Kind = road::SignalKind;

// How far before a junction its lights and signs may stand.
constexpr double kLightReach_m = 40;
constexpr double kSignReach_m = 100;
// A stop line is not further before the junction than this, wherever the light stands.
constexpr double kFarthestLine_m = 15;
constexpr double kLineBeforeLight_m = 1;
constexpr double kTurn_rad = 0.6;
constexpr double kTown_mps = 50 / 3.6;

bool has_red_yellow(const std::string& country) {
  constexpr std::string_view kWithout[] = {"US", "CA", "CN", "JP", "KR", "FR",
                                           "ES", "IT", "NL", "BE", "AU", "NZ"};
  return std::find(std::begin(kWithout), std::end(kWithout), country) == std::end(kWithout);
}

double limit_of(const road::PlacedSignal& signal) {
  if (signal.kind == Kind::kSpeedLimit || signal.kind == Kind::kSpeedZone) return signal.speed_mps;
  return signal.kind == Kind::kTownSign ? kTown_mps : 0.0;
}

struct Finder {
  const road::LaneGraph& graph;
  LaneTable& lanes;
  const ConflictTable& conflicts;
  Controls& out;

  // Entries within `reach` ahead of a place, with the distance to each.
  void entries_ahead(std::uint32_t lane, double from_m, double reach,
                     std::vector<std::pair<std::uint32_t, double>>& found) const {
    const double rest = lanes[lane].length_m - from_m;
    for (const Interval& part : conflicts.guards(lane)) {
      if (part.begin_m < from_m || lanes[lane].junction >= 0) continue;
      if (part.begin_m - from_m <= reach) found.emplace_back(lane, part.begin_m - from_m);
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

  void govern(std::uint32_t lane, Kind kind, std::uint32_t head, double line_back) {
    Entry& entry = out.entries[lane];
    if (kind == Kind::kTrafficLight) {
      entry.heads.push_back(head);
      entry.line_back_m = line_back;
      out.heads[head].entries.push_back(lane);
      if (out.heads[head].junction < 0) out.heads[head].junction = lanes[lane].junction;
    }
    if (kind == Kind::kStop) entry.sign = SignRank::kStop;
    if (kind == Kind::kYield) entry.sign = SignRank::kYield;
    if (kind == Kind::kPriorityRoad || kind == Kind::kPriorityNextJunction) {
      entry.sign = SignRank::kPriority;
    }
  }

  void govern_ahead(std::uint32_t lane, const road::GovernedLane& at,
                    const road::PlacedSignal& signal, std::uint32_t head) {
    const bool light = signal.kind == Kind::kTrafficLight;
    const double before = at.at_stop_line ? 0.0 : kLineBeforeLight_m;
    std::vector<std::pair<std::uint32_t, double>> found;
    entries_ahead(lane, at.stop_m, light ? kLightReach_m : kSignReach_m, found);
    for (const auto& [entry, distance] : found) {
      if (!shows_to(signal.arrows, entry)) continue;
      govern(entry, signal.kind, head, std::clamp(distance + before, 1.0, kFarthestLine_m));
    }
    if (found.empty() && light) {
      out.road_lights[lane].push_back({std::max(0.0, at.stop_m - before), head});
    }
  }

  // An arrow light governs the ways that its arrows show.
  [[nodiscard]] bool shows_to(const road::LightArrows& arrows, std::uint32_t entry) const {
    if (!arrows.left && !arrows.straight && !arrows.right) return true;
    const double turn = movement_of(lanes, entry).turn_rad;
    return turn > kTurn_rad ? arrows.left : (turn < -kTurn_rad ? arrows.right : arrows.straight);
  }

  void apply(const road::PlacedSignal& signal, std::uint32_t head) {
    for (const road::GovernedLane& at : signal.lanes) {
      const std::uint32_t lane = at.lane.value - 1;
      if (!lanes[lane].usable) continue;
      if (lanes[lane].junction >= 0) {
        if (!shows_to(signal.arrows, lane)) continue;
        govern(lane, signal.kind, head, out.entries[lane].line_back_m);
      } else {
        govern_ahead(lane, at, signal, head);
      }
    }
  }

  // On this lane from here on and on those that continue it on the same road.
  void limit(const road::GovernedLane& at, double limit_mps) {
    std::uint32_t lane = at.lane.value - 1;
    const int road = lanes[lane].road;
    lanes.limit_from(lane, at.stop_m, limit_mps);
    for (int hop = 0; hop < 64 && !lanes[lane].next.empty(); ++hop) {
      lane = lanes[lane].next.front();
      if (lanes[lane].road != road) return;
      lanes.limit_from(lane, 0, limit_mps);
    }
  }
};

// In driving order, so that of two limits the later one holds.
void apply_limits(const road::LaneGraph& graph, const road::PlacedSignals& placed, Finder& finder) {
  struct Sign {
    double rank;
    const road::GovernedLane* at;
    double limit_mps;
  };
  std::vector<Sign> signs;
  for (const road::PlacedSignal& signal : placed.signals) {
    const double limit = limit_of(signal);
    for (const road::GovernedLane& at : signal.lanes) {
      if (limit <= 0 || !finder.lanes[at.lane.value - 1].usable) continue;
      const double s = graph.s_of({at.lane, at.stop_m});
      signs.push_back({graph.lane(at.lane).direction * s, &at, limit});
    }
  }
  std::stable_sort(signs.begin(), signs.end(), [](const Sign& a, const Sign& b) {
    return a.rank < b.rank;
  });
  for (const Sign& sign : signs) finder.limit(*sign.at, sign.limit_mps);
}

}  // namespace

Controls find_controls(const road::LaneGraph& graph, LaneTable& lanes,
                       const ConflictTable& conflicts) {
  Controls out;
  out.entries.resize(lanes.lanes().size());
  out.road_lights.resize(lanes.lanes().size());
  const road::PlacedSignals placed = road::place_signals(graph);
  Finder finder{graph, lanes, conflicts, out};
  for (const road::PlacedSignal& signal : placed.signals) {
    const bool walkers =
        signal.kind == Kind::kTrafficLightPedestrian || signal.kind == Kind::kTrafficLightBicycle;
    const road::Road& road = graph.map().roads[static_cast<std::size_t>(signal.road)];
    const road::RoadSignal& raw = road.signals[static_cast<std::size_t>(signal.signal)];
    const auto head = static_cast<std::uint32_t>(out.heads.size());
    if (walkers || signal.kind == Kind::kTrafficLight) {
      out.heads.push_back({raw.id,
                           walkers ? SignalKind::kPedestrianLight : SignalKind::kLight,
                           signal.road,
                           raw.s_m,
                           -1,
                           has_red_yellow(signal.country),
                           {}});
    }
    if (!walkers && road::rules_entry(signal.kind)) finder.apply(signal, head);
    if (signal.kind == Kind::kPriorityRoad || signal.kind == Kind::kPriorityNextJunction) {
      finder.apply(signal, head);
    }
  }
  apply_limits(graph, placed, finder);
  for (auto& lights : out.road_lights) {
    std::sort(lights.begin(), lights.end(), [](const RoadLight& a, const RoadLight& b) {
      return a.offset_m < b.offset_m;
    });
  }
  return out;
}

}  // namespace oddroad::traffic
