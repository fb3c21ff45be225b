// Many pieces of device memory out of few allocations (drivers limit their number). First fit.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "render/vulkan/buffer.h"

namespace oddroad::vulkan {

class BufferPool;

// A piece of a pool's buffer; goes back to the pool when destroyed.
class BufferSlice {
 public:
  BufferSlice() = default;
  BufferSlice(BufferSlice&& other) noexcept;
  BufferSlice& operator=(BufferSlice&& other) noexcept;
  ~BufferSlice();

  [[nodiscard]] const Buffer& buffer() const;
  [[nodiscard]] VkDeviceSize offset() const { return offset_; }
  [[nodiscard]] VkDeviceSize size() const { return size_; }
  [[nodiscard]] VkDeviceAddress address() const;

 private:
  friend class BufferPool;
  BufferPool* pool_ = nullptr;
  std::size_t block_ = 0;
  VkDeviceSize offset_ = 0;
  VkDeviceSize size_ = 0;
};

// Not thread-safe. Must outlive its slices.
class BufferPool {
 public:
  BufferPool(std::shared_ptr<Device> device, VkBufferUsageFlags usage,
             VkDeviceSize block_bytes = VkDeviceSize{32} << 20);
  BufferPool(const BufferPool&) = delete;
  BufferPool& operator=(const BufferPool&) = delete;

  // Offsets are multiples of 256. A piece larger than a block gets a block of its own.
  core::Result<BufferSlice> allocate(VkDeviceSize bytes);
  [[nodiscard]] VkDeviceSize used_bytes() const { return used_; }

 private:
  friend class BufferSlice;
  struct Block {
    Buffer buffer;
    std::map<VkDeviceSize, VkDeviceSize> free;  // offset to size
  };
  bool take(std::size_t block, VkDeviceSize bytes, BufferSlice& out);
  void release(const BufferSlice& slice);

  std::shared_ptr<Device> device_;
  VkBufferUsageFlags usage_;
  VkDeviceSize block_bytes_;
  VkDeviceSize used_ = 0;
  std::vector<Block> blocks_;
};

}  // namespace oddroad::vulkan
