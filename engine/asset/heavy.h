// Trucks, buses and trailers from boxes and swept side views, at true size. Types: truck.rigid (18
// t with a box body), truck.semi (tractor), trailer.semi (13.6 m), bus.city (12 m), trailer.car (a
// goods trailer), trailer.caravan.
//
// Model frame as for all vehicles: ground below the (middle) rear axle, x forward. Of trailers the
// kingpin or coupling stands for the front axle: wheelbase_m is its distance from the origin,
// front_overhang_m what reaches beyond it. Number "paint" (0..6 as vehicle.h); "length" of trucks'
// bodies where given. Lamps: lamp_set.h. Dimensions: Directive 96/53/EC limits and class averages.
#pragma once

#include <vector>

#include "engine/asset/prop.h"

namespace oddroad::asset {

std::vector<PropType> heavy_types();
std::vector<PropType> trailer_types();

}  // namespace oddroad::asset
