#include "engine/traffic/followable.h"

#include <algorithm>
#include <cmath>

#include "engine/traffic/lane_fit.h"
#include "engine/traffic/tractrix.h"

namespace oddroad::traffic {
namespace {

// With its wheels at this angle the passenger car's front axle goes round a circle of 8.7 m across:
// already less than the 10 to 11 m between kerbs that is usual.
constexpr double kMostSteer_rad = 0.7;
// Its driver puts up with a rear wheel this far over the border; one that cuts less of the corner
// than this goes along any lane, however narrow.
constexpr double kOverBorder_m = 0.14;
constexpr double kSlightCut_m = 0.3;
constexpr int kStepsPerSample = 8;

}  // namespace

double most_steer_rad(const LaneTable& lanes, std::uint32_t index, double wheelbase_m) {
  const Lane& lane = lanes[index];
  const LaneSample* all = lanes.samples(lane);
  double yaw = all[0].heading_rad;
  double most = 0;
  for (std::uint32_t i = 0; i + 1 < lane.samples; ++i) {
    const double turn = all[i + 1].heading_rad - all[i].heading_rad;
    for (int k = 0; k < kStepsPerSample; ++k) {
      const double path = all[i].heading_rad + (k + 0.5) / kStepsPerSample * turn;
      const double after = follow(yaw, path, lane.spacing_m / kStepsPerSample, wheelbase_m);
      most = std::max(most, std::abs(path - 0.5 * (yaw + after)));
      yaw = after;
    }
  }
  return most;
}

bool is_followable(const LaneTable& lanes, std::uint32_t lane) {
  const VehicleModel car;
  if (most_steer_rad(lanes, lane, car.wheelbase_m) > kMostSteer_rad) return false;
  const double cut = cut_m(lanes, lane, car);
  return cut < kSlightCut_m ||
         0.5 * car.width_m + cut <= 0.5 * lanes[lane].min_width_m + kOverBorder_m;
}

}  // namespace oddroad::traffic
