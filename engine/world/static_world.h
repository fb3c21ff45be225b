// What stands still: road, kerbs, terrain, houses, trees. Made by engine/stage from a map.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/asset/model.h"
#include "engine/core/ids.h"
#include "engine/math/affine.h"
#include "engine/world/signal_state.h"

namespace oddroad::world {

// One thing with an id. Ids count down from 65,535 in map order.
struct StaticThing {
  core::InstanceId id;
  std::string name;  // "road.3", "house.12"
  core::ClassId class_id;
  std::shared_ptr<const asset::Model> model;
  math::Affine3d T_world_model;
  bool labelled_box = false;  // has a 3-D box of its own (cones, boxes; not roads or trees)
  // Traffic lights: the OpenDRIVE id under which Timeline::signals knows the head, and the same
  // meshes with the lamps of each state lit. `model` is what is shown for states that are not here.
  std::string signal_id;
  std::map<SignalState, std::shared_ptr<const asset::Model>> looks;
};

struct StaticWorld {
  // Map coordinates of the clip's local origin: p_map = T_map_world * p_world. Translation only.
  math::Affine3d T_map_world;
  std::vector<StaticThing> things;
  bool keep_left = false;  // traffic does: headlamps are made for it
};

}  // namespace oddroad::world
