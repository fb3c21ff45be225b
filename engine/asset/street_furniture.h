// Street things: lamp, cone, bin, cardboard box, fence, hedge. Origin on the ground at the middle;
// long things run along y and face +x.
//
// street_lamp: height, arm (metres the arm reaches along +x).          class_name "pole"
// traffic_cone: height .5 or .75 type; two retroreflecting bands.      class_name "traffic_cone"
// cardboard_box: length, width, height, open (flaps), crush (shear).   class_name "debris"
// bin: 240 litre wheelie bin.                                          class_name "unknown"
// fence: length, height; hedge: length, height, width.   class_name "fence" and "vegetation"
#pragma once

#include <vector>

#include "engine/asset/prop.h"

namespace oddroad::asset {

std::vector<NumberRange> bin_numbers();
ModelSize bin_size(const PropNumbers& numbers);
Model make_bin(const PropNumbers& numbers);

std::vector<NumberRange> cardboard_box_numbers();
ModelSize cardboard_box_size(const PropNumbers& numbers);
Model make_cardboard_box(const PropNumbers& numbers);

std::vector<NumberRange> fence_numbers();
ModelSize fence_size(const PropNumbers& numbers);
Model make_fence(const PropNumbers& numbers);

std::vector<NumberRange> hedge_numbers();
ModelSize hedge_size(const PropNumbers& numbers);
Model make_hedge(const PropNumbers& numbers);

std::vector<NumberRange> street_lamp_numbers();
ModelSize street_lamp_size(const PropNumbers& numbers);
Model make_street_lamp(const PropNumbers& numbers);

std::vector<NumberRange> traffic_cone_numbers();
ModelSize traffic_cone_size(const PropNumbers& numbers);
Model make_traffic_cone(const PropNumbers& numbers);

}  // namespace oddroad::asset
