#include "render/vulkan/device.h"

#include "render/vulkan/device_list.h"

namespace oddroad::vulkan {

core::Result<void> check(VkResult result, const std::string& what) {
  if (result == VK_SUCCESS) return {};
  return core::fail(what + ": " + result_name(result));
}

namespace {

double tick_of(VkPhysicalDevice physical, std::uint32_t family,
               const VkPhysicalDeviceLimits& limits) {
  std::uint32_t count = 0;
  vkGetPhysicalDeviceQueueFamilyProperties(physical, &count, nullptr);
  std::vector<VkQueueFamilyProperties> families(count);
  vkGetPhysicalDeviceQueueFamilyProperties(physical, &count, families.data());
  return families[family].timestampValidBits > 0 ? double{limits.timestampPeriod} : 0;
}

}  // namespace

core::Result<std::shared_ptr<Device>> Device::create(const DeviceOptions& options) {
  auto instance = Instance::create(options.validation);
  if (!instance) return core::forward_error(instance);
  const auto chosen = choose(candidates(**instance), options.select);
  if (!chosen) return core::forward_error(chosen);

  std::shared_ptr<Device> out(new Device);
  out->instance_ = std::move(*instance);
  out->physical_ = chosen->physical;
  out->queue_family_ = chosen->queue_family;
  out->info_ = chosen->info;
  VkPhysicalDeviceProperties properties;
  vkGetPhysicalDeviceProperties(out->physical_, &properties);
  out->limits_ = properties.limits;
  out->tick_ns_ = tick_of(out->physical_, out->queue_family_, out->limits_);
  vkGetPhysicalDeviceMemoryProperties(out->physical_, &out->memory_);

  VkPhysicalDeviceVulkan13Features f13{VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_3_FEATURES};
  f13.synchronization2 = VK_TRUE;
  f13.dynamicRendering = VK_TRUE;
  f13.maintenance4 = VK_TRUE;
  VkPhysicalDeviceVulkan12Features f12{VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_2_FEATURES};
  f12.bufferDeviceAddress = VK_TRUE;
  f12.pNext = &f13;
  const float priority = 1;
  VkDeviceQueueCreateInfo queue{VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO};
  queue.queueFamilyIndex = out->queue_family_;
  queue.queueCount = 1;
  queue.pQueuePriorities = &priority;
  VkDeviceCreateInfo info{VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO};
  info.pNext = &f12;
  info.queueCreateInfoCount = 1;
  info.pQueueCreateInfos = &queue;
  const VkResult r = vkCreateDevice(out->physical_, &info, nullptr, &out->device_);
  if (r != VK_SUCCESS) {
    return core::fail("Vulkan device " + to_string(out->info_) +
                      " cannot be opened: " + result_name(r));
  }
  vkGetDeviceQueue(out->device_, out->queue_family_, 0, &out->queue_);
  return out;
}

Device::~Device() {
  if (device_) {
    vkDeviceWaitIdle(device_);
    vkDestroyDevice(device_, nullptr);
  }
}

std::vector<std::string> Device::validation_messages() const {
  return instance_->log().messages();
}

core::Result<void> Device::submit(VkCommandBuffer commands, VkFence fence) {
  VkCommandBufferSubmitInfo buffer{VK_STRUCTURE_TYPE_COMMAND_BUFFER_SUBMIT_INFO};
  buffer.commandBuffer = commands;
  VkSubmitInfo2 submit{VK_STRUCTURE_TYPE_SUBMIT_INFO_2};
  submit.commandBufferInfoCount = 1;
  submit.pCommandBufferInfos = &buffer;
  const std::lock_guard lock(queue_mutex_);
  return check(vkQueueSubmit2(queue_, 1, &submit, fence), "submitting to " + info_.name);
}

core::Result<void> Device::wait(VkFence fence) const {
  return check(vkWaitForFences(device_, 1, &fence, VK_TRUE, UINT64_MAX),
               "waiting for " + info_.name);
}

int Device::memory_type(std::uint32_t allowed_bits, VkMemoryPropertyFlags required,
                        VkMemoryPropertyFlags preferred) const {
  int fallback = -1;
  for (std::uint32_t i = 0; i < memory_.memoryTypeCount; ++i) {
    const VkMemoryPropertyFlags flags = memory_.memoryTypes[i].propertyFlags;
    if (!(allowed_bits >> i & 1) || (flags & required) != required) continue;
    if ((flags & preferred) == preferred) return static_cast<int>(i);
    if (fallback < 0) fallback = static_cast<int>(i);
  }
  return fallback;
}

}  // namespace oddroad::vulkan
