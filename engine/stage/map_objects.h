// The objects of a map as things of the world: what the file places, where it places it.
#pragma once

#include <vector>

#include "engine/math/mesh.h"
#include "engine/road/placed_objects.h"
#include "engine/stage/dressing.h"
#include "engine/stage/map_thing.h"

namespace oddroad::stage {

struct MapObjects {
  std::vector<MapThing> things;  // in map order
  math::TriangleMesh paint;      // zebras and markings, world frame, ground_materials()
};

// Objects within the options' radius of `centre` (world). Marks their places as occupied.
MapObjects make_map_objects(const road::RoadMap& map, const road::PlacedObjects& placed,
                            const math::Vec2d& centre, const StageOptions& options,
                            ModelCache& models, Occupancy& occupied);

}  // namespace oddroad::stage
