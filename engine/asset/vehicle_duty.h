// Taxis, police cars, ambulances and delivery vans: what is on their roofs and on their flanks.
// Colours: RAL 1015 (taxi), 1016 (ambulance), 5017 (police), as sRGB. Lettering is invented.
#pragma once

#include "engine/asset/mesh_tools.h"
#include "engine/asset/model.h"
#include "engine/asset/vehicle_field.h"

namespace oddroad::asset {

// What the roof adds to the vehicle's height.
double roof_height_m(Duty duty);

// Paints the body for its duty and adds textures, materials and, of emergency vehicles, the lamp
// "beacon" (blue lenses that flash). Returns lettering that lies on the skin, to go with the body;
// empty for private cars.
TriangleMesh dress_for_duty(const BodyField& field, Model& model);

// Light bar or sign, standing on the roof; empty for the others. After dress_for_duty.
TriangleMesh roof_equipment(const BodyField& field, const Model& model);

// A lens of a beacon; where it is on, dark and lit twins are the lamp "beacon" of the model, which
// flashes. Returns the dark material.
std::uint16_t add_beacon(Model& model, bool blue, bool on);

}  // namespace oddroad::asset
