#include "sensors/lidar/facets.h"

#include <algorithm>

namespace oddroad::lidar {

FacetSource::FacetSource(const world::SceneWindow& window, const scene::TriangleSource& triangles)
    : triangles_(&triangles) {
  meshes_.reserve(window.drawables.size());
  for (const world::Drawable& d : window.drawables) {
    meshes_.push_back({d.mesh->triangles.data(), d.mesh->positions.data(), d.mesh->material.data(),
                       d.model->materials.data()});
  }
}

Facet FacetSource::make(std::uint32_t drawable, std::uint32_t triangle,
                        std::int64_t stamp_ns) const {
  const Mesh& mesh = meshes_[drawable];
  const auto corner = triangles_->corners(drawable, triangle, stamp_ns);
  Facet out;
  out.corner = corner[0];
  out.normal = glm::cross(corner[1] - corner[0], corner[2] - corner[0]);
  out.size = std::max(glm::length(out.normal), 1e-300);
  out.material = mesh.materials + mesh.material[triangle];
  return out;
}

const Facet& FacetCache::get(const FacetSource& source, std::uint32_t drawable,
                             std::uint32_t triangle) {
  const std::size_t k = slot(drawable, triangle);
  if (!has(drawable, triangle)) {
    facets_[k] = source.make(drawable, triangle, 0);
    keys_[k] = {drawable + 1, triangle};
  }
  return facets_[k];
}

}  // namespace oddroad::lidar
