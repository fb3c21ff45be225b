// The outline of somebody who lies on the road.
#pragma once

#include "engine/asset/model.h"
#include "engine/sim/outline.h"

namespace oddroad::sim {

// About the model origin, which is below the pelvis; whoever lies on the side lies across his
// heading. Shares of the stature as the bodies of asset/person_rest.h take up, to 5 cm.
Footprint lying_footprint(asset::Articulation::Rest rest, double stature_m,
                          const Footprint& standing);

}  // namespace oddroad::sim
