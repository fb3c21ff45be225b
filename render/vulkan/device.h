// A logical Vulkan 1.3 device with one queue. No window system. Works on Mesa's lavapipe and on
// GPUs; needs compute, buffer device addresses and synchronization2; graphics only for rasterizing.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <vulkan/vulkan.h>

#include "engine/core/result.h"
#include "render/vulkan/instance.h"
#include "render/vulkan/pass_times.h"

namespace oddroad::vulkan {

enum class DeviceType { kDiscrete, kIntegrated, kVirtual, kCpu, kOther };

struct DeviceInfo {
  int index = 0;  // as DeviceOptions::select counts
  std::string name;
  std::string driver;       // name and version as the driver words them
  std::string api_version;  // "1.3.230"
  DeviceType type = DeviceType::kOther;
  bool can_rasterize = false;        // has a graphics queue and the formats for it
  std::vector<std::string> refused;  // why it cannot be used; empty = usable
};

struct DeviceOptions {
  // "auto": the best usable device (discrete before integrated, virtual, CPU). A number: that
  // index. Anything else: the first usable device whose name contains it (case does not matter).
  std::string select = "auto";
  bool validation = false;
};

// Every device the loader finds, usable or not. Errors: no loader, no driver.
core::Result<std::vector<DeviceInfo>> list_devices();
// For `oddroad info`: one line a device, with the reasons of refusal. Never fails.
std::string describe_devices();
std::string to_string(const DeviceInfo& info);

class Device {
 public:
  // Errors: "no Vulkan 1.3 device" with the list of what was found and why it was refused; no
  // device matches `select`; validation layer missing.
  static core::Result<std::shared_ptr<Device>> create(const DeviceOptions& options = {});
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;
  ~Device();

  [[nodiscard]] VkDevice get() const { return device_; }
  [[nodiscard]] VkPhysicalDevice physical() const { return physical_; }
  [[nodiscard]] const DeviceInfo& info() const { return info_; }
  [[nodiscard]] const VkPhysicalDeviceLimits& limits() const { return limits_; }
  [[nodiscard]] bool is_cpu() const { return info_.type == DeviceType::kCpu; }
  [[nodiscard]] std::uint32_t queue_family() const { return queue_family_; }

  // What validation said so far (warnings and errors); always empty without validation.
  [[nodiscard]] std::vector<std::string> validation_messages() const;

  // Submits one recorded command buffer; the fence tells when it is done. Thread-safe.
  core::Result<void> submit(VkCommandBuffer commands, VkFence fence);
  core::Result<void> wait(VkFence fence) const;

  // Of a tick of the queue's clock, nanoseconds; 0: it has none.
  [[nodiscard]] double tick_ns() const { return tick_ns_; }
  // Of every run of Commands on this device, where the queue has a clock.
  [[nodiscard]] PassTimes& pass_times() { return pass_times_; }

  // A memory type among `allowed_bits` with all `required` and, if any has them, `preferred` flags;
  // -1 = none.
  [[nodiscard]] int memory_type(std::uint32_t allowed_bits, VkMemoryPropertyFlags required,
                                VkMemoryPropertyFlags preferred) const;
  [[nodiscard]] VkMemoryPropertyFlags memory_flags(std::uint32_t type) const {
    return memory_.memoryTypes[type].propertyFlags;
  }

 private:
  Device() = default;
  std::unique_ptr<Instance> instance_;
  VkPhysicalDevice physical_ = VK_NULL_HANDLE;
  VkDevice device_ = VK_NULL_HANDLE;
  VkQueue queue_ = VK_NULL_HANDLE;
  std::uint32_t queue_family_ = 0;
  DeviceInfo info_;
  VkPhysicalDeviceLimits limits_{};
  VkPhysicalDeviceMemoryProperties memory_{};
  std::mutex queue_mutex_;
  double tick_ns_ = 0;
  PassTimes pass_times_;
};

// Fails with "<what>: VK_ERROR_..." unless the result is VK_SUCCESS.
core::Result<void> check(VkResult result, const std::string& what);

}  // namespace oddroad::vulkan
