#include "render/vulkan/device_list.h"

#include <algorithm>
#include <cctype>

namespace oddroad::vulkan {
namespace {

std::string version_text(std::uint32_t v) {
  return std::to_string(VK_API_VERSION_MAJOR(v)) + "." + std::to_string(VK_API_VERSION_MINOR(v)) +
         "." + std::to_string(VK_API_VERSION_PATCH(v));
}

DeviceType type_of(VkPhysicalDeviceType type) {
  switch (type) {
    case VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU:
      return DeviceType::kDiscrete;
    case VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU:
      return DeviceType::kIntegrated;
    case VK_PHYSICAL_DEVICE_TYPE_VIRTUAL_GPU:
      return DeviceType::kVirtual;
    case VK_PHYSICAL_DEVICE_TYPE_CPU:
      return DeviceType::kCpu;
    default:
      return DeviceType::kOther;
  }
}

const char* type_name(DeviceType type) {
  switch (type) {
    case DeviceType::kDiscrete:
      return "discrete GPU";
    case DeviceType::kIntegrated:
      return "integrated GPU";
    case DeviceType::kVirtual:
      return "virtual GPU";
    case DeviceType::kCpu:
      return "CPU";
    case DeviceType::kOther:
      break;
  }
  return "other";
}

bool has_format(VkPhysicalDevice device, VkFormat format, VkFormatFeatureFlags needed) {
  VkFormatProperties properties;
  vkGetPhysicalDeviceFormatProperties(device, format, &properties);
  return (properties.optimalTilingFeatures & needed) == needed;
}

// Prefers a family that can also rasterize.
void find_queue(Candidate& c) {
  std::uint32_t count = 0;
  vkGetPhysicalDeviceQueueFamilyProperties(c.physical, &count, nullptr);
  std::vector<VkQueueFamilyProperties> families(count);
  vkGetPhysicalDeviceQueueFamilyProperties(c.physical, &count, families.data());
  int best = -1;
  for (std::uint32_t i = 0; i < count; ++i) {
    const VkQueueFlags flags = families[i].queueFlags;
    if (!(flags & VK_QUEUE_COMPUTE_BIT)) continue;
    if (flags & VK_QUEUE_GRAPHICS_BIT) {
      best = static_cast<int>(i);
      c.info.can_rasterize =
          has_format(c.physical, VK_FORMAT_R32G32_UINT, VK_FORMAT_FEATURE_COLOR_ATTACHMENT_BIT) &&
          has_format(c.physical, VK_FORMAT_D32_SFLOAT,
                     VK_FORMAT_FEATURE_DEPTH_STENCIL_ATTACHMENT_BIT);
      break;
    }
    if (best < 0) best = static_cast<int>(i);
  }
  if (best < 0) c.info.refused.push_back("it has no compute queue");
  c.queue_family = static_cast<std::uint32_t>(std::max(best, 0));
}

void check_features(Candidate& c) {
  VkPhysicalDeviceVulkan13Features f13{VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_3_FEATURES};
  VkPhysicalDeviceVulkan12Features f12{VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_2_FEATURES};
  f12.pNext = &f13;
  VkPhysicalDeviceFeatures2 features{VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_FEATURES_2};
  features.pNext = &f12;
  vkGetPhysicalDeviceFeatures2(c.physical, &features);
  const auto need = [&](VkBool32 present, const char* name) {
    if (!present) c.info.refused.push_back(std::string("it lacks ") + name);
  };
  need(f12.bufferDeviceAddress, "bufferDeviceAddress");
  need(f13.synchronization2, "synchronization2");
  need(f13.dynamicRendering, "dynamicRendering");
  need(f13.maintenance4, "maintenance4");
  need(has_format(c.physical, VK_FORMAT_R32G32B32A32_SFLOAT, VK_FORMAT_FEATURE_SAMPLED_IMAGE_BIT) &&
           has_format(c.physical, VK_FORMAT_R16G16B16A16_SFLOAT,
                      VK_FORMAT_FEATURE_SAMPLED_IMAGE_FILTER_LINEAR_BIT),
       "filtered half-float images");
}

Candidate inspect(VkPhysicalDevice physical, int index) {
  Candidate c;
  c.physical = physical;
  VkPhysicalDeviceDriverProperties driver{VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_DRIVER_PROPERTIES};
  VkPhysicalDeviceProperties2 properties{VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2};
  VkPhysicalDeviceProperties basic;
  vkGetPhysicalDeviceProperties(physical, &basic);
  c.info.index = index;
  c.info.name = basic.deviceName;
  c.info.api_version = version_text(basic.apiVersion);
  c.info.type = type_of(basic.deviceType);
  c.info.driver = version_text(basic.driverVersion);
  if (basic.apiVersion < VK_API_VERSION_1_3) {
    c.info.refused.push_back("it offers Vulkan " + c.info.api_version + ", 1.3 is needed");
    return c;
  }
  properties.pNext = &driver;
  vkGetPhysicalDeviceProperties2(physical, &properties);
  c.info.driver = std::string(driver.driverName) + " " + driver.driverInfo;
  find_queue(c);
  check_features(c);
  return c;
}

std::string lower(std::string text) {
  for (char& ch : text) ch = static_cast<char>(std::tolower(static_cast<unsigned char>(ch)));
  return text;
}

std::string list_text(const std::vector<Candidate>& all) {
  std::string out;
  for (const Candidate& c : all) out += (out.empty() ? "" : "; ") + to_string(c.info);
  return out.empty() ? "the loader lists no device" : out;
}

}  // namespace

std::string to_string(const DeviceInfo& info) {
  std::string out = std::to_string(info.index) + ": " + info.name + " (" + type_name(info.type) +
                    ", " + info.driver + ", Vulkan " + info.api_version + ")";
  if (!info.refused.empty()) {
    out += ", refused:";
    for (std::size_t i = 0; i < info.refused.size(); ++i) {
      out += (i ? "; " : " ") + info.refused[i];
    }
  } else if (!info.can_rasterize) {
    out += ", shading only: it has no graphics queue or lacks the formats to rasterize";
  }
  return out;
}

std::vector<Candidate> candidates(const Instance& instance) {
  std::vector<Candidate> out;
  for (VkPhysicalDevice physical : instance.physical_devices()) {
    out.push_back(inspect(physical, static_cast<int>(out.size())));
  }
  return out;
}

core::Result<Candidate> choose(const std::vector<Candidate>& all, const std::string& select) {
  std::vector<const Candidate*> usable;
  for (const Candidate& c : all) {
    if (c.info.refused.empty()) usable.push_back(&c);
  }
  if (usable.empty()) return core::fail("no Vulkan 1.3 device: " + list_text(all));
  if (select.empty() || select == "auto") {
    return **std::min_element(usable.begin(), usable.end(),
                              [](const Candidate* a, const Candidate* b) {
                                return a->info.type < b->info.type;
                              });
  }
  const bool number = select.find_first_not_of("0123456789") == std::string::npos;
  for (const Candidate* c : usable) {
    if (number ? std::to_string(c->info.index) == select
               : lower(c->info.name).find(lower(select)) != std::string::npos) {
      return *c;
    }
  }
  return core::fail("no usable Vulkan device matches '" + select + "': " + list_text(all));
}

core::Result<std::vector<DeviceInfo>> list_devices() {
  const auto instance = Instance::create(false);
  if (!instance) return core::forward_error(instance);
  std::vector<DeviceInfo> out;
  for (const Candidate& c : candidates(**instance)) out.push_back(c.info);
  return out;
}

std::string describe_devices() {
  const auto devices = list_devices();
  if (!devices) return core::to_string(devices.error());
  if (devices->empty()) return "no Vulkan device";
  std::string out;
  for (const DeviceInfo& info : *devices) out += (out.empty() ? "" : "\n") + to_string(info);
  return out;
}

}  // namespace oddroad::vulkan
