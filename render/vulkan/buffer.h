// Buffers and images with their memory. They must not outlive the device.
#pragma once

#include <cstddef>
#include <span>

#include "render/vulkan/device.h"
#include "render/vulkan/handle.h"

namespace oddroad::vulkan {

enum class MemoryUse {
  kDevice,    // fast for the device; mapped only where that costs nothing (CPU devices)
  kUpload,    // written by the host, read once by the device; always mapped
  kReadback,  // written by the device, read by the host through its caches; always mapped
};

class Buffer {
 public:
  Buffer() = default;
  // Errors: more than the device can allocate at once, out of memory. bytes > 0.
  // Every buffer has a device address.
  static core::Result<Buffer> create(const Device& device, VkDeviceSize bytes,
                                     VkBufferUsageFlags usage, MemoryUse use);

  [[nodiscard]] VkBuffer get() const { return buffer_.get(); }
  [[nodiscard]] VkDeviceSize size() const { return size_; }
  [[nodiscard]] VkDeviceAddress address() const { return address_; }
  // Null unless the memory is host-visible; coherent where not null.
  [[nodiscard]] std::byte* mapped() const { return mapped_; }

 private:
  UniqueMemory memory_;  // before the buffer: freed after it
  UniqueBuffer buffer_;
  VkDeviceSize size_ = 0;
  VkDeviceAddress address_ = 0;
  std::byte* mapped_ = nullptr;
};

// Keeps `buffer` if it has room for `bytes`, else replaces it by one half as large again.
core::Result<void> reserve(Buffer& buffer, const Device& device, VkDeviceSize bytes,
                           VkBufferUsageFlags usage, MemoryUse use);

struct ImageOptions {
  std::uint32_t width_px = 1;
  std::uint32_t height_px = 1;
  std::uint32_t levels = 1;
  VkFormat format = VK_FORMAT_UNDEFINED;
  VkImageUsageFlags usage = 0;
  VkImageAspectFlags aspect = VK_IMAGE_ASPECT_COLOR_BIT;
};

class Image {
 public:
  Image() = default;
  static core::Result<Image> create(const Device& device, const ImageOptions& options);

  [[nodiscard]] VkImage get() const { return image_.get(); }
  [[nodiscard]] VkImageView view() const { return view_.get(); }
  [[nodiscard]] const ImageOptions& options() const { return options_; }

 private:
  UniqueMemory memory_;
  UniqueImage image_;
  UniqueImageView view_;
  ImageOptions options_;
};

}  // namespace oddroad::vulkan
