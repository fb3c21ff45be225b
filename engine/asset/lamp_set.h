// The lamps of vehicles as pairs of materials, dark and lit, listed in Model::lamps: "head",
// "tail", "brake", "indicator_left", "indicator_right", "reverse". Luminances follow the
// intensities that UN R48 and its lamp regulations ask for (low beam seen from outside its cut-off
// 5 kcd/m2 and more; position 4-17 cd, stop 60-185 cd, indicator 175-700 cd over their areas).
#pragma once

#include "engine/asset/model.h"

namespace oddroad::asset {

// Materials of lamps of a vehicle that has them apart.
struct LampMaterials {
  std::uint16_t head = 0, tail = 0, brake = 0, indicator = 0, reverse = 0;
};
// Appends dark and lit materials and the lamps to the model.
LampMaterials add_lamps(Model& model);

// Appends the lit twins of lamps that the model's materials (surface:: of vehicle_paint.h) already
// hold dark. Tail and brake share one lens and differ in brightness.
void add_lit_twins(Model& model);

}  // namespace oddroad::asset
