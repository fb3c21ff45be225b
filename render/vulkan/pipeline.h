// Compute and graphics pipelines. Created once, used for many frames.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "render/vulkan/buffer.h"

namespace oddroad::vulkan {

// One compute shader (entry point main) with one descriptor set and push constants. Variants differ
// in the specialization constant with id 0 and are compiled when first asked for.
class ComputeProgram {
 public:
  ComputeProgram() = default;
  // bindings[i] is the descriptor type of set 0, binding i.
  static core::Result<ComputeProgram> create(const Device& device,
                                             std::span<const std::uint32_t> spirv,
                                             std::span<const VkDescriptorType> bindings,
                                             std::uint32_t push_bytes);
  core::Result<VkPipeline> variant(std::uint32_t constant);
  void set_buffer(std::uint32_t binding, const Buffer& buffer);
  void set_image(std::uint32_t binding, const Image& image, VkSampler sampler);

  [[nodiscard]] VkPipelineLayout layout() const { return layout_.get(); }
  [[nodiscard]] VkDescriptorSet set() const { return set_; }

 private:
  VkDevice device_ = VK_NULL_HANDLE;
  std::vector<VkDescriptorType> bindings_;
  UniqueShaderModule module_;
  UniqueSetLayout set_layout_;
  UniqueDescriptorPool pool_;
  VkDescriptorSet set_ = VK_NULL_HANDLE;
  UniquePipelineLayout layout_;
  std::map<std::uint32_t, UniquePipeline> variants_;
};

struct GraphicsOptions {
  std::span<const std::uint32_t> vertex;    // SPIR-V, entry point main
  std::span<const std::uint32_t> fragment;  // empty = depth only
  VkFormat color = VK_FORMAT_UNDEFINED;
  VkFormat depth = VK_FORMAT_D32_SFLOAT;
  std::uint32_t vertex_stride = 12;  // attribute 0: three floats at offset 0
  std::uint32_t push_bytes = 0;      // visible to the vertex stage
};

// Triangle lists into at most one colour target and a depth target that keeps the greater value
// (reversed depth). Both faces are drawn; viewport and scissor are dynamic.
class GraphicsPipeline {
 public:
  GraphicsPipeline() = default;
  static core::Result<GraphicsPipeline> create(const Device& device,
                                               const GraphicsOptions& options);
  [[nodiscard]] VkPipeline get() const { return pipeline_.get(); }
  [[nodiscard]] VkPipelineLayout layout() const { return layout_.get(); }

 private:
  UniquePipelineLayout layout_;
  UniquePipeline pipeline_;
};

core::Result<UniqueShaderModule> make_shader(const Device& device,
                                             std::span<const std::uint32_t> spirv);
// Linear filtering, repeat along u, clamp along v, all levels.
core::Result<UniqueSampler> make_panorama_sampler(const Device& device);

}  // namespace oddroad::vulkan
