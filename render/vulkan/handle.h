// Owning wrappers of Vulkan handles: move-only, destroyed with the device that made them.
#pragma once

#include <utility>

#include <vulkan/vulkan.h>

namespace oddroad::vulkan {

template <typename T, void (*Destroy)(VkDevice, T, const VkAllocationCallbacks*)>
class Handle {
 public:
  Handle() = default;
  Handle(VkDevice device, T value) : device_(device), value_(value) {}
  Handle(Handle&& other) noexcept
      : device_(other.device_), value_(std::exchange(other.value_, T{})) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(device_, other.device_);
    std::swap(value_, other.value_);
    return *this;
  }
  ~Handle() {
    if (value_) Destroy(device_, value_, nullptr);
  }
  [[nodiscard]] T get() const { return value_; }
  explicit operator bool() const { return value_ != T{}; }

 private:
  VkDevice device_ = VK_NULL_HANDLE;
  T value_{};
};

using UniqueBuffer = Handle<VkBuffer, vkDestroyBuffer>;
using UniqueMemory = Handle<VkDeviceMemory, vkFreeMemory>;
using UniqueImage = Handle<VkImage, vkDestroyImage>;
using UniqueImageView = Handle<VkImageView, vkDestroyImageView>;
using UniqueSampler = Handle<VkSampler, vkDestroySampler>;
using UniqueFence = Handle<VkFence, vkDestroyFence>;
using UniqueCommandPool = Handle<VkCommandPool, vkDestroyCommandPool>;
using UniqueShaderModule = Handle<VkShaderModule, vkDestroyShaderModule>;
using UniquePipeline = Handle<VkPipeline, vkDestroyPipeline>;
using UniquePipelineLayout = Handle<VkPipelineLayout, vkDestroyPipelineLayout>;
using UniqueSetLayout = Handle<VkDescriptorSetLayout, vkDestroyDescriptorSetLayout>;
using UniqueQueryPool = Handle<VkQueryPool, vkDestroyQueryPool>;
using UniqueDescriptorPool = Handle<VkDescriptorPool, vkDestroyDescriptorPool>;

}  // namespace oddroad::vulkan
