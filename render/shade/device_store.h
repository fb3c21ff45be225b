// Surfaces in device memory. Internal to this module.
#pragma once

#include "render/shade/surface_store.h"
#include "render/vulkan/buffer_pool.h"
#include "render/vulkan/commands.h"

namespace oddroad::shade {

// What is kept arrives on the device with the next flush of `uploads`, which must outlive this.
class DeviceStore : public SurfaceStore {
 public:
  DeviceStore(std::shared_ptr<vulkan::Device> device, vulkan::Uploads& uploads);
  core::Result<std::unique_ptr<StoredBytes>> keep(std::span<const std::byte> bytes) override;
  [[nodiscard]] std::uint64_t used_bytes() const override { return pool_.used_bytes(); }

 private:
  vulkan::BufferPool pool_;
  vulkan::Uploads& uploads_;
};

}  // namespace oddroad::shade
