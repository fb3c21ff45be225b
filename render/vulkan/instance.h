// The Vulkan instance and its validation messages. Internal to this module.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <vulkan/vulkan.h>

#include "engine/core/result.h"

namespace oddroad::vulkan {

// Collects what the validation layers say; called from any thread.
class MessageLog {
 public:
  void add(std::string message);
  [[nodiscard]] std::vector<std::string> messages() const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> messages_;
};

class Instance {
 public:
  // Errors: no Vulkan loader or driver, validation asked for but its layer is not installed.
  static core::Result<std::unique_ptr<Instance>> create(bool validation);
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;
  ~Instance();

  [[nodiscard]] VkInstance get() const { return instance_; }
  [[nodiscard]] const MessageLog& log() const { return log_; }
  [[nodiscard]] std::vector<VkPhysicalDevice> physical_devices() const;

 private:
  Instance() = default;
  VkInstance instance_ = VK_NULL_HANDLE;
  VkDebugUtilsMessengerEXT messenger_ = VK_NULL_HANDLE;
  MessageLog log_;
};

// "VK_ERROR_OUT_OF_DEVICE_MEMORY" for messages.
std::string result_name(VkResult result);

}  // namespace oddroad::vulkan
