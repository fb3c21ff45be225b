// Meshes and images kept between frames. Internal to this module.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "engine/world/scene_window.h"
#include "render/shade/surface_store.h"
#include "render/shaders/layouts.h"

namespace oddroad::shade {

// A model's materials with the addresses of their images, and the family of each.
struct CachedModel {
  std::weak_ptr<const asset::Model> model;
  std::vector<shaders::ShadeMaterial> materials;
  std::vector<std::uint8_t> families;
  std::vector<std::unique_ptr<StoredBytes>> images;
  std::uint64_t last_used = 0;
};

struct CachedSurface {
  std::weak_ptr<const asset::Model> model;
  std::unique_ptr<StoredBytes> triangles;         // rigid drawables
  std::vector<shaders::ShadeTriangle> deforming;  // kept here for deforming ones
  std::uint64_t last_used = 0;
};

// Entries go with their models, and the least recently used ones when more than the budget is held.
class SurfaceCache {
 public:
  // The store must outlive the cache.
  SurfaceCache(SurfaceStore& store, std::uint64_t budget_bytes);

  void begin_frame() { ++frame_; }
  core::Result<const CachedModel*> model(const std::shared_ptr<const asset::Model>& model);
  core::Result<CachedSurface*> surface(const world::Drawable& drawable);
  void trim();
  [[nodiscard]] std::size_t size() const { return models_.size() + surfaces_.size(); }

 private:
  using SurfaceKey = std::pair<const math::TriangleMesh*, const asset::Model*>;
  SurfaceStore& store_;
  std::uint64_t budget_;
  std::uint64_t frame_ = 0;
  // By addresses, which another model may have had before.
  std::map<const asset::Model*, CachedModel> models_;
  std::map<SurfaceKey, CachedSurface> surfaces_;
};

}  // namespace oddroad::shade
