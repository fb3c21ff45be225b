#include "render/vulkan/commands.h"

#include <cstring>
#include <utility>

namespace oddroad::vulkan {

core::Result<Commands> Commands::create(std::shared_ptr<Device> device) {
  Commands out;
  VkCommandPoolCreateInfo pool{VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO};
  pool.queueFamilyIndex = device->queue_family();
  VkCommandPool pool_handle = VK_NULL_HANDLE;
  if (auto ok = check(vkCreateCommandPool(device->get(), &pool, nullptr, &pool_handle),
                      "creating a command pool");
      !ok) {
    return core::forward_error(ok);
  }
  out.pool_ = UniqueCommandPool(device->get(), pool_handle);
  VkCommandBufferAllocateInfo allocate{VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO};
  allocate.commandPool = pool_handle;
  allocate.level = VK_COMMAND_BUFFER_LEVEL_PRIMARY;
  allocate.commandBufferCount = 1;
  if (auto ok = check(vkAllocateCommandBuffers(device->get(), &allocate, &out.buffer_),
                      "allocating a command buffer");
      !ok) {
    return core::forward_error(ok);
  }
  const VkFenceCreateInfo fence{VK_STRUCTURE_TYPE_FENCE_CREATE_INFO};
  VkFence fence_handle = VK_NULL_HANDLE;
  if (auto ok =
          check(vkCreateFence(device->get(), &fence, nullptr, &fence_handle), "creating a fence");
      !ok) {
    return core::forward_error(ok);
  }
  out.fence_ = UniqueFence(device->get(), fence_handle);
  out.device_ = std::move(device);
  if (auto ok = out.make_clock(); !ok) return core::forward_error(ok);
  return out;
}

core::Result<void> Commands::make_clock() {
  if (device_->tick_ns() == 0) return {};
  VkQueryPoolCreateInfo info{VK_STRUCTURE_TYPE_QUERY_POOL_CREATE_INFO};
  info.queryType = VK_QUERY_TYPE_TIMESTAMP;
  info.queryCount = 2;
  VkQueryPool pool = VK_NULL_HANDLE;
  auto ok = check(vkCreateQueryPool(device_->get(), &info, nullptr, &pool), "creating a clock");
  if (ok) clock_ = UniqueQueryPool(device_->get(), pool);
  return ok;
}

core::Result<void> Commands::read_clock(const std::string& pass) {
  std::uint64_t ticks[2];
  auto ok = check(vkGetQueryPoolResults(device_->get(), clock_.get(), 0, 2, sizeof(ticks), ticks,
                                        sizeof(ticks[0]), VK_QUERY_RESULT_64_BIT),
                  "reading a clock");
  if (ok) {
    const auto passed = static_cast<double>(ticks[1] - ticks[0]);
    device_->pass_times().add(pass, 1e-9 * passed * device_->tick_ns());
  }
  return ok;
}

core::Result<void> Commands::run(const std::string& pass,
                                 const std::function<void(VkCommandBuffer)>& record) {
  if (auto ok = start(pass, record); !ok) return ok;
  return finish();
}

core::Result<void> Commands::finish() {
  if (started_.empty()) return {};
  const std::string pass = std::exchange(started_, {});
  if (auto ok = device_->wait(fence_.get()); !ok || !clock_) return ok;
  return read_clock(pass);
}

core::Result<void> Commands::start(const std::string& pass,
                                   const std::function<void(VkCommandBuffer)>& record) {
  if (auto ok = finish(); !ok) return ok;
  const VkFence fence = fence_.get();
  if (auto ok = check(vkResetFences(device_->get(), 1, &fence), "resetting a fence"); !ok)
    return ok;
  if (auto ok = check(vkResetCommandPool(device_->get(), pool_.get(), 0), "resetting commands");
      !ok) {
    return ok;
  }
  VkCommandBufferBeginInfo begin{VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO};
  begin.flags = VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT;
  if (auto ok = check(vkBeginCommandBuffer(buffer_, &begin), "recording commands"); !ok) return ok;
  if (clock_) {
    vkCmdResetQueryPool(buffer_, clock_.get(), 0, 2);
    vkCmdWriteTimestamp2(buffer_, VK_PIPELINE_STAGE_2_ALL_COMMANDS_BIT, clock_.get(), 0);
  }
  record(buffer_);
  if (clock_) {
    vkCmdWriteTimestamp2(buffer_, VK_PIPELINE_STAGE_2_ALL_COMMANDS_BIT, clock_.get(), 1);
  }
  // Host reads after the fence need the writes made available to the host.
  full_barrier(buffer_);
  if (auto ok = check(vkEndCommandBuffer(buffer_), "recording commands"); !ok) return ok;
  auto sent = device_->submit(buffer_, fence);
  if (sent) started_ = pass;
  return sent;
}

void full_barrier(VkCommandBuffer commands) {
  VkMemoryBarrier2 barrier{VK_STRUCTURE_TYPE_MEMORY_BARRIER_2};
  barrier.srcStageMask = VK_PIPELINE_STAGE_2_ALL_COMMANDS_BIT;
  barrier.srcAccessMask = VK_ACCESS_2_MEMORY_WRITE_BIT;
  barrier.dstStageMask = VK_PIPELINE_STAGE_2_ALL_COMMANDS_BIT | VK_PIPELINE_STAGE_2_HOST_BIT;
  barrier.dstAccessMask =
      VK_ACCESS_2_MEMORY_READ_BIT | VK_ACCESS_2_MEMORY_WRITE_BIT | VK_ACCESS_2_HOST_READ_BIT;
  VkDependencyInfo info{VK_STRUCTURE_TYPE_DEPENDENCY_INFO};
  info.memoryBarrierCount = 1;
  info.pMemoryBarriers = &barrier;
  vkCmdPipelineBarrier2(commands, &info);
}

void image_barrier(VkCommandBuffer commands, const Image& image, VkImageLayout from,
                   VkImageLayout to) {
  VkImageMemoryBarrier2 barrier{VK_STRUCTURE_TYPE_IMAGE_MEMORY_BARRIER_2};
  barrier.srcStageMask = VK_PIPELINE_STAGE_2_ALL_COMMANDS_BIT;
  barrier.srcAccessMask = VK_ACCESS_2_MEMORY_WRITE_BIT;
  barrier.dstStageMask = VK_PIPELINE_STAGE_2_ALL_COMMANDS_BIT;
  barrier.dstAccessMask = VK_ACCESS_2_MEMORY_READ_BIT | VK_ACCESS_2_MEMORY_WRITE_BIT;
  barrier.oldLayout = from;
  barrier.newLayout = to;
  barrier.srcQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED;
  barrier.dstQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED;
  barrier.image = image.get();
  barrier.subresourceRange = {image.options().aspect, 0, image.options().levels, 0, 1};
  VkDependencyInfo info{VK_STRUCTURE_TYPE_DEPENDENCY_INFO};
  info.imageMemoryBarrierCount = 1;
  info.pImageMemoryBarriers = &barrier;
  vkCmdPipelineBarrier2(commands, &info);
}

void Uploads::add(const Buffer& destination, VkDeviceSize offset,
                  std::span<const std::byte> bytes) {
  if (bytes.empty()) return;
  if (destination.mapped()) {
    std::memcpy(destination.mapped() + offset, bytes.data(), bytes.size());
    return;
  }
  copies_.push_back({destination.get(), {staged_.size(), offset, bytes.size()}});
  staged_.insert(staged_.end(), bytes.begin(), bytes.end());
}

core::Result<void> Uploads::flush(Commands& commands) {
  if (copies_.empty()) return {};
  auto staging = Buffer::create(commands.device(), staged_.size(), VK_BUFFER_USAGE_TRANSFER_SRC_BIT,
                                MemoryUse::kUpload);
  if (!staging) return core::forward_error(staging);
  std::memcpy(staging->mapped(), staged_.data(), staged_.size());
  auto done = commands.run("upload", [&](VkCommandBuffer cmd) {
    for (const Copy& copy : copies_) {
      vkCmdCopyBuffer(cmd, staging->get(), copy.destination, 1, &copy.region);
    }
  });
  staged_ = {};
  copies_.clear();
  return done;
}

core::Result<void> upload_image(Commands& commands, const Image& image,
                                std::span<const std::byte> texels, std::uint32_t bytes_per_texel) {
  auto staging = Buffer::create(commands.device(), texels.size(), VK_BUFFER_USAGE_TRANSFER_SRC_BIT,
                                MemoryUse::kUpload);
  if (!staging) return core::forward_error(staging);
  std::memcpy(staging->mapped(), texels.data(), texels.size());
  const ImageOptions& o = image.options();
  std::vector<VkBufferImageCopy> regions;
  VkDeviceSize offset = 0;
  for (std::uint32_t level = 0; level < o.levels; ++level) {
    const std::uint32_t w = std::max(o.width_px >> level, 1u);
    const std::uint32_t h = std::max(o.height_px >> level, 1u);
    VkBufferImageCopy region{};
    region.bufferOffset = offset;
    region.imageSubresource = {o.aspect, level, 0, 1};
    region.imageExtent = {w, h, 1};
    regions.push_back(region);
    offset += VkDeviceSize{w} * h * bytes_per_texel;
  }
  return commands.run("upload", [&](VkCommandBuffer cmd) {
    image_barrier(cmd, image, VK_IMAGE_LAYOUT_UNDEFINED, VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL);
    vkCmdCopyBufferToImage(cmd, staging->get(), image.get(), VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL,
                           static_cast<std::uint32_t>(regions.size()), regions.data());
    image_barrier(cmd, image, VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL,
                  VK_IMAGE_LAYOUT_SHADER_READ_ONLY_OPTIMAL);
  });
}

}  // namespace oddroad::vulkan
