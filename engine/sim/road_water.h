// What the weather leaves on a road.
#pragma once

#include "engine/scenario/variant.h"

namespace oddroad::sim {

struct RoadSurface {
  double wetness = 0;  // world::Environment
  double film_mm = 0;
  double puddles = 0;
  double snow = 0;  // share of the wheel tracks under snow
};

// Stated values, else what follows from rain and lying snow. Wetness is where wetting and drying
// balance: dw/dt = rain / 2 mm - w / 40 min. The film is friction.h's, at least 0.2 mm on a road
// that is stated wet (the handbook's "wet road"), and none on one stated dry. Puddles grow with the
// root of the rain as the film does, 6 % at 20 mm/h. Traffic keeps three quarters of its tracks
// free of snow.
RoadSurface road_surface(const scenario::EnvironmentDraw& weather);

}  // namespace oddroad::sim
