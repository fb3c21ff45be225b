#include "render/raster/mesh_cache.h"

#include <algorithm>

namespace oddroad::raster {

MeshCache::MeshCache(std::shared_ptr<vulkan::Device> device, VkDeviceSize budget_bytes)
    : pool_(std::move(device),
            VK_BUFFER_USAGE_VERTEX_BUFFER_BIT | VK_BUFFER_USAGE_INDEX_BUFFER_BIT),
      budget_(budget_bytes) {}

core::Result<const CachedMesh*> MeshCache::get(const world::Drawable& drawable,
                                               vulkan::Uploads& uploads) {
  const auto found = meshes_.find(drawable.mesh);
  if (found != meshes_.end() && found->second.model.lock() == drawable.model) {
    found->second.last_used = frame_;
    return &found->second;
  }
  const math::TriangleMesh& mesh = *drawable.mesh;
  ProvokingOrder order = provoking_order(mesh);
  CachedMesh out;
  out.model = drawable.model;
  out.index_count = static_cast<std::uint32_t>(order.triangles.size() * 3);
  out.bounds = mesh.bounds();
  out.last_used = frame_;
  auto indices = pool_.allocate(out.index_count * sizeof(std::uint32_t));
  if (!indices) return core::forward_error(indices);
  auto positions = pool_.allocate(order.source.size() * sizeof(math::Vec3f));
  if (!positions) return core::forward_error(positions);
  out.indices = std::move(*indices);
  out.positions = std::move(*positions);
  std::vector<math::Vec3f> vertices(order.source.size());
  std::transform(order.source.begin(), order.source.end(), vertices.begin(), [&](std::uint32_t v) {
    return mesh.positions[v];
  });
  uploads.add(out.indices.buffer(), out.indices.offset(),
              std::as_bytes(std::span(order.triangles)));
  uploads.add(out.positions.buffer(), out.positions.offset(), std::as_bytes(std::span(vertices)));
  out.source = std::move(order.source);
  return &meshes_.insert_or_assign(drawable.mesh, std::move(out)).first->second;
}

void MeshCache::trim() {
  std::erase_if(meshes_, [](const auto& mesh) {
    return mesh.second.model.expired();
  });
  if (pool_.used_bytes() <= budget_) return;
  std::vector<std::pair<std::uint64_t, const math::TriangleMesh*>> old;
  for (const auto& [mesh, cached] : meshes_) {
    if (cached.last_used != frame_) old.emplace_back(cached.last_used, mesh);
  }
  std::sort(old.begin(), old.end());
  for (const auto& [frame, mesh] : old) {
    if (pool_.used_bytes() <= budget_) return;
    meshes_.erase(mesh);
  }
}

}  // namespace oddroad::raster
