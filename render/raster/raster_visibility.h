// Visibility records by rasterization: one pass into (drawable + 1, triangle) with reversed depth.
//
// Matrices are composed in double and rounded once to float. Both faces are drawn. Rasterizers snap
// vertices to a fraction of a pixel (at least 1/16, commonly 1/256), so a pixel whose centre lies
// that near to an edge may name its neighbour; render/scene/resolve.h decides those.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <tuple>

#include "render/raster/mesh_cache.h"
#include "render/scene/visibility.h"
#include "render/vulkan/device.h"
#include "render/vulkan/pipeline.h"

namespace oddroad::raster {

struct DrawList;

struct RasterOptions {
  // Meshes of earlier frames are kept on the device up to this much.
  std::uint64_t mesh_cache_bytes = std::uint64_t{512} << 20;
};

// Not thread-safe; several may share a device.
class RasterVisibility : public scene::Visibility {
 public:
  // Errors: the device has no graphics queue, or is out of memory.
  static core::Result<std::unique_ptr<RasterVisibility>> create(
      std::shared_ptr<vulkan::Device> device, const RasterOptions& options = {});

  [[nodiscard]] bool can_render(const scene::CameraView& view) const override {
    return view.single_projection();
  }
  // All views in one submission, which is on its way when this returns.
  core::Result<std::unique_ptr<scene::PendingRecords>> begin(
      const world::SceneWindow& window, std::span<const scene::CameraView> views) override;
  // The same draw list into depth alone, nothing read back: what benchmarks compare with.
  core::Result<void> render_depth_only(const world::SceneWindow& window,
                                       const scene::CameraView& view);

 private:
  struct Targets {
    vulkan::Image ids;
    vulkan::Image depth;
    vulkan::Buffer readback;
  };
  RasterVisibility(std::shared_ptr<vulkan::Device> device, vulkan::Commands commands,
                   const RasterOptions& options);
  // What one view draws into what.
  struct Pass;
  class Records;
  // For the k-th view of that size in a submission: each has its own.
  core::Result<Targets*> targets(int width_px, int height_px, int k);
  core::Result<std::vector<Pass>> prepare(const world::SceneWindow& window,
                                          std::span<const scene::CameraView> views);
  core::Result<std::vector<Pass>> draw(const world::SceneWindow& window,
                                       std::span<const scene::CameraView> views, bool with_ids);
  core::Result<void> finish();
  void record(VkCommandBuffer cmd, const Pass& pass, bool with_ids) const;

  std::shared_ptr<vulkan::Device> device_;
  vulkan::Commands commands_;
  vulkan::GraphicsPipeline ids_pipeline_;
  vulkan::GraphicsPipeline depth_pipeline_;
  MeshCache meshes_;
  vulkan::Buffer instances_;
  vulkan::Buffer deformed_;
  std::map<std::tuple<int, int, int>, Targets> targets_;  // by width, height, k
};

}  // namespace oddroad::raster
