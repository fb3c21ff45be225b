// Halos of lamps in fog, rain and snow.
#pragma once

#include "engine/capture/image.h"
#include "render/scene/visibility.h"

namespace oddroad::camera {

// Adds what the air scatters once out of the beam of every lamp towards the eye. For a lamp of
// intensity I at a distance d, seen at an angle g off the line of sight, in even air of extinction
// a,
//   L = a I e^(-a d) / (d sin g) * integral of the phase function over the angles from g to pi
// (the airlight integral, Narasimhan and Nayar 2003; the paths' lengths held to d, which is what
// counts near the lamp). Henyey-Greenstein with the asymmetry of droplets. The glow ends at
// surfaces nearer than the lamp.
void add_halos(const world::SceneWindow& window, const scene::CameraView& view,
               const scene::VisibilityRecord& record, capture::Image<math::Vec3f>& radiance);

}  // namespace oddroad::camera
