#include "render/vulkan/buffer.h"

namespace oddroad::vulkan {
namespace {

struct Wanted {
  VkMemoryPropertyFlags required = 0;
  VkMemoryPropertyFlags preferred = 0;
};

Wanted wanted_memory(const Device& device, MemoryUse use) {
  constexpr VkMemoryPropertyFlags kHost =
      VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT;
  switch (use) {
    case MemoryUse::kDevice:
      return {VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT,
              device.is_cpu() ? kHost | VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT
                              : VkMemoryPropertyFlags{VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT}};
    case MemoryUse::kUpload:
      return {kHost, kHost};
    case MemoryUse::kReadback:
      return {kHost, kHost | VK_MEMORY_PROPERTY_HOST_CACHED_BIT};
  }
  return {};
}

std::string mebibytes(VkDeviceSize bytes) {
  return std::to_string((bytes + (1 << 20) - 1) >> 20) + " MiB";
}

core::Result<UniqueMemory> allocate(const Device& device, const VkMemoryRequirements& needs,
                                    const Wanted& wanted, bool with_address, int& type) {
  type = device.memory_type(needs.memoryTypeBits, wanted.required, wanted.preferred);
  if (type < 0) return core::fail(device.info().name + " has no suitable memory type");
  VkMemoryAllocateFlagsInfo flags{VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_FLAGS_INFO};
  flags.flags = VK_MEMORY_ALLOCATE_DEVICE_ADDRESS_BIT;
  VkMemoryAllocateInfo info{VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO};
  info.pNext = with_address ? &flags : nullptr;
  info.allocationSize = needs.size;
  info.memoryTypeIndex = static_cast<std::uint32_t>(type);
  VkDeviceMemory memory = VK_NULL_HANDLE;
  const VkResult r = vkAllocateMemory(device.get(), &info, nullptr, &memory);
  if (r != VK_SUCCESS) {
    return core::fail("allocating " + mebibytes(needs.size) + " on " + device.info().name + ": " +
                      result_name(r));
  }
  return UniqueMemory(device.get(), memory);
}

}  // namespace

core::Result<Buffer> Buffer::create(const Device& device, VkDeviceSize bytes,
                                    VkBufferUsageFlags usage, MemoryUse use) {
  Buffer out;
  out.size_ = bytes;
  VkBufferCreateInfo info{VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO};
  info.size = bytes;
  info.usage =
      usage | VK_BUFFER_USAGE_SHADER_DEVICE_ADDRESS_BIT | VK_BUFFER_USAGE_STORAGE_BUFFER_BIT;
  VkBuffer handle = VK_NULL_HANDLE;
  const VkResult r = vkCreateBuffer(device.get(), &info, nullptr, &handle);
  if (r != VK_SUCCESS) {
    return core::fail("creating a buffer of " + mebibytes(bytes) + ": " + result_name(r));
  }
  out.buffer_ = UniqueBuffer(device.get(), handle);
  VkMemoryRequirements needs;
  vkGetBufferMemoryRequirements(device.get(), handle, &needs);
  int type = 0;
  auto memory = allocate(device, needs, wanted_memory(device, use), true, type);
  if (!memory) return core::forward_error(memory);
  out.memory_ = std::move(*memory);
  if (auto ok = check(vkBindBufferMemory(device.get(), handle, out.memory_.get(), 0),
                      "binding buffer memory");
      !ok) {
    return core::forward_error(ok);
  }
  constexpr VkMemoryPropertyFlags kMappable =
      VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT;
  const auto flags = device.memory_flags(static_cast<std::uint32_t>(type));
  const bool map = use != MemoryUse::kDevice || device.is_cpu();
  if (map && (flags & kMappable) == kMappable) {
    void* data = nullptr;
    if (auto ok = check(vkMapMemory(device.get(), out.memory_.get(), 0, VK_WHOLE_SIZE, 0, &data),
                        "mapping a buffer");
        !ok) {
      return core::forward_error(ok);
    }
    out.mapped_ = static_cast<std::byte*>(data);
  }
  VkBufferDeviceAddressInfo address{VK_STRUCTURE_TYPE_BUFFER_DEVICE_ADDRESS_INFO};
  address.buffer = handle;
  out.address_ = vkGetBufferDeviceAddress(device.get(), &address);
  return out;
}

core::Result<void> reserve(Buffer& buffer, const Device& device, VkDeviceSize bytes,
                           VkBufferUsageFlags usage, MemoryUse use) {
  if (buffer.size() >= bytes && bytes > 0) return {};
  // Old and new need not exist together.
  buffer = Buffer();
  auto made = Buffer::create(device, std::max<VkDeviceSize>(bytes + bytes / 2, 256), usage, use);
  if (!made) return core::forward_error(made);
  buffer = std::move(*made);
  return {};
}

core::Result<Image> Image::create(const Device& device, const ImageOptions& options) {
  const std::uint32_t limit = device.limits().maxImageDimension2D;
  if (options.width_px > limit || options.height_px > limit) {
    return core::fail("an image of " + std::to_string(options.width_px) + "x" +
                      std::to_string(options.height_px) + " pixels exceeds the " +
                      std::to_string(limit) + " of " + device.info().name);
  }
  Image out;
  out.options_ = options;
  VkImageCreateInfo info{VK_STRUCTURE_TYPE_IMAGE_CREATE_INFO};
  info.imageType = VK_IMAGE_TYPE_2D;
  info.format = options.format;
  info.extent = {options.width_px, options.height_px, 1};
  info.mipLevels = options.levels;
  info.arrayLayers = 1;
  info.samples = VK_SAMPLE_COUNT_1_BIT;
  info.usage = options.usage;
  VkImage handle = VK_NULL_HANDLE;
  if (auto ok = check(vkCreateImage(device.get(), &info, nullptr, &handle), "creating an image");
      !ok) {
    return core::forward_error(ok);
  }
  out.image_ = UniqueImage(device.get(), handle);
  VkMemoryRequirements needs;
  vkGetImageMemoryRequirements(device.get(), handle, &needs);
  int type = 0;
  auto memory = allocate(device, needs, {VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT, 0}, false, type);
  if (!memory) return core::forward_error(memory);
  out.memory_ = std::move(*memory);
  if (auto ok = check(vkBindImageMemory(device.get(), handle, out.memory_.get(), 0),
                      "binding image memory");
      !ok) {
    return core::forward_error(ok);
  }
  VkImageViewCreateInfo view{VK_STRUCTURE_TYPE_IMAGE_VIEW_CREATE_INFO};
  view.image = handle;
  view.viewType = VK_IMAGE_VIEW_TYPE_2D;
  view.format = options.format;
  view.subresourceRange = {options.aspect, 0, options.levels, 0, 1};
  VkImageView view_handle = VK_NULL_HANDLE;
  if (auto ok = check(vkCreateImageView(device.get(), &view, nullptr, &view_handle),
                      "creating an image view");
      !ok) {
    return core::forward_error(ok);
  }
  out.view_ = UniqueImageView(device.get(), view_handle);
  return out;
}

}  // namespace oddroad::vulkan
