#include "render/shade/device_store.h"

namespace oddroad::shade {
namespace {

class DeviceBytes : public StoredBytes {
 public:
  explicit DeviceBytes(vulkan::BufferSlice slice) : slice_(std::move(slice)) {}
  [[nodiscard]] std::uint64_t address() const override { return slice_.address(); }

 private:
  vulkan::BufferSlice slice_;
};

}  // namespace

DeviceStore::DeviceStore(std::shared_ptr<vulkan::Device> device, vulkan::Uploads& uploads)
    : pool_(std::move(device), 0), uploads_(uploads) {}

core::Result<std::unique_ptr<StoredBytes>> DeviceStore::keep(std::span<const std::byte> bytes) {
  auto slice = pool_.allocate(bytes.size());
  if (!slice) return core::forward_error(slice);
  uploads_.add(slice->buffer(), slice->offset(), bytes);
  return std::make_unique<DeviceBytes>(std::move(*slice));
}

}  // namespace oddroad::shade
