#include "render/vulkan/pipeline.h"

namespace oddroad::vulkan {

core::Result<UniqueShaderModule> make_shader(const Device& device,
                                             std::span<const std::uint32_t> spirv) {
  VkShaderModuleCreateInfo info{VK_STRUCTURE_TYPE_SHADER_MODULE_CREATE_INFO};
  info.codeSize = spirv.size_bytes();
  info.pCode = spirv.data();
  VkShaderModule module = VK_NULL_HANDLE;
  if (auto ok =
          check(vkCreateShaderModule(device.get(), &info, nullptr, &module), "creating a shader");
      !ok) {
    return core::forward_error(ok);
  }
  return UniqueShaderModule(device.get(), module);
}

core::Result<UniqueSampler> make_panorama_sampler(const Device& device) {
  VkSamplerCreateInfo info{VK_STRUCTURE_TYPE_SAMPLER_CREATE_INFO};
  info.magFilter = VK_FILTER_LINEAR;
  info.minFilter = VK_FILTER_LINEAR;
  info.mipmapMode = VK_SAMPLER_MIPMAP_MODE_LINEAR;
  info.addressModeU = VK_SAMPLER_ADDRESS_MODE_REPEAT;
  info.addressModeV = VK_SAMPLER_ADDRESS_MODE_CLAMP_TO_EDGE;
  info.addressModeW = VK_SAMPLER_ADDRESS_MODE_CLAMP_TO_EDGE;
  info.maxLod = VK_LOD_CLAMP_NONE;
  VkSampler sampler = VK_NULL_HANDLE;
  if (auto ok =
          check(vkCreateSampler(device.get(), &info, nullptr, &sampler), "creating a sampler");
      !ok) {
    return core::forward_error(ok);
  }
  return UniqueSampler(device.get(), sampler);
}

namespace {

core::Result<UniqueSetLayout> make_set_layout(const Device& device,
                                              std::span<const VkDescriptorType> types) {
  std::vector<VkDescriptorSetLayoutBinding> bindings;
  for (std::uint32_t i = 0; i < types.size(); ++i) {
    bindings.push_back({i, types[i], 1, VK_SHADER_STAGE_COMPUTE_BIT, nullptr});
  }
  VkDescriptorSetLayoutCreateInfo info{VK_STRUCTURE_TYPE_DESCRIPTOR_SET_LAYOUT_CREATE_INFO};
  info.bindingCount = static_cast<std::uint32_t>(bindings.size());
  info.pBindings = bindings.data();
  VkDescriptorSetLayout layout = VK_NULL_HANDLE;
  if (auto ok = check(vkCreateDescriptorSetLayout(device.get(), &info, nullptr, &layout),
                      "creating a descriptor layout");
      !ok) {
    return core::forward_error(ok);
  }
  return UniqueSetLayout(device.get(), layout);
}

core::Result<UniqueDescriptorPool> make_pool(const Device& device,
                                             std::span<const VkDescriptorType> types) {
  std::vector<VkDescriptorPoolSize> sizes;
  for (VkDescriptorType type : types) sizes.push_back({type, 1});
  VkDescriptorPoolCreateInfo info{VK_STRUCTURE_TYPE_DESCRIPTOR_POOL_CREATE_INFO};
  info.maxSets = 1;
  info.poolSizeCount = static_cast<std::uint32_t>(sizes.size());
  info.pPoolSizes = sizes.data();
  VkDescriptorPool pool = VK_NULL_HANDLE;
  if (auto ok = check(vkCreateDescriptorPool(device.get(), &info, nullptr, &pool),
                      "creating a descriptor pool");
      !ok) {
    return core::forward_error(ok);
  }
  return UniqueDescriptorPool(device.get(), pool);
}

core::Result<UniquePipelineLayout> make_layout(const Device& device, VkDescriptorSetLayout set,
                                               std::uint32_t push_bytes) {
  const VkPushConstantRange range{VK_SHADER_STAGE_COMPUTE_BIT, 0, push_bytes};
  VkPipelineLayoutCreateInfo info{VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO};
  info.setLayoutCount = 1;
  info.pSetLayouts = &set;
  info.pushConstantRangeCount = push_bytes > 0 ? 1 : 0;
  info.pPushConstantRanges = &range;
  VkPipelineLayout layout = VK_NULL_HANDLE;
  if (auto ok = check(vkCreatePipelineLayout(device.get(), &info, nullptr, &layout),
                      "creating a pipeline layout");
      !ok) {
    return core::forward_error(ok);
  }
  return UniquePipelineLayout(device.get(), layout);
}

}  // namespace

core::Result<ComputeProgram> ComputeProgram::create(const Device& device,
                                                    std::span<const std::uint32_t> spirv,
                                                    std::span<const VkDescriptorType> bindings,
                                                    std::uint32_t push_bytes) {
  ComputeProgram out;
  out.device_ = device.get();
  out.bindings_.assign(bindings.begin(), bindings.end());
  auto module = make_shader(device, spirv);
  if (!module) return core::forward_error(module);
  out.module_ = std::move(*module);
  auto set_layout = make_set_layout(device, bindings);
  if (!set_layout) return core::forward_error(set_layout);
  out.set_layout_ = std::move(*set_layout);
  auto layout = make_layout(device, out.set_layout_.get(), push_bytes);
  if (!layout) return core::forward_error(layout);
  out.layout_ = std::move(*layout);
  if (bindings.empty()) return out;
  auto pool = make_pool(device, bindings);
  if (!pool) return core::forward_error(pool);
  out.pool_ = std::move(*pool);
  VkDescriptorSetAllocateInfo allocate{VK_STRUCTURE_TYPE_DESCRIPTOR_SET_ALLOCATE_INFO};
  const VkDescriptorSetLayout set_layout_handle = out.set_layout_.get();
  allocate.descriptorPool = out.pool_.get();
  allocate.descriptorSetCount = 1;
  allocate.pSetLayouts = &set_layout_handle;
  if (auto ok = check(vkAllocateDescriptorSets(device.get(), &allocate, &out.set_),
                      "allocating descriptors");
      !ok) {
    return core::forward_error(ok);
  }
  return out;
}

core::Result<VkPipeline> ComputeProgram::variant(std::uint32_t constant) {
  const auto found = variants_.find(constant);
  if (found != variants_.end()) return found->second.get();
  const VkSpecializationMapEntry entry{0, 0, sizeof(constant)};
  const VkSpecializationInfo special{1, &entry, sizeof(constant), &constant};
  VkComputePipelineCreateInfo info{VK_STRUCTURE_TYPE_COMPUTE_PIPELINE_CREATE_INFO};
  info.stage = {VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO};
  info.stage.stage = VK_SHADER_STAGE_COMPUTE_BIT;
  info.stage.module = module_.get();
  info.stage.pName = "main";
  info.stage.pSpecializationInfo = &special;
  info.layout = layout_.get();
  VkPipeline pipeline = VK_NULL_HANDLE;
  if (auto ok =
          check(vkCreateComputePipelines(device_, VK_NULL_HANDLE, 1, &info, nullptr, &pipeline),
                "creating a compute pipeline");
      !ok) {
    return core::forward_error(ok);
  }
  variants_.emplace(constant, UniquePipeline(device_, pipeline));
  return pipeline;
}

void ComputeProgram::set_buffer(std::uint32_t binding, const Buffer& buffer) {
  const VkDescriptorBufferInfo info{buffer.get(), 0, VK_WHOLE_SIZE};
  VkWriteDescriptorSet write{VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET};
  write.dstSet = set_;
  write.dstBinding = binding;
  write.descriptorCount = 1;
  write.descriptorType = bindings_[binding];
  write.pBufferInfo = &info;
  vkUpdateDescriptorSets(device_, 1, &write, 0, nullptr);
}

void ComputeProgram::set_image(std::uint32_t binding, const Image& image, VkSampler sampler) {
  const VkDescriptorImageInfo info{sampler, image.view(), VK_IMAGE_LAYOUT_SHADER_READ_ONLY_OPTIMAL};
  VkWriteDescriptorSet write{VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET};
  write.dstSet = set_;
  write.dstBinding = binding;
  write.descriptorCount = 1;
  write.descriptorType = bindings_[binding];
  write.pImageInfo = &info;
  vkUpdateDescriptorSets(device_, 1, &write, 0, nullptr);
}

}  // namespace oddroad::vulkan
