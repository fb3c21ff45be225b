// One thing that a map puts beside or on the road, ready to become a static thing of the world.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "engine/asset/model.h"
#include "engine/math/affine.h"
#include "engine/world/signal_state.h"

namespace oddroad::stage {

struct MapThing {
  std::string name;  // "object.<OpenDRIVE id>", "signal.<id>", ...
  std::shared_ptr<const asset::Model> model;
  math::Affine3d T_world_model;
  bool labelled_box = false;  // gets a 3-D box though its class is not countable
  // Traffic lights only; see world::StaticThing.
  std::string signal_id;
  std::map<world::SignalState, std::shared_ptr<const asset::Model>> looks;
};

}  // namespace oddroad::stage
