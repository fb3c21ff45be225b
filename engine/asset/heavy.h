// Trucks, buses, trams, trailers and machines from boxes and swept side views, at true size. Types:
// truck.rigid (18 t with a box body), truck.semi (tractor), truck.fire (fire engine), bus.city (12
// m), tram.car (a four-axle car of 14 m), tractor.farm, loader.wheel, trailer.semi (curtain),
// trailer.semi_tank, trailer.semi_flatbed, trailer.car (a goods trailer), trailer.caravan.
//
// Model frame as for all vehicles: ground below the (middle) rear axle, x forward. Of trailers the
// kingpin or coupling stands for the front axle: wheelbase_m is its distance from the origin,
// front_overhang_m what reaches beyond it. Number "paint" (0..8 as vehicle.h); "length" of trucks'
// bodies where given; "occupants" where there is a cabin (occupants.h). Lamps: lamp_set.h; fire
// engines have "beacon" (vehicle_duty.h). Dimensions: Directive 96/53/EC limits, class averages.
#pragma once

#include <vector>

#include "engine/asset/prop.h"

namespace oddroad::asset {

std::vector<PropType> truck_types();
std::vector<PropType> fire_engine_types();
std::vector<PropType> bus_types();
std::vector<PropType> tram_types();
std::vector<PropType> machine_types();
std::vector<PropType> semi_trailer_types();
std::vector<PropType> trailer_types();

}  // namespace oddroad::asset
