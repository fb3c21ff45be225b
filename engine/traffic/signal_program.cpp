#include "engine/traffic/signal_program.h"

#include <algorithm>
#include <cmath>

#include "engine/core/random.h"
#include "engine/traffic/signal_groups.h"

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

double green_of(std::size_t phases) {
  if (phases <= 1) return 30;
  return phases == 2 ? 22 : (phases == 3 ? 16 : 13);
}

void time_phases(const LaneTable& lanes, const ConflictTable& conflicts, const Controls& controls,
                 const std::vector<Phase>& phases, double offset_seed,
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
        phases.size() > 1
            ? clearance_s(lanes, conflicts, passage_lanes(lanes, entries_of(phases[p])),
                          passage_lanes(lanes, entries_of(next)))
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
