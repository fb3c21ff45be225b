// What keeps a vehicle from going faster, in words.
#include "engine/traffic/state.h"

namespace oddroad::traffic {

std::string reason_text(const State& state, const Vehicle& v) {
  const auto vehicle = [&] {
    const bool known = v.limit_by < state.vehicles.size() && state.vehicles[v.limit_by].id != 0;
    return known ? "vehicle " + std::to_string(state.vehicles[v.limit_by].id)
                 : std::string("another vehicle");
  };
  switch (v.limit) {
    case Limit::kNone:
      if (v.grant != 0 && v.waived_id != 0) {
        return "ends a ring of waiting: goes before vehicle " + std::to_string(v.waived_id) +
               ", which has waited less";
      }
      return v.v_mps < 0.1 && v.wanted_mps2 > 0 ? "sets off" : std::string{};
    case Limit::kLeader:
      return "follows " + vehicle();
    case Limit::kRedLight:
      return "light at signal " + state.net->controls().heads[v.limit_by].signal_id + " is " +
             std::string(to_string(state.lights[v.limit_by]));
    case Limit::kStopSign:
      return "stop sign";
    case Limit::kYield:
      return "yields to " + vehicle();
    case Limit::kConflict:
      return "lets " + vehicle() + " clear the junction";
    case Limit::kExitFull:
      return "keeps the junction clear, " + vehicle() + " fills its exit";
    case Limit::kLaneEnd:
      return "lane ends, no gap to change into";
    case Limit::kMapEnd:
      return "the map ends here, in sight";
    case Limit::kCrosswalk:
      return "people on crosswalk " + std::to_string(v.limit_by);
    case Limit::kObstacle:
      return "external body " + std::to_string(v.limit_by) + " is in the way";
    case Limit::kQueue:
      return "queues behind " + vehicle();
  }
  return {};
}

}  // namespace oddroad::traffic
