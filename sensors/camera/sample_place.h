// Where samples lie in the world, and directions into the sky from there. Internal to this module.
#pragma once

#include <array>

#include "render/scene/triangle_source.h"
#include "render/scene/visibility.h"

namespace oddroad::camera {

struct Place {
  math::Vec3d point{0};   // just off the surface, on the viewer's side
  math::Vec3d normal{0};  // of the face, towards the camera
  float depth = 0;        // along the ray that was given
};
Place place_of(const scene::TriangleSource& triangles, const scene::ViewRay& ray,
               const scene::ShadeSample& sample);

// Pixel centres know their rays; other samples solve the lens.
scene::ViewRay ray_of(const scene::CameraView& view, const scene::ShadeSample& sample, bool centre);

// 16 cosine-weighted directions about +z, one for each pixel of a 4x4 block; the order scatters
// neighbours.
std::array<math::Vec3d, 16> sky_pattern();
math::Vec3d turned(const math::Vec3d& local, const math::Vec3d& normal);

}  // namespace oddroad::camera
