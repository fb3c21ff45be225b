// Meshes and images on the device between frames. Internal to this module.
#pragma once

#include <map>
#include <memory>

#include "engine/world/scene_window.h"
#include "render/shaders/layouts.h"
#include "render/vulkan/buffer_pool.h"
#include "render/vulkan/commands.h"

namespace oddroad::shade {

// A model's materials with the addresses of their images, and the family of each.
struct CachedModel {
  std::shared_ptr<const asset::Model> keep_alive;
  std::vector<shaders::ShadeMaterial> materials;
  std::vector<std::uint8_t> families;
  std::vector<vulkan::BufferSlice> images;
  std::uint64_t last_used = 0;
};

struct CachedSurface {
  std::shared_ptr<const asset::Model> keep_alive;
  vulkan::BufferSlice triangles;                  // rigid drawables
  std::vector<shaders::ShadeTriangle> deforming;  // kept here for deforming ones
  std::uint64_t last_used = 0;
};

// Keyed by addresses, which the kept models hold; least recently used entries go when more than the
// budget is held.
class SurfaceCache {
 public:
  SurfaceCache(std::shared_ptr<vulkan::Device> device, VkDeviceSize budget_bytes);

  void begin_frame() { ++frame_; }
  core::Result<const CachedModel*> model(const std::shared_ptr<const asset::Model>& model,
                                         vulkan::Uploads& uploads);
  core::Result<CachedSurface*> surface(const world::Drawable& drawable, vulkan::Uploads& uploads);
  void trim();

 private:
  using SurfaceKey = std::pair<const math::TriangleMesh*, const asset::Model*>;
  vulkan::BufferPool pool_;
  VkDeviceSize budget_;
  std::uint64_t frame_ = 0;
  std::map<const asset::Model*, CachedModel> models_;
  std::map<SurfaceKey, CachedSurface> surfaces_;
};

}  // namespace oddroad::shade
