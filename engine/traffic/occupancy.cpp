// Who is where on each lane, and who is ahead or behind.
#include <algorithm>
#include <cmath>

#include "engine/traffic/state.h"

namespace oddroad::traffic {
namespace {

constexpr double kBonnet_m = 1.5;

void touch(State& state, std::uint32_t lane) {
  if (state.lists[lane].empty()) state.touched.push_back(lane);
}

bool overlaps_lane(double front, double rear, double length) {
  return front > 0 && rear < length;
}

void add_vehicle(State& state, std::uint32_t slot, const Vehicle& v) {
  const auto add = [&](std::uint32_t lane, double start) {
    const double front = v.front() - start;
    const double rear = v.rear_end() - start;
    if (!overlaps_lane(front, rear, state.lane(lane).length_m)) return;
    touch(state, lane);
    state.lists[lane].push_back(
        {slot, static_cast<float>(front), static_cast<float>(rear), static_cast<float>(v.v_mps)});
  };
  for (std::uint32_t i = 0; i < v.path.size(); ++i) {
    if (v.path[i].start_m >= v.front()) break;
    add(v.path[i].lane, v.path[i].start_m);
  }
  if (v.from_lane == kNoLane) return;
  // During a change: the lane that is left, ahead and behind, and what lies behind the new one.
  const double from_start = v.path[v.at].start_m - v.from_shift_m;
  const Lane& from = state.lane(v.from_lane);
  add(v.from_lane, from_start);
  if (!from.next.empty()) add(from.next.front(), from_start + from.length_m);
  for (const std::uint32_t lane : {v.lane(), v.from_lane}) {
    const double start = lane == v.lane() ? v.path[v.at].start_m : from_start;
    for (const std::uint32_t before : state.lane(lane).previous) {
      if (v.at > 0 && before == v.path[v.at - 1].lane) continue;
      add(before, start - state.lane(before).length_m);
    }
  }
}

bool is_person(const State& state, std::uint32_t who) {
  return who >= kExternal && state.bodies[who - kExternal].kind == BodyKind::kPerson;
}

void sort_list(std::vector<Occupant>& list) {
  for (std::size_t i = 1; i < list.size(); ++i) {
    const Occupant moved = list[i];
    std::size_t k = i;
    while (k > 0 && (list[k - 1].front_m > moved.front_m ||
                     (list[k - 1].front_m == moved.front_m && list[k - 1].who > moved.who))) {
      list[k] = list[k - 1];
      --k;
    }
    list[k] = moved;
  }
}

void consider(Ahead& best, const Occupant& occupant, double gap) {
  if (gap >= best.gap_m) return;
  best = {gap, std::max(0.0, double{occupant.speed_mps}), occupant.who};
}

}  // namespace

void rebuild_lists(State& state) {
  for (const std::uint32_t lane : state.touched) state.lists[lane].clear();
  state.touched.clear();
  for (const std::uint32_t slot : state.order) add_vehicle(state, slot, state.vehicles[slot]);
  add_bodies_to_lists(state);
  for (const std::uint32_t lane : state.touched) sort_list(state.lists[lane]);
}

void insert_occupant(State& state, std::uint32_t lane, const Occupant& occupant) {
  touch(state, lane);
  state.lists[lane].push_back(occupant);
  sort_list(state.lists[lane]);
}

Leaders find_leaders(const State& state, std::uint32_t slot, double horizon_m) {
  const Vehicle& v = state.vehicles[slot];
  Leaders best;
  double hardest = 0;
  // A lane's list, whose offset 0 lies at path coordinate `start`.
  const auto look = [&](std::uint32_t lane, double start, double nearer_than) {
    for (const Occupant& o : state.lists[lane]) {
      // People are minded beside the bonnet, too: they may step in front of it.
      const double past = is_person(state, o.who) ? kBonnet_m : 0.0;
      if (o.who == slot || start + o.front_m <= v.front() - past || o.rear_m >= nearer_than)
        continue;
      const double gap = start + o.rear_m - v.front();
      consider(best.nearest, o, gap);
      if (v.v_mps <= o.speed_mps) continue;
      const double needed = braking_needed(v.v_mps, std::max(0.0f, o.speed_mps), gap);
      if (needed <= hardest) continue;
      hardest = needed;
      best.gravest = {gap, std::max(0.0, double{o.speed_mps}), o.who};
    }
  };
  for (std::uint32_t i = v.at; i < v.path.size(); ++i) {
    const PathItem& item = v.path[i];
    if (item.start_m > v.front() + horizon_m) break;
    look(item.lane, item.start_m, 1e9);
    // Those that leave for another branch are in the way as long as the branches overlap.
    const auto& conflicts = state.net->conflicts();
    for (const Conflict* c = conflicts.begin(item.lane); c != conflicts.end(item.lane); ++c) {
      if (c->kind != ConflictKind::kDiverge || state.lists[c->other].empty()) continue;
      look(c->other, item.start_m, c->theirs[kLarge][kLarge].end_m);
    }
  }
  return best;
}

Ahead find_old_leader(const State& state, std::uint32_t slot) {
  const Vehicle& v = state.vehicles[slot];
  Ahead best;
  if (v.from_lane == kNoLane) return best;
  double start = v.path[v.at].start_m - v.from_shift_m;
  const auto look = [&](std::uint32_t lane) {
    for (const Occupant& o : state.lists[lane]) {
      if (o.who == slot || start + o.front_m <= v.front()) continue;
      consider(best, o, start + o.rear_m - v.front());
    }
  };
  look(v.from_lane);
  const Lane& from = state.lane(v.from_lane);
  start += from.length_m;
  if (!from.next.empty()) look(from.next.front());
  return best;
}

Ahead leader_from(const State& state, std::uint32_t lane, double front_m, double horizon_m,
                  std::uint32_t except) {
  Ahead best;
  double start = 0;
  for (int hop = 0; hop < 8 && start < front_m + horizon_m; ++hop) {
    for (const Occupant& o : state.lists[lane]) {
      if (o.who == except || start + o.front_m <= front_m) continue;
      consider(best, o, start + o.rear_m - front_m);
    }
    const Lane& here = state.lane(lane);
    if (best.who != kNobody || here.next.empty()) break;
    start += here.length_m;
    lane = here.next.front();
  }
  return best;
}

Ahead follower_from(const State& state, std::uint32_t lane, double rear_m, double horizon_m,
                    std::uint32_t except) {
  Ahead best;
  // Of all lanes that lead here, one step further at a time along the straightest.
  const auto look = [&](std::uint32_t index, double start) {
    for (const Occupant& o : state.lists[index]) {
      if (o.who == except || start + o.rear_m > rear_m) continue;
      consider(best, o, rear_m - (start + o.front_m));
    }
  };
  double start = 0;
  look(lane, start);
  for (int hop = 0; hop < 8 && best.who == kNobody && rear_m - start < horizon_m; ++hop) {
    const Lane& here = state.lane(lane);
    if (here.previous.empty()) break;
    for (const std::uint32_t before : here.previous)
      look(before, start - state.lane(before).length_m);
    lane = here.previous.front();
    start -= state.lane(lane).length_m;
  }
  return best;
}

}  // namespace oddroad::traffic
