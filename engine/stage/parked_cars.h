// Which cars stand parked along the streets of a map, and where. Apart from the meshes, so that
// what drives can know of them, too.
//
// Places: parking lanes of any road, shoulders of town streets that are wide enough, and the map's
// parking spaces. A car stands wholly on its place: never on a lane that traffic uses, at the mouth
// of a junction, on or before a crosswalk, against a map object, or where the scenario wants room.
// Lanes 4.3 m wide and wider hold cars side by side, narrower ones in line with their traffic.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/asset/catalog.h"
#include "engine/math/affine.h"
#include "engine/road/road_map.h"

namespace oddroad::stage {

// An upright box of the map, seen from above; `forward` is a unit vector.
struct FreeRoom {
  math::Vec3d middle{0};  // on the ground
  math::Vec2d forward{1, 0};
  double half_length_m = 0;
  double half_width_m = 0;
};

struct ParkedOptions {
  double share = 0;  // of the places that are taken, 0 to 1
  math::Vec2d centre_map{0};
  double radius_m = 250;
  std::uint64_t seed = 0;
  std::vector<FreeRoom> keep_free;
};

struct ParkedCar {
  asset::ModelRequest model;
  asset::ModelSize size;
  // The model's frame: below the rear axle, x forward, all wheels on the ground.
  math::Affine3d T_map_car;
};

// In map order; equal arguments give equal bits, and a room to keep free moves no other car.
std::vector<ParkedCar> place_parked_cars(const road::RoadMap& map, const ParkedOptions& options);

}  // namespace oddroad::stage
