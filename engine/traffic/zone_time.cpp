#include "engine/traffic/zone_time.h"

#include <algorithm>
#include <cmath>

namespace oddroad::traffic {
double time_to_cover(double distance, double v, double a, double top) {
  if (distance <= 0) return 0;
  if (v >= top || a <= 0) return distance / std::max(v, 0.1);
  const double ramp = (top * top - v * v) / (2 * a);
  if (distance <= ramp) return (std::sqrt(v * v + 2 * a * distance) - v) / a;
  return (top - v) / a + (distance - ramp) / top;
}

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

}  // namespace oddroad::traffic
