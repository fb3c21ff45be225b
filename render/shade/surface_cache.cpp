#include "render/shade/surface_cache.h"

#include <algorithm>

#include "render/shade/material_record.h"
#include "render/shade/surface_mesh.h"

namespace oddroad::shade {

SurfaceCache::SurfaceCache(SurfaceStore& store, std::uint64_t budget_bytes)
    : store_(store), budget_(budget_bytes) {}

core::Result<const CachedModel*> SurfaceCache::model(
    const std::shared_ptr<const asset::Model>& model) {
  const auto found = models_.find(model.get());
  if (found != models_.end() && found->second.model.lock() == model) {
    found->second.last_used = frame_;
    return &found->second;
  }
  CachedModel out;
  out.model = model;
  out.last_used = frame_;
  std::vector<glm::uvec4> refs;
  for (const asset::Texture& texture : model->textures) {
    const MipChain chain = mip_chain(texture);
    auto kept = store_.keep(std::as_bytes(std::span(chain.texels)));
    if (!kept) return core::forward_error(kept);
    const std::uint64_t at = (*kept)->address();
    refs.emplace_back(static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at >> 32),
                      texture.width_px | texture.height_px << 16, chain.levels);
    out.images.push_back(std::move(*kept));
  }
  for (const asset::Material& m : model->materials) {
    out.materials.push_back(record_of(m));
    out.families.push_back(family_of(m, refs.size()));
    if (m.texture >= 0 && static_cast<std::size_t>(m.texture) < refs.size()) {
      glm::uvec4& ref = out.materials.back().texture_ref;
      const std::uint32_t retro = ref.w;
      ref = refs[static_cast<std::size_t>(m.texture)];
      ref.w |= retro;
    }
  }
  return &models_.insert_or_assign(model.get(), std::move(out)).first->second;
}

core::Result<CachedSurface*> SurfaceCache::surface(const world::Drawable& drawable) {
  const SurfaceKey key(drawable.mesh, drawable.model.get());
  auto it = surfaces_.find(key);
  if (it == surfaces_.end() || it->second.model.lock() != drawable.model) {
    CachedSurface out;
    out.model = drawable.model;
    std::vector<shaders::ShadeTriangle> triangles = make_triangles(*drawable.mesh, *drawable.model);
    if (drawable.steps.empty()) {
      place_corners(*drawable.mesh, drawable.mesh->positions, drawable.mesh->normals, triangles);
      auto kept = store_.keep(std::as_bytes(std::span(triangles)));
      if (!kept) return core::forward_error(kept);
      out.triangles = std::move(*kept);
    } else {
      out.deforming = std::move(triangles);
    }
    it = surfaces_.insert_or_assign(key, std::move(out)).first;
  }
  it->second.last_used = frame_;
  return &it->second;
}

void SurfaceCache::trim() {
  const auto dead = [](const auto& entry) {
    return entry.second.model.expired();
  };
  std::erase_if(surfaces_, dead);
  std::erase_if(models_, dead);
  if (store_.used_bytes() <= budget_) return;
  std::vector<std::pair<std::uint64_t, SurfaceKey>> old;
  for (const auto& [key, surface] : surfaces_) {
    if (surface.last_used != frame_) old.emplace_back(surface.last_used, key);
  }
  std::sort(old.begin(), old.end());
  for (const auto& [frame, key] : old) {
    if (store_.used_bytes() <= budget_) break;
    surfaces_.erase(key);
  }
  std::erase_if(models_, [&](const auto& m) {
    return m.second.last_used != frame_ && !m.second.images.empty() &&
           store_.used_bytes() > budget_;
  });
}

}  // namespace oddroad::shade
