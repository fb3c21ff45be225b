// Choosing the way: lanes ahead, turns at random or by a given list of roads, lanes for the turn.
#include <algorithm>
#include <cmath>

#include "engine/traffic/state.h"

namespace oddroad::traffic {
namespace {

constexpr double kTurn_rad = 0.6;
constexpr double kAround_rad = 2.4;
// Liking for straight on, turns and turning around.
constexpr double kStraightWeight = 1.0;
constexpr double kTurnWeight = 0.55;
constexpr double kAroundWeight = 0.02;
// A lane that ends before one can have left it is the last choice.
constexpr double kStallingWeight = 1e-4;
constexpr double kRoomToLeave_m = 35;
// Another lane's turns are chosen less often, and only with this much road left to change.
constexpr double kOtherLaneWeight = 0.4;
constexpr double kLeastRoomToChange_m = 70;
constexpr std::size_t kMostItems = 256;

double turn_of(const State& state, std::uint32_t lane) {
  return state.net->movement(lane).turn_rad;
}

bool stalls(const State& state, std::uint32_t lane) {
  double room = 0;  // to change lanes in
  for (int hop = 0; hop < 4; ++hop) {
    const Lane& here = state.lane(lane);
    if (here.junction < 0) room += here.end_m - here.begin_m;
    if (room > kRoomToLeave_m) return false;
    if (here.next.empty()) return here.ends;
    lane = here.next.front();
  }
  return false;
}

double liking(const State& state, std::uint32_t lane) {
  const double turn = std::abs(turn_of(state, lane));
  const double weight = turn > kTurn_rad ? kTurnWeight : kStraightWeight;
  return (turn > kAround_rad ? kAroundWeight : weight) *
         (stalls(state, lane) ? kStallingWeight : 1.0);
}

double draw(const State& state, const Vehicle& v, std::uint32_t lane) {
  // Keyed by vehicle, place and way so far: extending sooner or later chooses the same.
  const auto h = core::hash64(core::hash64((std::uint64_t{v.id} << 32) | lane, state.key),
                              static_cast<std::uint64_t>(std::llround(v.path.back().start_m)));
  return core::unit_from_bits64(static_cast<std::uint32_t>(h >> 32), static_cast<std::uint32_t>(h));
}

bool may_use(const State& state, const Vehicle& v, std::uint32_t lane) {
  return (state.fits[lane] >> v.model & 1u) != 0;
}

struct Option {
  std::uint32_t next = kNoLane;
  int side = 0;  // of the lane that it starts from
  double weight = 0;
};

// Onward lanes of `lane` and, with room to change, of those beside it.
void collect(const State& state, const Vehicle& v, std::uint32_t lane, double room,
             std::vector<Option>& out) {
  const auto add = [&](std::uint32_t from, int side, double weight) {
    bool any = false;
    for (const std::uint32_t next : state.lane(from).next) any |= may_use(state, v, next);
    for (const std::uint32_t next : state.lane(from).next) {
      if (any && !may_use(state, v, next)) continue;
      out.push_back({next, side, weight * liking(state, next)});
    }
  };
  add(lane, 0, 1);
  double weight = 1;
  for (const int side : {1, -1}) {
    std::uint32_t beside = lane;
    double needed = 0;
    weight = kOtherLaneWeight;
    for (;;) {
      beside = side > 0 ? state.lane(beside).left : state.lane(beside).right;
      needed += kLeastRoomToChange_m;
      if (beside == kNoLane || !may_use(state, v, beside)) break;
      if (room < needed && !out.empty()) break;
      add(beside, side, out.empty() ? 1.0 : weight);
      weight *= kOtherLaneWeight;
    }
  }
}

// Is there a way from `lane` over lanes of no junction or one to the road of the route?
bool leads_to(const State& state, std::uint32_t lane, int road, int hops = 6) {
  if (state.lane(lane).road == road) return true;
  if (hops == 0) return false;
  for (const std::uint32_t next : state.lane(lane).next) {
    if (leads_to(state, next, road, hops - 1)) return true;
  }
  return false;
}

Option choose(const State& state, Vehicle& v, std::uint32_t lane, double room) {
  std::vector<Option> options;
  collect(state, v, lane, room, options);
  if (options.empty()) return {};
  const Lane& here = state.lane(lane);
  if (v.goal != kNoLane) {
    for (const Option& option : options) {
      if (option.next == v.goal) return option;
    }
    const auto& before = state.lane(v.goal).previous;
    const bool lost = std::any_of(before.begin(), before.end(), [&](std::uint32_t lane_before) {
      return state.lane(lane_before).road == here.road;
    });
    if (lost) v.goal = kNoLane;
  }
  if (v.goal != kNoLane) {  // still ahead of that: beyond it, any way will do
    std::erase_if(options, [](const Option& option) {
      return option.side != 0;
    });
    if (options.empty()) return {};
  }
  if (!v.route.empty() && here.junction < 0) {
    while (!v.route.empty() && v.route.front() == here.road) v.route.erase(v.route.begin());
    if (!v.route.empty()) {
      options.clear();
      collect(state, v, lane, 1e9, options);
      for (const Option& option : options) {
        if (leads_to(state, option.next, v.route.front())) return option;
      }
    }
  }
  if (!v.route.empty() && here.junction >= 0) {
    for (const Option& option : options) {
      if (option.side == 0 && leads_to(state, option.next, v.route.front())) return option;
    }
  }
  double sum = 0;
  for (const Option& option : options) sum += option.weight;
  double pick = draw(state, v, lane) * sum;
  for (const Option& option : options) {
    pick -= option.weight;
    if (pick <= 0) return option;
  }
  return options.back();
}

}  // namespace

double path_end_m(const State& state, const Vehicle& v) {
  return v.path.back().start_m + state.lane(v.path.back().lane).length_m;
}

void extend_path(State& state, Vehicle& v, double ahead_m) {
  while (v.path.size() < kMostItems) {
    const std::uint32_t last = v.path.back().lane;
    const Lane& lane = state.lane(last);
    const double end = path_end_m(state, v);
    // Never end inside a junction: where it leads must be known before it is entered.
    const bool must = lane.junction >= 0 || end - v.p_m < ahead_m;
    if (!must) return;
    if (lane.next.size() == 1 && lane.left == kNoLane && lane.right == kNoLane) {
      v.path.push_back({lane.next.front(), end});
      continue;
    }
    const Option option = choose(state, v, last, end - std::max(v.p_m, v.path.back().start_m));
    if (option.next == kNoLane) return;
    if (option.next == v.goal) v.side = option.side;
    if (option.side == 0) {
      if (v.goal == kNoLane && lane.junction < 0 && state.lane(option.next).junction >= 0) {
        v.goal = option.next;
        v.side = 0;
      }
      v.path.push_back({option.next, end});
      continue;
    }
    // Another lane is needed for it; until then the way goes on as it can.
    v.goal = option.next;
    v.side = option.side;
    const std::uint32_t* onward = nullptr;
    for (const std::uint32_t& next : lane.next) {
      if (may_use(state, v, next)) {
        onward = &next;
        break;
      }
    }
    if (onward == nullptr) return;
    v.path.push_back({*onward, end});
  }
}

void switch_lane(State& state, Vehicle& v, std::uint32_t to) {
  PathItem& item = v.path[v.at];
  const double offset = v.offset();
  const double there = state.net->lanes().across(item.lane, offset, to);
  const double shift = offset - there;  // of the item's start
  for (std::uint32_t i = 0; i <= v.at; ++i) v.path[i].start_m += shift;
  item.lane = to;
  v.path.resize(v.at + 1);
}

void drop_passed(Vehicle& v, const State& state) {
  std::uint32_t drop = 0;
  while (drop < v.at &&
         v.path[drop].start_m + state.lane(v.path[drop].lane).length_m < v.rear_end() - 1) {
    ++drop;
  }
  if (drop == 0) return;
  v.path.erase(v.path.begin(), v.path.begin() + drop);
  v.at -= drop;
  v.passage.first -= std::min(v.passage.first, drop);
  v.passage.last -= std::min(v.passage.last, drop);
}

}  // namespace oddroad::traffic
