// May a vehicle enter a junction now, and whom must it let pass inside?
// Rights are granted one after another; within a junction an earlier grant goes first. As a grant
// is only given when all zones are free in time and there is room behind the junction, whoever has
// one waits at most for earlier ones, so no ring of waiting can form among them. Among those at
// the lines a ring is broken by letting the one go that has waited longest.
#include <algorithm>
#include <cmath>

#include "engine/traffic/state.h"

namespace oddroad::traffic {
namespace {

// Time between one leaving a zone and the next entering it.
constexpr double kAfter_s = 0.4;
constexpr double kBefore_s = 1.2;
// Asked of traffic with priority: it shall not have to react.
constexpr double kGap_s = 1.5;
constexpr double kMergeAfter_s = 0.9;
constexpr double kMergeBefore_s = 1.6;
constexpr double kImpatient_s = 40;  // until half of the gap is enough
constexpr double kRing_s = 1.5;      // standing before a ring of waiting is broken
constexpr double kYellowBraking_mps2 = 3.5;
constexpr double kBuildUp_s = 0.25;  // until the brakes grip
constexpr double kSneak_s = 4;
constexpr double kRoom_m = 1.5;
constexpr double kStanding_mps = 0.5;
constexpr double kGiveUpOrder_s = 6;
constexpr double kExternalAccel_mps2 = 2;

// Time to cover a distance with constant acceleration up to a speed.
double time_to_cover(double distance, double v, double a, double top) {
  if (distance <= 0) return 0;
  if (v >= top || a <= 0) return distance / std::max(v, 0.1);
  const double ramp = (top * top - v * v) / (2 * a);
  if (distance <= ramp) return (std::sqrt(v * v + 2 * a * distance) - v) / a;
  return (top - v) / a + (distance - ramp) / top;
}

// When a body is in a zone.
struct Window {
  double to_enter_m = 0, to_exit_m = 0;
  double enters_s = 0;  // at the earliest
  double leaves_s = 0;  // in all likelihood
  double leaves_late_s = 0;
  double rear_enters_s = 0;
};

Window window_of(const Vehicle& v, double start_m, const Interval& zone) {
  Window out;
  out.to_enter_m = start_m + zone.begin_m - v.front();
  out.to_exit_m = start_m + zone.end_m - v.rear_end();
  const double a = v.driver.idm.acceleration_mps2;
  const double top = std::max(v.passage.speed_mps, v.v_mps);
  out.enters_s = time_to_cover(out.to_enter_m, v.v_mps, a, top);
  const double slow = std::max(std::min(0.95 * v.passage.speed_mps, v.paced_mps), 1.0);
  out.leaves_s = time_to_cover(out.to_exit_m, std::min(v.v_mps, slow), 0.9 * a, slow);
  const double slower = 0.8 * slow;
  out.leaves_late_s = time_to_cover(out.to_exit_m, std::min(v.v_mps, slower), 0.65 * a, slower);
  out.rear_enters_s = time_to_cover(out.to_enter_m + v.front_m + v.back_m, v.v_mps, 0.75 * a,
                                    std::max(slow, v.v_mps));
  return out;
}

const PathItem* item_on(const Vehicle& v, std::uint32_t lane) {
  for (std::uint32_t i = v.passage.first; i <= v.passage.last && i < v.path.size(); ++i) {
    if (v.path[i].lane == lane) return &v.path[i];
  }
  return nullptr;
}

bool stops_at_light(const State& state, const Vehicle& v) {
  for (const std::uint32_t head : state.net->controls().entries[v.passage.entry].heads) {
    if (state.lights[head] != LightState::kGreen) return true;
  }
  return false;
}

bool is_in_zone(const Window& w) {
  return w.to_enter_m < 0 && w.to_exit_m > 0;
}

// One conflict against one other vehicle, before the line.
bool fits_between(const Conflict& c, const Window& x, const Window& y, double vx, double vy,
                  bool y_granted, double patience) {
  if (c.kind == ConflictKind::kMerge) {
    if (y_granted && x.enters_s > y.rear_enters_s + kMergeAfter_s) return true;
    const double closing = std::max(0.0, vy - vx) / 2.0;
    return x.enters_s + (kMergeBefore_s + closing) * patience < y.enters_s && !is_in_zone(y);
  }
  if (y_granted && x.enters_s > y.leaves_late_s + kAfter_s) return true;
  const double margin = y_granted ? kBefore_s : kGap_s * patience;
  return x.leaves_s + margin < y.enters_s;
}

enum class Answer { kFree, kBlocked };

Answer against(const State& state, const Vehicle& x, std::uint32_t slot, const Conflict& c,
               double start_m, const Vehicle& y, std::uint32_t slot_y, double patience) {
  if (!c.exists(x.swath, y.swath)) return Answer::kFree;
  const PathItem* item = item_on(y, c.other);
  if (item == nullptr) return Answer::kFree;
  const Window wy = window_of(y, item->start_m, c.theirs[x.swath][y.swath]);
  if (wy.to_exit_m <= 0) return Answer::kFree;
  const Window wx = window_of(x, start_m, c.own[x.swath][y.swath]);
  if (wx.to_exit_m <= 0) return Answer::kFree;
  if (y.grant != 0) {
    if (x.grant != 0 && y.grant > x.grant && !is_in_zone(wy)) return Answer::kFree;
    return fits_between(c, wx, wy, x.passage.speed_mps, y.v_mps, true, patience) ? Answer::kFree
                                                                                 : Answer::kBlocked;
  }
  if (c.goes_first || y.queued || stops_at_light(state, y)) return Answer::kFree;
  if (y.waits_since_s >= 0) {
    if (y.limit != Limit::kYield && y.limit != Limit::kStopSign && y.limit != Limit::kNone) {
      return Answer::kFree;  // it cannot go anyway
    }
    if (x.waits_since_s < 0 || state.time_s - x.waits_since_s < kRing_s) return Answer::kBlocked;
    const bool longer =
        x.waits_since_s < y.waits_since_s || (x.waits_since_s == y.waits_since_s && slot < slot_y);
    return longer ? Answer::kFree : Answer::kBlocked;
  }
  return fits_between(c, wx, wy, x.passage.speed_mps, y.v_mps, false, patience) ? Answer::kFree
                                                                                : Answer::kBlocked;
}

// External vehicles on their way, and whatever of them stands in the zone.
std::uint32_t blocking_body(const State& state, const Vehicle& x, const Conflict& c,
                            double start_m) {
  const Interval& theirs = c.theirs[x.swath][kLarge];
  if (!c.exists(x.swath, kLarge)) return kNobody;
  const Window wx = window_of(x, start_m, c.own[x.swath][kLarge]);
  if (wx.to_exit_m <= 0) return kNobody;
  for (const Occupant& o : state.lists[c.other]) {
    if (o.who >= kExternal && o.front_m > theirs.begin_m && o.rear_m < theirs.end_m &&
        o.speed_mps < kStanding_mps) {
      return o.who - kExternal;
    }
  }
  for (const Approach& a : state.approaches[c.other]) {
    Window wy;
    wy.to_enter_m = a.to_start_m + theirs.begin_m;
    wy.to_exit_m = a.to_start_m + theirs.end_m + a.length_m;
    if (wy.to_exit_m <= 0) continue;
    wy.enters_s = time_to_cover(wy.to_enter_m, a.speed_mps, kExternalAccel_mps2,
                                std::max(a.speed_mps * 1.2, 8.0));
    wy.leaves_s = wy.leaves_late_s = wy.to_exit_m / std::max(a.speed_mps, 0.5);
    wy.rear_enters_s = (wy.to_enter_m + a.length_m) / std::max(a.speed_mps, 0.5);
    if (!fits_between(c, wx, wy, x.passage.speed_mps, a.speed_mps, true, 1)) return a.body;
  }
  return kNobody;
}

// Room behind the passage for the whole vehicle, less what those need who go there before it.
Verdict room_behind(const State& state, std::uint32_t slot) {
  const Vehicle& v = state.vehicles[slot];
  const double end = v.passage.end_m;
  if (v.passage.last + 1 >= v.path.size() && path_end_m(state, v) <= end + 0.5) return {true};
  const double length = v.front_m + v.back_m;
  double free = kNoLeader_m;
  double speed = 0;
  std::uint32_t who = kNobody;
  double others = 0;
  for (std::uint32_t i = v.passage.last; i < v.path.size(); ++i) {
    const PathItem& item = v.path[i];
    if (item.start_m > end + 60) break;
    for (const Occupant& o : state.lists[item.lane]) {
      if (o.who == slot || item.start_m + o.front_m <= end) continue;
      const double gap = item.start_m + o.rear_m - end;
      if (gap >= free) continue;
      free = gap;
      speed = std::max(0.0f, o.speed_mps);
      who = o.who;
    }
    if (item.start_m >= end - 0.01 && item.start_m < end + 0.01) {
      for (const std::uint32_t before : state.lane(item.lane).previous) {
        for (const std::uint32_t other : state.claims[before]) {
          const Vehicle& y = state.vehicles[other];
          if (other == slot || y.grant == 0 || (v.grant != 0 && y.grant > v.grant)) continue;
          if (y.front() <= y.passage.end_m) others += y.front_m + y.back_m + kRoom_m;
        }
      }
    }
  }
  if (who == kNobody) return {true};
  const double arrives_s =
      time_to_cover(end - v.front(), v.v_mps, v.driver.idm.acceleration_mps2, v.passage.speed_mps);
  const double opens = speed > 1 ? speed * std::min(arrives_s, 4.0) * 0.7 : 0.0;
  if (free + opens >= others + length + kRoom_m) return {true};
  return {false, who >= kExternal ? Limit::kObstacle : Limit::kExitFull,
          who >= kExternal ? who - kExternal : who};
}

// Red; or yellow, if the vehicle can still stop.
bool light_forbids(const State& state, const Vehicle& v, std::uint32_t& head_out) {
  const double distance = std::max(v.passage.line_m - v.front() - kBuildUp_s * v.v_mps, 0.1);
  const double needed = v.v_mps * v.v_mps / (2 * distance);
  for (const std::uint32_t head : state.net->controls().entries[v.passage.entry].heads) {
    if (state.lights[head] == LightState::kGreen) continue;
    head_out = head;
    // Who has waited at green for oncoming traffic goes when that stops for yellow.
    if (state.lights[head] == LightState::kYellow && v.limit == Limit::kYield &&
        v.waits_since_s >= 0 && state.time_s - v.waits_since_s > kSneak_s) {
      continue;
    }
    if (v.v_mps < kStanding_mps || needed <= kYellowBraking_mps2) return true;
    // Too late to stop: on through yellow; a red met like that is one that was yellow just now.
    if (v.grant == 0 && state.lights[head] != LightState::kYellow) return true;
  }
  return false;
}

}  // namespace

Verdict may_enter(const State& state, std::uint32_t slot) {
  const Vehicle& v = state.vehicles[slot];
  std::uint32_t head = 0;
  if (light_forbids(state, v, head)) return {false, Limit::kRedLight, head};
  const Entry& entry = state.net->controls().entries[v.passage.entry];
  if (entry.sign == SignRank::kStop && entry.heads.empty() && !v.obeyed_stop) {
    return {false, Limit::kStopSign, kNobody};
  }
  const double waited = v.waits_since_s >= 0 ? state.time_s - v.waits_since_s : 0.0;
  const double patience = std::clamp(1 - 0.5 * waited / kImpatient_s, 0.5, 1.0);
  const ConflictTable& conflicts = state.net->conflicts();
  for (std::uint32_t i = v.passage.first; i <= v.passage.last; ++i) {
    const PathItem& item = v.path[i];
    for (const Conflict* c = conflicts.begin(item.lane); c != conflicts.end(item.lane); ++c) {
      if (c->kind == ConflictKind::kDiverge) continue;
      for (const std::uint32_t other : state.claims[c->other]) {
        if (other == slot) continue;
        if (against(state, v, slot, *c, item.start_m, state.vehicles[other], other, patience) ==
            Answer::kBlocked) {
          return {false, Limit::kYield, other};
        }
      }
      if (state.bodies.empty()) continue;
      const std::uint32_t body = blocking_body(state, v, *c, item.start_m);
      if (body != kNobody) return {false, Limit::kObstacle, body};
    }
  }
  return room_behind(state, slot);
}

Hold hold_inside(const State& state, std::uint32_t slot) {
  const Vehicle& v = state.vehicles[slot];
  Hold out;
  const ConflictTable& conflicts = state.net->conflicts();
  const double horizon = v.front() + v.v_mps * v.v_mps / 4 + 2 * v.v_mps + 10;
  const bool order_given_up =
      v.still_since_s >= 0 && state.time_s - v.still_since_s > kGiveUpOrder_s;
  for (std::uint32_t i = std::max(v.passage.first, v.at); i <= v.passage.last; ++i) {
    const PathItem& item = v.path[i];
    if (item.start_m > horizon) break;
    for (const Conflict* c = conflicts.begin(item.lane); c != conflicts.end(item.lane); ++c) {
      if (c->kind == ConflictKind::kDiverge) continue;
      for (const std::uint32_t other : state.claims[c->other]) {
        const Vehicle& y = state.vehicles[other];
        if (other == slot || !c->exists(v.swath, y.swath)) continue;
        const PathItem* theirs = item_on(y, c->other);
        if (theirs == nullptr) continue;
        const Window wy = window_of(y, theirs->start_m, c->theirs[v.swath][y.swath]);
        const Window wx = window_of(v, item.start_m, c->own[v.swath][y.swath]);
        if (wy.to_exit_m <= 0 || wx.to_exit_m <= 0) continue;
        const bool present = is_in_zone(wy);
        const bool earlier = y.grant != 0 && y.grant < v.grant && !order_given_up;
        if (!present && !earlier) continue;
        if (c->kind == ConflictKind::kMerge) {
          // In distance to the common end: ahead, it is followed.
          const double mine = item.start_m + state.lane(item.lane).length_m - v.front();
          const double its = theirs->start_m + state.lane(c->other).length_m - y.rear_end();
          const double gap = mine - its;
          const bool behind = its - (y.front_m + y.back_m) > mine;  // its front after mine
          if (wx.to_enter_m < 0 && behind) continue;                // I am in, it follows
          if (gap > 0 && present) {
            if (gap < out.merging.gap_m) out.merging = {gap, y.v_mps, other};
            continue;
          }
          if (wx.to_enter_m < 0) {
            if (gap > -1 && gap < out.merging.gap_m)
              out.merging = {std::max(gap, 0.1), y.v_mps, other};
            continue;
          }
          if (!present && wx.leaves_s + kAfter_s < wy.enters_s) continue;
          if (!present && wx.enters_s > wy.rear_enters_s + kAfter_s) continue;
        } else {
          if (wx.to_enter_m < 0) continue;  // in already: out as soon as may be
          if (wx.enters_s > wy.leaves_s + 0.5 * kAfter_s) continue;
          if (!present && wx.leaves_s + 0.5 * kBefore_s < wy.enters_s) continue;
        }
        const double stop = item.start_m + c->own[v.swath][y.swath].begin_m;
        if (stop < out.stop_m) {
          out.stop_m = stop;
          out.by = other;
        }
      }
      if (state.bodies.empty() || !c->exists(v.swath, kLarge)) continue;
      const Interval& zone = c->theirs[v.swath][kLarge];
      const double stop = item.start_m + c->own[v.swath][kLarge].begin_m;
      if (stop < v.front() || stop > out.stop_m) continue;
      for (const Occupant& o : state.lists[c->other]) {
        if (o.who < kExternal || o.front_m <= zone.begin_m || o.rear_m >= zone.end_m) continue;
        out.stop_m = stop;
        out.by = o.who;
      }
    }
  }
  return out;
}

}  // namespace oddroad::traffic
