// Where samples lie in the world, and directions into the sky from there. Internal to this module.
#pragma once

#include <array>
#include <cmath>

#include "render/scene/pixel_geometry.h"
#include "render/scene/triangle_source.h"
#include "render/scene/visibility.h"

namespace oddroad::camera {

struct Place {
  math::Vec3f point{0};   // just off the surface, on the viewer's side
  math::Vec3f normal{0};  // of the face, towards the camera
  float depth = 0;        // along the ray that was given
};

// Finds places one after the other; quick where the next lies on the triangle of the last.
class PlaceFinder {
 public:
  // Borrows the triangles.
  explicit PlaceFinder(const scene::TriangleSource& triangles) : triangles_(&triangles) {}
  Place find(const scene::ViewRay& ray, const scene::ShadeSample& sample);

 private:
  const scene::TriangleSource* triangles_;
  scene::TrianglePlane plane_;
  math::Vec3d normal_{0};
  std::uint32_t drawable_ = 0;
  std::uint32_t triangle_ = 0;
  std::int64_t stamp_ns_ = 0;
};
Place place_of(const scene::TriangleSource& triangles, const scene::ViewRay& ray,
               const scene::ShadeSample& sample);

// Pixel centres know their rays; other samples solve the lens.
scene::ViewRay ray_of(const scene::CameraView& view, const scene::ShadeSample& sample, bool centre);

// How samples lie in the image.
struct SampleLayout {
  int width_px = 0;  // the first width * height samples are pixel centres, row-major
  int height_px = 0;
  std::size_t pixel_samples = 0;
};

// Whether two places may share what they see of lights: about as far away, and alike in
// orientation.
inline bool alike_depth(const Place& a, const Place& b) {
  return std::abs(a.depth - b.depth) <= 0.05f * b.depth;
}
inline bool alike(const Place& a, const Place& b) {
  return alike_depth(a, b) && glm::dot(a.normal, b.normal) >= 0.8f;
}

// 16 cosine-weighted directions about +z, one for each pixel of a 4x4 block; the order scatters
// neighbours.
std::array<math::Vec3f, 16> sky_pattern();
// A direction about +z as one about the unit normal.
math::Vec3f turned(const math::Vec3f& local, const math::Vec3f& normal);

}  // namespace oddroad::camera
