// How a rear axle follows: it moves along its own heading while the front is drawn along a path.
#pragma once

#include <cmath>

namespace oddroad::traffic {

// The heading after the front axle (or hitch) has moved distance_m along `path_rad`:
// d(heading)/d(distance) = sin(path - heading) / wheelbase, by the midpoint rule.
inline double follow(double heading_rad, double path_rad, double distance_m, double wheelbase_m) {
  const double step = distance_m / wheelbase_m;
  const double half = heading_rad + 0.5 * step * std::sin(path_rad - heading_rad);
  return heading_rad + step * std::sin(path_rad - half);
}

}  // namespace oddroad::traffic
