// Stretches of a street without houses at the pavement: parks, yards with halls, car parks, lots.
#pragma once

#include "engine/stage/street_houses.h"

namespace oddroad::stage {

class OpenGround {
 public:
  OpenGround(Placer& placer, Buildings& buildings, Plants& plants);

  void park(const Roadside& side, const Stretch& stretch, core::RandomStream& random);
  // Halls behind a fenced yard of asphalt.
  void industry(const Roadside& side, const Stretch& stretch, core::RandomStream& random);
  // Two rows of stalls and an aisle behind a green strip; a market behind, if there is room. Cars
  // are of the models that stand parked along the streets; none where there are none.
  void car_park(const Roadside& side, const Stretch& stretch, core::RandomStream& random);
  void lot(const Roadside& side, const Stretch& stretch, core::RandomStream& random);

 private:
  void park_car(const Roadside& side, double d_m, double beyond_m, bool outward,
                core::RandomStream& random);
  void cover(const Roadside& side, const Ground& ground);

  Placer& to_;
  Buildings& buildings_;
  Plants& plants_;
  std::vector<ParkedCar> cars_;
  std::vector<Variant> halls_, markets_, benches_, clutter_;
};

}  // namespace oddroad::stage
