// The uncut body skin: rays from a spine inside the body to a grid of aims, so that grid rows run
// along shoulder, belt and roof edge and the ends close without seams.
#pragma once

#include "engine/asset/vehicle_cut.h"
#include "engine/asset/vehicle_field.h"

namespace oddroad::asset {

// The half with y >= 0, open on the mirror plane; every triangle has tag 0.
BodySkin build_half_skin(const BodyField& field);

// Adds grid lines along bumper edges and arch lips, on the field's surface.
void refine_skin(BodySkin& skin, const BodyField& field);

}  // namespace oddroad::asset
