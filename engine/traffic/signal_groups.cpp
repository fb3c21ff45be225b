#include "engine/traffic/signal_groups.h"

#include <algorithm>
#include <cmath>

namespace oddroad::traffic {
namespace {

constexpr double kStraight_rad = 0.6;
constexpr double kOpposite_rad = 2.2;

// May both be green? Oncoming traffic that turns across lets the other through by itself.
bool are_compatible(const LaneTable& lanes, const ConflictTable& conflicts, const Group& a,
                    const Group& b) {
  const auto of_b = passage_lanes(lanes, b.entries);
  for (const std::uint32_t lane : passage_lanes(lanes, a.entries)) {
    const Movement m = movement_of(lanes, lane);
    for (const Conflict* c = conflicts.begin(lane); c != conflicts.end(lane); ++c) {
      if (c->kind == ConflictKind::kDiverge) continue;
      if (std::find(of_b.begin(), of_b.end(), c->other) == of_b.end()) continue;
      const Movement n = movement_of(lanes, c->other);
      const bool oncoming =
          std::abs(math::wrap_angle(m.heading_rad - n.heading_rad)) > kOpposite_rad;
      const double side = lanes[lane].left_hand ? -1 : 1;
      const bool one_crosses =
          side * m.turn_rad > kStraight_rad || side * n.turn_rad > kStraight_rad;
      if (!oncoming || !one_crosses) return false;
    }
  }
  return true;
}

double yellow_of(const LaneTable& lanes, const std::vector<std::uint32_t>& entries) {
  double limit = 0;
  for (const std::uint32_t entry : entries) {
    for (const std::uint32_t before : lanes[entry].previous) {
      const Lane& lane = lanes[before];
      limit =
          std::max(limit, double{lanes.piece(lane, static_cast<int>(lane.pieces) - 1).limit_mps});
    }
  }
  const double kmh = 3.6 * limit;
  return kmh <= 51 ? 3 : (kmh <= 61 ? 4 : 5);
}

}  // namespace

std::vector<std::uint32_t> passage_lanes(const LaneTable& lanes,
                                         const std::vector<std::uint32_t>& entries) {
  std::vector<std::uint32_t> out = entries;
  for (std::size_t i = 0; i < out.size() && out.size() < 200; ++i) {
    const Lane& lane = lanes[out[i]];
    for (const std::uint32_t next : lane.next) {
      if (lane.junction < 0 || lanes[next].junction != lane.junction) continue;
      if (std::find(out.begin(), out.end(), next) == out.end()) out.push_back(next);
    }
  }
  return out;
}

Group group_of(const LaneTable& lanes, const Controls& controls, std::vector<std::uint32_t> heads,
               int sequence) {
  Group out;
  out.heads = std::move(heads);
  out.sequence = sequence;
  for (const std::uint32_t head : out.heads) {
    for (const std::uint32_t entry : controls.heads[head].entries) {
      if (std::find(out.entries.begin(), out.entries.end(), entry) == out.entries.end()) {
        out.entries.push_back(entry);
      }
    }
  }
  out.yellow_s = yellow_of(lanes, out.entries);
  return out;
}

std::vector<Group> groups_of(const road::LaneGraph& graph, const LaneTable& lanes,
                             const Controls& controls, int junction,
                             const std::vector<std::uint32_t>& heads) {
  std::vector<Group> out;
  std::vector<bool> taken(controls.heads.size(), false);
  const road::RoadMap& map = graph.map();
  for (const std::string& id : map.junctions[static_cast<std::size_t>(junction)].controller_ids) {
    const road::Controller* controller = map.find_controller(id);
    if (controller == nullptr) continue;
    std::vector<std::uint32_t> members;
    for (const std::uint32_t head : heads) {
      const auto& ids = controller->signal_ids;
      if (taken[head] ||
          std::find(ids.begin(), ids.end(), controls.heads[head].signal_id) == ids.end()) {
        continue;
      }
      taken[head] = true;
      members.push_back(head);
    }
    if (!members.empty()) out.push_back(group_of(lanes, controls, members, controller->sequence));
  }
  const bool has_controllers = !out.empty();
  std::vector<std::pair<int, std::vector<std::uint32_t>>> by_road;
  for (const std::uint32_t head : heads) {
    if (taken[head]) continue;
    int road = -1 - static_cast<int>(head);
    for (const std::uint32_t entry : controls.heads[head].entries) {
      if (!lanes[entry].previous.empty()) road = lanes[lanes[entry].previous.front()].road;
    }
    const auto found = std::find_if(by_road.begin(), by_road.end(), [&](const auto& entry) {
      return entry.first == road;
    });
    if (found == by_road.end()) {
      by_road.push_back({road, {head}});
    } else {
      found->second.push_back(head);
    }
  }
  for (auto& [road, members] : by_road) {
    out.push_back(group_of(lanes, controls, members, has_controllers ? 1000 : 0));
  }
  return out;
}

std::vector<Phase> phases_of(const LaneTable& lanes, const ConflictTable& conflicts,
                             std::vector<Group> groups) {
  std::stable_sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
    return a.sequence < b.sequence;
  });
  std::vector<Phase> out;
  for (Group& group : groups) {
    const auto home = std::find_if(out.begin(), out.end(), [&](const Phase& phase) {
      return std::all_of(phase.begin(), phase.end(), [&](const Group& other) {
        return are_compatible(lanes, conflicts, group, other);
      });
    });
    if (home == out.end()) {
      out.push_back({std::move(group)});
    } else {
      home->push_back(std::move(group));
    }
  }
  return out;
}

std::vector<std::uint32_t> entries_of(const Phase& phase) {
  std::vector<std::uint32_t> out;
  for (const Group& group : phase)
    out.insert(out.end(), group.entries.begin(), group.entries.end());
  return out;
}

}  // namespace oddroad::traffic
