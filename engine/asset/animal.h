// Animals from parameters: skinned quadrupeds that walk, trot, gallop, lie and look around. Types:
// animal.deer (roe), animal.red_deer, animal.moose, animal.boar, animal.dog, animal.cat,
// animal.fox, animal.cow, animal.horse, animal.sheep.
//
// Numbers: "height" (withers, metres), "antlers" (0 or 1; deer), "size" (dog: 0 small, 1 medium, 2
// large, anything between). Model frame: ground below the hip joints, x forward. Articulation:
// natural_gait of the deformer says walk_weight and run_weight (0 walk, 1 trot, 2 gallop) for a
// speed; rest kProne lies down on the belly, kSide and kSupine on the left and right flank.
#pragma once

#include <string>
#include <vector>

#include "engine/asset/prop.h"

namespace oddroad::asset {

// Every animal, birds (bird.h) included.
bool is_animal_type(const std::string& type);
std::vector<PropType> quadruped_types();

}  // namespace oddroad::asset
