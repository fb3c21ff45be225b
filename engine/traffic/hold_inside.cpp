// Whom a vehicle lets pass once it is inside a junction.
#include <algorithm>
#include <cmath>

#include "engine/traffic/zone_time.h"

namespace oddroad::traffic {
namespace {

constexpr double kGiveUpOrder_s = 6;

}  // namespace

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
      if (item.start_m + c->own[kLarge][kLarge].begin_m > v.passage.end_m) continue;
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
