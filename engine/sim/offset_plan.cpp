#include "engine/sim/offset_plan.h"

#include "engine/sim/steering.h"

namespace oddroad::sim {

double OffsetPlan::at(double time) const {
  double from = start_m_;
  for (const Step& step : steps_) {
    if (time < step.duration_s) return from + quintic(time / step.duration_s) * (step.to_m - from);
    time -= step.duration_s;
    from = step.to_m;
  }
  return from;
}

double OffsetPlan::duration_s() const {
  double sum = 0;
  for (const Step& step : steps_) sum += step.duration_s;
  return sum;
}

}  // namespace oddroad::sim
