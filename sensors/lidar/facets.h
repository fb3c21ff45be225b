// Triangles as the rays that meet them need them: planes in the world, made once for neighbouring
// shots that meet the same ones again and again.
#pragma once

#include <vector>

#include "engine/asset/material.h"
#include "render/scene/triangle_source.h"

namespace oddroad::lidar {

struct Facet {
  math::Vec3d corner{0};  // the first one, world
  math::Vec3d normal{0};  // of any length and side
  double size = 0;        // its length, above 0
  const asset::Material* material = nullptr;
};

// Of one window, which must outlive it.
class FacetSource {
 public:
  FacetSource(const world::SceneWindow& window, const scene::TriangleSource& triangles);

  // `drawable`: index. The planes of those that are still hold at every instant.
  [[nodiscard]] bool still(std::uint32_t drawable) const { return triangles_->still(drawable); }
  [[nodiscard]] Facet make(std::uint32_t drawable, std::uint32_t triangle,
                           std::int64_t stamp_ns) const;

  // What make() will read, asked for ahead of it: vertex numbers and material first, then vertices.
  // Always inlined: GCC 12 takes a function of prefetches alone for one without effect, and drops
  // its calls.
  [[gnu::always_inline]] void fetch(std::uint32_t drawable, std::uint32_t triangle) const {
    __builtin_prefetch(meshes_[drawable].triangles + triangle);
    __builtin_prefetch(meshes_[drawable].material + triangle);
  }
  [[gnu::always_inline]] void fetch_corners(std::uint32_t drawable, std::uint32_t triangle) const {
    for (const std::uint32_t v : meshes_[drawable].triangles[triangle]) {
      __builtin_prefetch(meshes_[drawable].positions + v);
    }
  }

 private:
  struct Mesh {
    const std::array<std::uint32_t, 3>* triangles;
    const math::Vec3f* positions;
    const std::uint16_t* material;
    const asset::Material* materials;
  };
  const scene::TriangleSource* triangles_;
  std::vector<Mesh> meshes_;
};

// One worker's: what it met last.
class FacetCache {
 public:
  // Before facets of another window are asked for.
  void forget() { keys_.assign(kSlots, Key()); }
  [[nodiscard]] bool has(std::uint32_t drawable, std::uint32_t triangle) const {
    const Key& key = keys_[slot(drawable, triangle)];
    return key.drawable_plus_1 == drawable + 1 && key.triangle == triangle;
  }
  // Of a drawable that is still. The reference holds until the next call.
  const Facet& get(const FacetSource& source, std::uint32_t drawable, std::uint32_t triangle);

 private:
  static constexpr std::size_t kSlots = 1024;  // some columns of 128 beams
  struct Key {
    std::uint32_t drawable_plus_1 = 0;  // 0: nothing
    std::uint32_t triangle = 0;
  };
  static std::size_t slot(std::uint32_t drawable, std::uint32_t triangle) {
    return ((triangle + drawable * 0x9e3779b9u) * 2654435761u) >> 22;
  }
  std::vector<Key> keys_ = std::vector<Key>(kSlots);
  std::vector<Facet> facets_ = std::vector<Facet>(kSlots);
};

}  // namespace oddroad::lidar
