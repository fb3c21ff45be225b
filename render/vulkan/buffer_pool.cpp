#include "render/vulkan/buffer_pool.h"

#include <utility>

namespace oddroad::vulkan {
namespace {

constexpr VkDeviceSize kAlignment = 256;

}  // namespace

BufferSlice::BufferSlice(BufferSlice&& other) noexcept
    : pool_(std::exchange(other.pool_, nullptr)),
      block_(other.block_),
      offset_(other.offset_),
      size_(other.size_) {}

BufferSlice& BufferSlice::operator=(BufferSlice&& other) noexcept {
  std::swap(pool_, other.pool_);
  std::swap(block_, other.block_);
  std::swap(offset_, other.offset_);
  std::swap(size_, other.size_);
  return *this;
}

BufferSlice::~BufferSlice() {
  if (pool_) pool_->release(*this);
}

const Buffer& BufferSlice::buffer() const {
  return pool_->blocks_[block_].buffer;
}

VkDeviceAddress BufferSlice::address() const {
  return buffer().address() + offset_;
}

BufferPool::BufferPool(std::shared_ptr<Device> device, VkBufferUsageFlags usage,
                       VkDeviceSize block_bytes)
    : device_(std::move(device)), usage_(usage), block_bytes_(block_bytes) {}

core::Result<BufferSlice> BufferPool::allocate(VkDeviceSize bytes) {
  const VkDeviceSize rounded =
      (std::max<VkDeviceSize>(bytes, 1) + kAlignment - 1) / kAlignment * kAlignment;
  BufferSlice out;
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    if (take(b, rounded, out)) return out;
  }
  const VkDeviceSize size = std::max(block_bytes_, rounded);
  auto buffer =
      Buffer::create(*device_, size, usage_ | VK_BUFFER_USAGE_TRANSFER_DST_BIT, MemoryUse::kDevice);
  if (!buffer) return core::forward_error(buffer);
  blocks_.push_back({std::move(*buffer), {{0, size}}});
  take(blocks_.size() - 1, rounded, out);
  return out;
}

bool BufferPool::take(std::size_t block, VkDeviceSize bytes, BufferSlice& out) {
  auto& free = blocks_[block].free;
  for (auto it = free.begin(); it != free.end(); ++it) {
    if (it->second < bytes) continue;
    out.pool_ = this;
    out.block_ = block;
    out.offset_ = it->first;
    out.size_ = bytes;
    const VkDeviceSize rest = it->second - bytes;
    free.erase(it);
    if (rest > 0) free.emplace(out.offset_ + bytes, rest);
    used_ += bytes;
    return true;
  }
  return false;
}

void BufferPool::release(const BufferSlice& slice) {
  auto& free = blocks_[slice.block_].free;
  used_ -= slice.size_;
  auto it = free.emplace(slice.offset_, slice.size_).first;
  const auto next = std::next(it);
  if (next != free.end() && it->first + it->second == next->first) {
    it->second += next->second;
    free.erase(next);
  }
  if (it == free.begin()) return;
  const auto previous = std::prev(it);
  if (previous->first + previous->second == it->first) {
    previous->second += it->second;
    free.erase(it);
  }
}

}  // namespace oddroad::vulkan
