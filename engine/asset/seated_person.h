// Somebody who sits in a vehicle, as rigid triangles: drivers and passengers are part of what they
// sit in, not actors of their own.
#pragma once

#include "engine/asset/catalog.h"
#include "engine/asset/rider_seat.h"

namespace oddroad::asset {

struct SeatedPerson {
  math::TriangleMesh mesh;  // in the frame of the seat contact; materials count from 0
  std::vector<Material> materials;
};

// `person` is a pedestrian's request; its numbers must be in range.
SeatedPerson make_seated(const ModelRequest& person, const SeatContact& seat);

}  // namespace oddroad::asset
