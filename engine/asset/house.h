// A house by facade grammar: plinth, storeys, cornice, roof; each storey splits into piers and
// bays, each bay is a window (reveal, frame, bars, pane, sill, shutters) or the door. Front faces
// +x; the origin is on the ground in the middle of the plan. class_name "building".
//
// Numbers: width (along the street), depth, storeys, detached (1 = windows in the gable walls),
// style (0 town render, 1 brick terrace, 2 19th century, 3 modern, 4 flats with balconies under a
// flat roof, 5 farmhouse; 0 to 3 are drawn).
// The seed draws style, palette, window layout, roof pitch, shutters, dormers, chimney.
#pragma once

#include <vector>

#include "engine/asset/prop.h"

namespace oddroad::asset {

std::vector<NumberRange> house_numbers();
ModelSize house_size(const PropNumbers& numbers);
Model make_house(const PropNumbers& numbers);

}  // namespace oddroad::asset
