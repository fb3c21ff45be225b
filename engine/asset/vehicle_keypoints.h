// Keypoints of cars and vans, found on the finished meshes.
#pragma once

#include <vector>

#include "engine/asset/model.h"
#include "engine/asset/vehicle_shape.h"

namespace oddroad::asset {

// In this order, each left before right: wheel_front_, wheel_rear_ (end of the axle in the middle
// of the hub), headlamp_, taillamp_ (middle of the glass), bumper_front_, bumper_rear_ (where the
// bumper turns from the end of the car into its side), roof_front_ (over the windscreen's upper
// corner), roof_rear_ (upper corner of the tail), mirror_ (middle of the housing).
// The model has all its parts.
std::vector<KeypointAnchor> vehicle_keypoints(const Model& model, const VehicleShape& shape);

}  // namespace oddroad::asset
