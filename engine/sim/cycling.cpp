#include "engine/sim/cycling.h"

#include <cmath>

#include "engine/asset/bicycle.h"

namespace oddroad::sim {

asset::Articulation cycling(double speed_mps, double rolled_m, double steer_rad) {
  asset::Articulation ride;
  ride.mode = asset::Articulation::Mode::kCycle;
  ride.speed_mps = speed_mps;
  ride.travelled_m = rolled_m;
  const double turns = rolled_m * asset::kCrankTurnsPerMetre;
  ride.phase = turns - std::floor(turns);
  ride.steer_rad = steer_rad;
  return ride;
}

}  // namespace oddroad::sim
