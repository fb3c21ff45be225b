// The finished body shell of a vehicle: skin with all features, wheel houses closed inside.
#pragma once

#include "engine/asset/vehicle_field.h"
#include "engine/math/mesh.h"

namespace oddroad::asset {

// Model frame; materials are surface::Surface indices. Closed.
math::TriangleMesh build_body_shell(const BodyField& field);

}  // namespace oddroad::asset
