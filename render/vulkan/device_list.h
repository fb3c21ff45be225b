// What a physical device can do and why it would be refused. Internal to this module.
#pragma once

#include "render/vulkan/device.h"

namespace oddroad::vulkan {

struct Candidate {
  VkPhysicalDevice physical = VK_NULL_HANDLE;
  std::uint32_t queue_family = 0;
  DeviceInfo info;
};

std::vector<Candidate> candidates(const Instance& instance);
// The candidate that DeviceOptions::select names; fails with the list of all.
core::Result<Candidate> choose(const std::vector<Candidate>& all, const std::string& select);

}  // namespace oddroad::vulkan
