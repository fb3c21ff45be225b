// What colour a number or an id has in our pictures.
#pragma once

#include <cstdint>

#include "engine/capture/ontology.h"
#include "engine/report/canvas.h"

namespace oddroad::report {

// Near is warm, far is cold; even steps in the logarithm of the distance from 3 m to 100 m.
Rgb8 distance_color(double distance_m);
// Neighbouring ids look different. Id 0 is black.
Rgb8 id_color(std::uint16_t id);
// Classes the ontology does not know are magenta.
Rgb8 class_color(const capture::Ontology& ontology, core::ClassId id);
// Black or white, whichever is read better on it.
Rgb8 ink_on(Rgb8 background);

}  // namespace oddroad::report
