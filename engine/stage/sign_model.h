// Which model of the catalog stands for a light or sign of a map.
#pragma once

#include <map>
#include <memory>
#include <optional>

#include "engine/asset/catalog.h"
#include "engine/asset/model.h"
#include "engine/road/placed_signals.h"
#include "engine/world/signal_state.h"

namespace oddroad::stage {

struct SignLooks {
  asset::ModelRequest request;  // board or head alone, without post, over its foot
  double lower_m = 2.1;         // usual height of its lower edge
};
// Sizes outside what the catalog makes are brought inside. Signs without a face of their own are
// grey boards. Nothing for what is painted on the road.
std::optional<SignLooks> looks_of(const road::PlacedSignal& signal);

// The same meshes with the lamps of each state lit; empty for models without lamps.
std::map<world::SignalState, std::shared_ptr<const asset::Model>> lit_looks(
    const std::shared_ptr<const asset::Model>& model);

}  // namespace oddroad::stage
