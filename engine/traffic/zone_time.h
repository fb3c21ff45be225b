// When a vehicle is in a conflict zone. Internal.
#pragma once

#include "engine/traffic/state.h"

namespace oddroad::traffic {

// Time between one leaving a zone and the next entering it.
inline constexpr double kAfter_s = 0.4;
inline constexpr double kBefore_s = 1.2;

// Time to cover a distance with constant acceleration up to a speed.
double time_to_cover(double distance, double v, double a, double top);

// When a body is in a zone.
struct Window {
  double to_enter_m = 0, to_exit_m = 0;
  double enters_s = 0;  // at the earliest
  double leaves_s = 0;  // in all likelihood
  double leaves_late_s = 0;
  double rear_enters_s = 0;
};

Window window_of(const Vehicle& v, double start_m, const Interval& zone);
[[nodiscard]] inline bool is_in_zone(const Window& w) {
  return w.to_enter_m < 0 && w.to_exit_m > 0;
}
// The lane on the vehicle's passage; null if it does not lead there.
const PathItem* item_on(const Vehicle& v, std::uint32_t lane);

// Room behind the passage for the whole vehicle, less what those need who go there before it.
Verdict room_behind(const State& state, std::uint32_t slot);

}  // namespace oddroad::traffic
