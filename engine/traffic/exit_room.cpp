// Is there room behind a junction?
#include <algorithm>

#include "engine/traffic/zone_time.h"

namespace oddroad::traffic {
namespace {

constexpr double kRoom_m = 1.5;

}  // namespace

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

}  // namespace oddroad::traffic
