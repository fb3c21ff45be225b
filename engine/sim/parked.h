// The parked cars of a variant, which belong to no story: stage::place_parked_cars with room for
// those who do.
#pragma once

#include <vector>

#include "engine/road/lane_graph.h"
#include "engine/scenario/variant.h"
#include "engine/sim/body.h"
#include "engine/sim/cast.h"
#include "engine/stage/parked_cars.h"

namespace oddroad::sim {

// What the placed actors need: where they stand, the lines they drive along, the ways on which
// people and animals are told to walk or cross. Map frame; `along_rad` as bodies: the ego's driving
// direction beside each, by which paths count.
std::vector<stage::FreeRoom> rooms_of(const scenario::Variant& variant, const Bodies& bodies,
                                      const std::vector<double>& along_rad,
                                      const math::Vec3d& origin);

// As bodies that stand for ever, local frame; names "parked_car.1", ...
Bodies bodies_of(const std::vector<stage::ParkedCar>& cars, const math::Vec3d& origin);

// The cars that stand around the variant's actors; simulate() lets them stand there, and a stage
// must show the same ones. Errors: those of placing the actors.
core::Result<std::vector<stage::ParkedCar>> parked_cars(const scenario::Variant& variant,
                                                        const road::LaneGraph& graph,
                                                        const SimContext& context);

}  // namespace oddroad::sim
