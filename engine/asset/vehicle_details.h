// Parts that stand on the body skin: plates, handles, wipers, slats, rails, exhaust; and mirrors.
#pragma once

#include "engine/asset/vehicle_field.h"
#include "engine/core/random.h"
#include "engine/math/mesh.h"

namespace oddroad::asset {

// Model frame; materials are surface::Surface indices.
math::TriangleMesh build_details(const BodyField& field, core::RandomStream& stream);
// The engine and its tray below the sills, a closed box.
math::Aabb underbody_box(const VehicleShape& shape);
// The left mirror; its image in y is the right one.
math::TriangleMesh build_left_mirror(const BodyField& field);

}  // namespace oddroad::asset
