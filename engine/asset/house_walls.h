// What runs along a house's walls: plinth, string courses, the shop's fascia, balconies.
#pragma once

#include "engine/asset/house_plan.h"

namespace oddroad::asset {

// Along the wall whose frame is T. `wraps`: bands run around the corners; `sign`: the shop's fascia
// is here.
void add_bands(TriangleMesh& mesh, const HousePlan& plan, const Affine3f& T, float width,
               bool wraps, bool sign);

// Slabs with parapets before every other window of the upper storeys; blocks of flats have them in
// columns, other houses one over the door.
void add_balconies(TriangleMesh& mesh, const HousePlan& plan, const Facade& facade);

}  // namespace oddroad::asset
