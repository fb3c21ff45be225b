// Particles as an exposure smears them.
#pragma once

#include <span>

#include "engine/capture/image.h"
#include "render/scene/visibility.h"
#include "sensors/camera/falling.h"

namespace oddroad::camera {

// Mean colour, lamps held to eight times the middle; and its luminance.
math::Vec3f mean_radiance(const capture::Image<math::Vec3f>& radiance);
double mean_luminance(const capture::Image<math::Vec3f>& radiance);

// What lights particles, cd/m2.
struct Surroundings {
  math::Vec3f around{0};  // mean of the image
  math::Vec3f above{0};   // of its sky, or of its upper half where none is seen
};
Surroundings surroundings_of(const capture::Image<math::Vec3f>& radiance,
                             const scene::VisibilityRecord& record);

// Draws particles in their order. A particle of s pixels that moves l pixels lies over an area of
// s^2 pi/4 at any time, so it takes that share of the (l + s) w pixels of its streak, w its width
// or what the lens, focused far away, makes of it. A drop refracts 165 degrees of its surroundings
// and shows 94 % of their mean radiance (Garg and Nayar 2007); flakes are white (albedo 0.9) under
// the light from above and below.
void draw_streaks(std::span<const Particle> particles, const scene::CameraView& view,
                  const Exposure& exposure, const Surroundings& light,
                  capture::Image<math::Vec3f>& radiance);

}  // namespace oddroad::camera
