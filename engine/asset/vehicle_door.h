// The front left door of a car or van as a part that swings: cut out of the finished body, given an
// inside, and an interior behind it to look into. Only where a request asks for it (number "door"):
// closed bodies are in one piece.
#pragma once

#include "engine/asset/mesh_tools.h"
#include "engine/asset/model.h"
#include "engine/asset/vehicle_field.h"

namespace oddroad::asset {

// Takes the door out of the body (model frame) and returns it, its frame in the hinge.
Part cut_front_left_door(const BodyField& field, TriangleMesh& body);

}  // namespace oddroad::asset
