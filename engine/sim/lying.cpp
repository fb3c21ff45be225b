#include "engine/sim/lying.h"

namespace oddroad::sim {

Footprint lying_footprint(asset::Articulation::Rest rest, double stature_m,
                          const Footprint& standing) {
  const auto of = [stature_m](double front, double rear, double left, double right) {
    return Footprint{front * stature_m, rear * stature_m, left * stature_m, right * stature_m};
  };
  using Rest = asset::Articulation::Rest;
  if (rest == Rest::kProne) return of(0.597, 0.598, 0.220, 0.262);
  if (rest == Rest::kSupine) return of(0.566, 0.478, 0.364, 0.234);
  Footprint side = of(0.383, 0, 0.466, 0.532);
  side.rear_m = standing.rear_m;  // what hangs on the back does so lying, too
  return side;
}

}  // namespace oddroad::sim
