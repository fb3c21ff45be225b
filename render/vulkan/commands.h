// Recording and running commands, and moving data to the device. Synchronisation is deliberately
// plain: whole-memory barriers between stages, one submit at a time.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "render/vulkan/buffer.h"

namespace oddroad::vulkan {

// One reusable command buffer with its fence. Not thread-safe; make one per user of the device.
class Commands {
 public:
  static core::Result<Commands> create(std::shared_ptr<Device> device);
  // Records and submits, after what was started before is done. What it takes on the device is
  // added to the device's pass_times under the pass's name.
  core::Result<void> start(const std::string& pass,
                           const std::function<void(VkCommandBuffer)>& record);
  // Waits for what was started; at once if that is done, or nothing was.
  core::Result<void> finish();
  // Both.
  core::Result<void> run(const std::string& pass,
                         const std::function<void(VkCommandBuffer)>& record);
  [[nodiscard]] const Device& device() const { return *device_; }

 private:
  std::shared_ptr<Device> device_;
  UniqueCommandPool pool_;
  UniqueFence fence_;
  UniqueQueryPool clock_;  // two ticks: where a pass begins and ends; none without a clock
  VkCommandBuffer buffer_ = VK_NULL_HANDLE;
  std::string started_;  // the pass on its way; empty: none

  core::Result<void> make_clock();
  core::Result<void> read_clock(const std::string& pass);
};

// Everything written before is visible to everything after.
void full_barrier(VkCommandBuffer commands);
void image_barrier(VkCommandBuffer commands, const Image& image, VkImageLayout from,
                   VkImageLayout to);

// Host data on its way to device buffers: written at once where the buffer is mapped, else gathered
// and copied in one submit by flush().
class Uploads {
 public:
  void add(const Buffer& destination, VkDeviceSize offset, std::span<const std::byte> bytes);
  core::Result<void> flush(Commands& commands);

 private:
  struct Copy {
    VkBuffer destination;
    VkBufferCopy region;
  };
  std::vector<std::byte> staged_;
  std::vector<Copy> copies_;
};

// Fills all levels of an image, tightly packed from the largest, and leaves it readable by shaders.
core::Result<void> upload_image(Commands& commands, const Image& image,
                                std::span<const std::byte> texels, std::uint32_t bytes_per_texel);

}  // namespace oddroad::vulkan
