// May a vehicle enter a junction now, and whom must it let pass inside?
// Rights are granted one after another; within a junction an earlier grant goes first. As a grant
// is only given when all zones are free in time and there is room behind the junction, whoever has
// one waits at most for earlier ones, so no ring of waiting can form among them. Among those at
// the lines a ring is broken by letting the one go that has waited longest.
#include <algorithm>
#include <cmath>

#include "engine/traffic/zone_time.h"

namespace oddroad::traffic {
namespace {

// Asked of traffic with priority: it shall not have to react.
constexpr double kGap_s = 1.5;
constexpr double kMergeAfter_s = 0.9;
constexpr double kMergeBefore_s = 1.6;
constexpr double kImpatient_s = 40;  // until half of the gap is enough
constexpr double kLongWait_s = 30;
constexpr double kLeisure_mps2 = 1.5;
constexpr double kRing_s = 1.5;  // standing before a ring of waiting is broken
constexpr double kYellowBraking_mps2 = 3.5;
constexpr double kBuildUp_s = 0.25;  // until the brakes grip
constexpr double kSneak_s = 4;
constexpr double kStanding_mps = 0.5;
constexpr double kExternalAccel_mps2 = 2;

bool stops_at_light(const State& state, const Vehicle& v) {
  for (const std::uint32_t head : state.net->controls().entries[v.passage.entry].heads) {
    if (state.lights[head] != LightState::kGreen) return true;
  }
  return false;
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

// kWaived: it would go first, but this one has waited longer in a ring of waiting.
enum class Answer { kFree, kWaived, kBlocked };

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
    return longer ? Answer::kWaived : Answer::kBlocked;
  }
  // After a long wait one goes before whoever can still stop at leisure.
  const double leisure = y.v_mps * y.v_mps / (2 * kLeisure_mps2) + y.v_mps;
  const bool long_wait = x.waits_since_s >= 0 && state.time_s - x.waits_since_s > kLongWait_s;
  if (long_wait && y.passage.line_m - y.front() > leisure) return Answer::kFree;
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
  std::uint32_t waived = kNobody;
  for (std::uint32_t i = v.passage.first; i <= v.passage.last; ++i) {
    const PathItem& item = v.path[i];
    for (const Conflict* c = conflicts.begin(item.lane); c != conflicts.end(item.lane); ++c) {
      if (c->kind == ConflictKind::kDiverge) continue;
      if (item.start_m + c->own[kLarge][kLarge].begin_m > v.passage.end_m) continue;
      for (const std::uint32_t other : state.claims[c->other]) {
        if (other == slot) continue;
        const Answer answer =
            against(state, v, slot, *c, item.start_m, state.vehicles[other], other, patience);
        if (answer == Answer::kBlocked) return {false, Limit::kYield, other};
        if (answer == Answer::kWaived) waived = other;
      }
      if (state.bodies.empty()) continue;
      const std::uint32_t body = blocking_body(state, v, *c, item.start_m);
      if (body != kNobody) return {false, Limit::kObstacle, body};
    }
  }
  Verdict out = room_behind(state, slot);
  out.waived = waived;
  return out;
}

}  // namespace oddroad::traffic
