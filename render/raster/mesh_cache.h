// Meshes on the device between frames, in provoking order. Internal to this module.
#pragma once

#include <map>
#include <memory>

#include "engine/world/scene_window.h"
#include "render/raster/provoking_order.h"
#include "render/vulkan/buffer_pool.h"
#include "render/vulkan/commands.h"

namespace oddroad::raster {

struct CachedMesh {
  std::weak_ptr<const asset::Model> model;
  vulkan::BufferSlice indices;
  vulkan::BufferSlice positions;      // rest vertices; unused by deforming drawables
  std::vector<std::uint32_t> source;  // old vertex of each new one
  std::uint32_t index_count = 0;
  math::Aabb bounds;  // of the rest vertices
  std::uint64_t last_used = 0;
};

// Keyed by mesh address. Meshes go with their models, and the least recently used ones when more
// than the budget is held.
class MeshCache {
 public:
  MeshCache(std::shared_ptr<vulkan::Device> device, VkDeviceSize budget_bytes);

  void begin_frame() { ++frame_; }
  // The device's copy of a drawable's mesh; uploads go into `uploads`. Valid until trim().
  core::Result<const CachedMesh*> get(const world::Drawable& drawable, vulkan::Uploads& uploads);
  // Drops the meshes of models that are gone; then what this frame did not use, oldest first, down
  // to the budget.
  void trim();
  [[nodiscard]] std::size_t size() const { return meshes_.size(); }

 private:
  vulkan::BufferPool pool_;
  VkDeviceSize budget_;
  std::uint64_t frame_ = 0;
  std::map<const math::TriangleMesh*, CachedMesh> meshes_;
};

}  // namespace oddroad::raster
