// Which body lights the scene.
#pragma once

#include "engine/world/environment.h"

namespace oddroad::world {

struct MainLight {
  double elevation_rad = 0;
  double azimuth_rad = 0;
  double strength = 1;  // of the sun's light above the atmosphere; the moon's is some 2e-6
};

// The sun, until it is 8 degrees down and a lit moon is up. Moonlight: 0.27 lux above the
// atmosphere when full (127.5 klx of the sun), a half moon gives an eleventh of it (Krisciunas and
// Schaefer 1991).
MainLight main_light(const Environment& environment);

}  // namespace oddroad::world
