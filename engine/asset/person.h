// People from parameters: a skinned, clothed body of 22 bones with a gait that keeps its feet where
// they were set down. Types: pedestrian.adult, pedestrian.child, pedestrian.pusher (hands on the
// bar of a stroller), bicycle.rider, motorcycle.rider, moped.rider, scooter.rider,
// wheelchair.sitter.
//
// The seed draws sex, stature, build, skin, hair, clothes and bags; numbers set "height" (stature
// in shoes, metres: adult 1.45-2.05, child 0.95-1.65, rider 1.50-2.00), "skin" (1-10, Monk scale),
// "sex" (0 male, 1 female), "clothes" (how light they are: diffuse reflectance, 0.02-0.8),
// "backpack" (0 or 1) and, of pedestrians, "carry" (person_carry.h: 1 box, 2 bag, 3 phone, 4
// umbrella). Equal requests give equal bytes. Articulation: rest and
// rest_weight fall and lie (person_rest.h), look_yaw_rad and look_pitch_rad turn the head.
//
// Pedestrians: model frame on the ground below the pelvis, x forward; the frame travels at the
// person's speed and the planted foot moves back through it at exactly that speed. Riders share the
// frame of the bicycle (engine/asset/bicycle.h).
#pragma once

#include <memory>
#include <string>

#include "engine/asset/catalog.h"

namespace oddroad::asset {

bool is_person_type(const std::string& type);
// Errors: unknown person type, unknown number key, a number out of its range. All at once.
core::Result<ModelSize> person_size(const ModelRequest& request);
core::Result<std::shared_ptr<const Model>> make_person(const ModelRequest& request);

// How somebody of this stature moves at a speed: what Articulation.walk_weight and run_weight
// should be. Standing below 0.05 m/s; walking turns into running around a Froude number of 0.5.
GaitWeights natural_gait(double height_m, double speed_mps);

}  // namespace oddroad::asset
