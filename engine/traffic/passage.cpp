// The next junction (or merge) on a vehicle's way: where it begins and ends for this vehicle, and
// its claim to it, by which others know that it comes.
#include <algorithm>
#include <cmath>

#include "engine/traffic/state.h"

namespace oddroad::traffic {
namespace {

// Between two passages a vehicle must have room to stand, or they count as one.
constexpr double kStandingRoom_m = 3;
// Others get to know of a vehicle this long before it arrives.
constexpr double kNotice_s = 8;
constexpr double kNotice_m = 25;
constexpr double kSlowest_mps = 3;
// A line passed by this much is a passage begun.
constexpr double kBegun_m = 0.7;

double expected_speed(const State& state, const Vehicle& v, const Passage& passage) {
  double speed = v.driver.top_speed_mps;
  const double lateral = std::sqrt(v.driver.lateral_mps2);
  for (std::uint32_t i = passage.first; i <= passage.last; ++i) {
    const Lane& lane = state.lane(v.path[i].lane);
    for (std::uint32_t p = 0; p < lane.pieces; ++p) {
      const SpeedPiece& piece = state.net->lanes().piece(lane, static_cast<int>(p));
      speed = std::min({speed, piece.limit_mps * v.speed_factor, piece.bend_mps * lateral});
    }
  }
  return std::max(speed, kSlowest_mps);
}

// The guarded stretches ahead, up to the first behind which the vehicle has room to stand.
Passage find_passage(const State& state, const Vehicle& v) {
  Passage out;
  out.line_m = kNoLeader_m;
  for (std::uint32_t i = 0; i < v.path.size(); ++i) {
    const PathItem& item = v.path[i];
    for (const Interval& part : state.net->conflicts().guards(item.lane)) {
      const double begin = item.start_m + part.begin_m;
      const double end = item.start_m + part.end_m;
      if (end <= v.rear_end()) continue;
      if (!out.exists()) {
        const bool junction = state.lane(item.lane).junction >= 0;
        out.entry = item.lane;
        out.line_m =
            begin - (junction ? state.net->controls().entries[item.lane].line_back_m : 0.0);
        out.first = i;
      } else if (begin > out.end_m + v.front_m + v.back_m + kStandingRoom_m) {
        out.speed_mps = expected_speed(state, v, out);
        return out;
      }
      out.last = i;
      out.end_m = end;
    }
  }
  if (out.exists()) out.speed_mps = expected_speed(state, v, out);
  return out;
}

void claim(State& state, std::uint32_t slot) {
  Vehicle& v = state.vehicles[slot];
  const auto wanted = v.passage.last - v.passage.first + 1;
  bool same = v.claimed.size() == wanted;
  for (std::uint32_t i = 0; same && i < wanted; ++i) {
    same = v.claimed[i] == v.path[v.passage.first + i].lane;
  }
  if (same) return;
  for (const std::uint32_t lane : v.claimed) std::erase(state.claims[lane], slot);
  v.claimed.clear();
  for (std::uint32_t i = v.passage.first; i <= v.passage.last; ++i) {
    v.claimed.push_back(v.path[i].lane);
    auto& list = state.claims[v.path[i].lane];
    list.insert(std::lower_bound(list.begin(), list.end(), slot), slot);
  }
}

}  // namespace

void release_passage(State& state, std::uint32_t slot) {
  Vehicle& v = state.vehicles[slot];
  for (const std::uint32_t lane : v.claimed) std::erase(state.claims[lane], slot);
  v.claimed.clear();
  v.grant = 0;
  v.passage = {};
  v.passage.line_m = kNoLeader_m;
  v.waits_since_s = -1;
  v.obeyed_stop = false;
  v.waived_id = 0;
}

void update_passage(State& state, std::uint32_t slot) {
  Vehicle& v = state.vehicles[slot];
  if (v.passage.exists() && v.rear_end() >= v.passage.end_m) release_passage(state, slot);
  if (v.grant != 0) {  // what was granted stays as it is until it is left behind
    claim(state, slot);
    return;
  }
  const std::uint32_t entry = v.passage.entry;
  const Passage found = find_passage(state, v);
  if (found.entry != entry) release_passage(state, slot);
  v.passage = found;
  if (!found.exists()) return;
  const double distance = found.line_m - v.front();
  if (distance > v.v_mps * kNotice_s + kNotice_m) return;
  claim(state, slot);
  if (distance < -kBegun_m) v.grant = state.next_grant++;
  if (v.v_mps < 0.3 && distance < 4 && v.grant == 0) {
    if (v.waits_since_s < 0) v.waits_since_s = state.time_s;
  } else if (v.v_mps > 1) {
    v.waits_since_s = -1;
  }
}

}  // namespace oddroad::traffic
