#include "engine/traffic/signal_program.h"

#include <algorithm>
#include <cmath>

#include "engine/core/random.h"

namespace oddroad::traffic {
namespace {

constexpr double kLeastAllRed_s = 1;
constexpr double kMostAllRed_s = 5;
constexpr double kClearingSpeed_mps = 9;
constexpr double kClearingLength_m = 6;
constexpr double kEntering_mps2 = 2;  // from rest at the line, after red with yellow
constexpr double kRedYellow_s = 1;
constexpr double kLonePhaseRed_s = 15;
constexpr double kWalking_mps = 1.2;
constexpr double kWalkAfterRed_s = 2;
constexpr double kLeastWalk_s = 4;
constexpr double kStraight_rad = 0.6;
constexpr double kOpposite_rad = 2.2;

double green_of(std::size_t phases) {
  if (phases <= 1) return 30;
  return phases == 2 ? 22 : (phases == 3 ? 16 : 13);
}

struct Group {
  std::vector<std::uint32_t> heads;
  std::vector<std::uint32_t> entries;
  int sequence = 0;
  double yellow_s = 3;
};

// All lanes of the passages that begin at the entries.
std::vector<std::uint32_t> passage(const LaneTable& lanes,
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

// May both be green? Oncoming traffic that turns across lets the other through by itself.
bool are_compatible(const LaneTable& lanes, const ConflictTable& conflicts, const Group& a,
                    const Group& b) {
  const auto of_b = passage(lanes, b.entries);
  for (const std::uint32_t lane : passage(lanes, a.entries)) {
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

// Heads that one controller switches are one group; the others by the road their traffic comes
// from.
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

// Groups share a phase if they may, in the order of their sequence numbers.
std::vector<std::vector<Group>> phases_of(const LaneTable& lanes, const ConflictTable& conflicts,
                                          std::vector<Group> groups) {
  std::stable_sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
    return a.sequence < b.sequence;
  });
  std::vector<std::vector<Group>> out;
  for (Group& group : groups) {
    const auto home = std::find_if(out.begin(), out.end(), [&](const std::vector<Group>& phase) {
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

std::vector<std::uint32_t> entries_of(const std::vector<Group>& phase) {
  std::vector<std::uint32_t> out;
  for (const Group& group : phase)
    out.insert(out.end(), group.entries.begin(), group.entries.end());
  return out;
}

void time_phases(const LaneTable& lanes, const ConflictTable& conflicts, const Controls& controls,
                 const std::vector<std::vector<Group>>& phases, double offset_seed,
                 std::vector<HeadTiming>& out) {
  double t = kRedYellow_s;
  const double green = green_of(phases.size());
  for (std::size_t p = 0; p < phases.size(); ++p) {
    double yellow = 0;
    for (const Group& group : phases[p]) yellow = std::max(yellow, group.yellow_s);
    for (const Group& group : phases[p]) {
      for (const std::uint32_t head : group.heads) {
        out[head] = {
            0, 0, t, t + green, group.yellow_s, controls.heads[head].red_yellow ? kRedYellow_s : 0};
      }
    }
    const auto& next = phases[(p + 1) % phases.size()];
    const double all_red =
        phases.size() > 1 ? clearance_s(lanes, conflicts, passage(lanes, entries_of(phases[p])),
                                        passage(lanes, entries_of(next)))
                          : kLonePhaseRed_s;
    t += green + yellow + all_red;
  }
  const double cycle = t - kRedYellow_s;
  for (const auto& phase : phases) {
    for (const Group& group : phase) {
      for (const std::uint32_t head : group.heads) {
        out[head].cycle_s = cycle;
        out[head].offset_s = offset_seed * cycle;
      }
    }
  }
}

// People walk while the traffic of the road they cross stands.
void time_walkers(const road::LaneGraph& graph, const LaneTable& lanes, const Controls& controls,
                  std::vector<HeadTiming>& out) {
  for (std::size_t i = 0; i < controls.heads.size(); ++i) {
    const Head& head = controls.heads[i];
    if (head.kind != SignalKind::kPedestrianLight) continue;
    const HeadTiming* crossed = nullptr;
    for (std::size_t k = 0; k < controls.heads.size() && crossed == nullptr; ++k) {
      const Head& other = controls.heads[k];
      if (other.kind != SignalKind::kLight) continue;
      const bool same =
          other.road == head.road ||
          std::any_of(other.entries.begin(), other.entries.end(), [&](std::uint32_t e) {
            return !lanes[e].previous.empty() && lanes[lanes[e].previous.front()].road == head.road;
          });
      if (same) crossed = &out[k];
    }
    if (crossed == nullptr) {  // nothing to wait for
      out[i] = {60, 0, 0, 60, 0, 0};
      continue;
    }
    const road::Road& road = graph.map().roads[static_cast<std::size_t>(head.road)];
    const auto& section = road.sections[static_cast<std::size_t>(road.section_at(head.s_m))];
    double width = 0;
    for (const road::Lane& lane : section.lanes) {
      if (!road::is_drivable(lane.type)) continue;
      width += road.strip(road.section_at(head.s_m), lane.id, head.s_m).width_m();
    }
    HeadTiming walk = *crossed;
    walk.green_from_s = crossed->green_to_s + crossed->yellow_s + kWalkAfterRed_s;
    const double closes =
        crossed->green_from_s + crossed->cycle_s - crossed->red_yellow_s - width / kWalking_mps;
    walk.green_to_s = closes - walk.green_from_s >= kLeastWalk_s ? closes : walk.green_from_s;
    walk.yellow_s = 0;
    walk.red_yellow_s = 0;
    out[i] = walk;
  }
}

}  // namespace

std::string_view to_string(LightState state) {
  switch (state) {
    case LightState::kRed:
      return "red";
    case LightState::kRedYellow:
      return "red and yellow";
    case LightState::kGreen:
      return "green";
    case LightState::kYellow:
      return "yellow";
  }
  return "red";
}

LightState state_at(const HeadTiming& h, double time_s) {
  if (h.green_to_s <= h.green_from_s) return LightState::kRed;
  double t = std::fmod(time_s + h.offset_s - h.green_from_s, h.cycle_s);
  if (t < 0) t += h.cycle_s;  // since green began
  const double green = h.green_to_s - h.green_from_s;
  if (t < green) return LightState::kGreen;
  if (t < green + h.yellow_s) return LightState::kYellow;
  return t >= h.cycle_s - h.red_yellow_s ? LightState::kRedYellow : LightState::kRed;
}

double clearance_s(const LaneTable& lanes, const ConflictTable& conflicts,
                   const std::vector<std::uint32_t>& leaving,
                   const std::vector<std::uint32_t>& entering) {
  double longest = kLeastAllRed_s;
  for (const std::uint32_t lane : leaving) {
    const double before = lane == movement_of(lanes, lane).entry ? 0.0 : lanes[lane].length_m;
    for (const Conflict* c = conflicts.begin(lane); c != conflicts.end(lane); ++c) {
      if (c->kind == ConflictKind::kDiverge) continue;
      if (std::find(entering.begin(), entering.end(), c->other) == entering.end()) continue;
      const double out = (before + c->own[1][1].end_m + kClearingLength_m) / kClearingSpeed_mps;
      const double in = std::sqrt(2 * std::max(0.0f, c->theirs[1][1].begin_m) / kEntering_mps2);
      longest = std::max(longest, out - in);
    }
  }
  return std::min(longest, kMostAllRed_s);
}

std::vector<HeadTiming> plan_programs(const road::LaneGraph& graph, const LaneTable& lanes,
                                      const ConflictTable& conflicts, const Controls& controls) {
  std::vector<HeadTiming> out(controls.heads.size());
  const auto seed = [](const std::string& name) {
    return core::unit_from_bits(static_cast<std::uint32_t>(core::hash64(name) >> 32));
  };
  for (std::size_t j = 0; j < graph.map().junctions.size(); ++j) {
    std::vector<std::uint32_t> heads;
    for (std::uint32_t i = 0; i < controls.heads.size(); ++i) {
      const Head& head = controls.heads[i];
      if (head.kind == SignalKind::kLight && head.junction == static_cast<int>(j))
        heads.push_back(i);
    }
    if (heads.empty()) continue;
    const auto groups = groups_of(graph, lanes, controls, static_cast<int>(j), heads);
    time_phases(lanes, conflicts, controls, phases_of(lanes, conflicts, groups),
                seed(graph.map().junctions[j].id), out);
  }
  // Lights on the open road: all of one road switch together.
  for (std::uint32_t i = 0; i < controls.heads.size(); ++i) {
    const Head& head = controls.heads[i];
    if (head.kind != SignalKind::kLight || head.junction >= 0) continue;
    const Group group = group_of(lanes, controls, {i}, 0);
    const std::string& name = graph.map().roads[static_cast<std::size_t>(head.road)].id;
    time_phases(lanes, conflicts, controls, {{group}}, seed("road " + name), out);
  }
  time_walkers(graph, lanes, controls, out);
  return out;
}

}  // namespace oddroad::traffic
