// A panorama blurred for rough reflections. Internal to this module.
#pragma once

#include "render/shade/sky_map.h"

namespace oddroad::shade {

// Level 0 as given; level l has half the size of level l - 1 and is the mean radiance over the GGX
// lobe of perceptual roughness l / (levels - 1) seen head-on (Karis 2014, "Real shading in Unreal
// Engine 4": view = normal = reflection).
std::vector<Panorama> blurred_levels(Panorama sharp, int levels);

}  // namespace oddroad::shade
