// A house by facade grammar: plinth, storeys, cornice, roof; each storey splits into piers and
// bays, each bay is a window (reveal, frame, bars, pane, sill, shutters) or the door. Front faces
// +x; the origin is on the ground in the middle of the plan. class_name "building".
//
// Numbers: width (along the street), depth, storeys, detached (windows in the gable walls: 0 in
// none, 1 in both, 2 in that to +y, 3 in that to -y), style (0 town render, 1 brick terrace, 2 19th
// century, 3 modern, 4 flats with balconies under a flat roof, 5 farmhouse; 0 to 3 are drawn), roof
// (0 ridge along the street, 1 flat, 2 gable to the street; flat for flats), shop (1: shop windows
// in the ground floor; drawn), palette (0 as the style has it, 1 white, 2 pastel, 3 strong colours,
// 4 brick, 5 concrete, 6 ochre and earth).
// The seed draws style, palette, window layout, roof pitch, shutters, dormers, chimney.
#pragma once

#include <vector>

#include "engine/asset/prop.h"

namespace oddroad::asset {

std::vector<NumberRange> house_numbers();
ModelSize house_size(const PropNumbers& numbers);
Model make_house(const PropNumbers& numbers);

}  // namespace oddroad::asset
