#include "render/vulkan/pipeline.h"

namespace oddroad::vulkan {
namespace {

VkPipelineShaderStageCreateInfo stage(VkShaderStageFlagBits which, VkShaderModule module) {
  VkPipelineShaderStageCreateInfo info{VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO};
  info.stage = which;
  info.module = module;
  info.pName = "main";
  return info;
}

// The fixed states are the same for every pipeline; this keeps them alive during creation.
struct FixedState {
  VkVertexInputBindingDescription binding{};
  VkVertexInputAttributeDescription attribute{};
  VkPipelineVertexInputStateCreateInfo vertex_input{
      VK_STRUCTURE_TYPE_PIPELINE_VERTEX_INPUT_STATE_CREATE_INFO};
  VkPipelineInputAssemblyStateCreateInfo assembly{
      VK_STRUCTURE_TYPE_PIPELINE_INPUT_ASSEMBLY_STATE_CREATE_INFO};
  VkPipelineViewportStateCreateInfo viewport{VK_STRUCTURE_TYPE_PIPELINE_VIEWPORT_STATE_CREATE_INFO};
  VkPipelineRasterizationStateCreateInfo raster{
      VK_STRUCTURE_TYPE_PIPELINE_RASTERIZATION_STATE_CREATE_INFO};
  VkPipelineMultisampleStateCreateInfo samples{
      VK_STRUCTURE_TYPE_PIPELINE_MULTISAMPLE_STATE_CREATE_INFO};
  VkPipelineDepthStencilStateCreateInfo depth{
      VK_STRUCTURE_TYPE_PIPELINE_DEPTH_STENCIL_STATE_CREATE_INFO};
  VkPipelineColorBlendAttachmentState blend_attachment{};
  VkPipelineColorBlendStateCreateInfo blend{
      VK_STRUCTURE_TYPE_PIPELINE_COLOR_BLEND_STATE_CREATE_INFO};
  std::array<VkDynamicState, 2> dynamic_states{VK_DYNAMIC_STATE_VIEWPORT, VK_DYNAMIC_STATE_SCISSOR};
  VkPipelineDynamicStateCreateInfo dynamic{VK_STRUCTURE_TYPE_PIPELINE_DYNAMIC_STATE_CREATE_INFO};
  VkPipelineRenderingCreateInfo rendering{VK_STRUCTURE_TYPE_PIPELINE_RENDERING_CREATE_INFO};

  explicit FixedState(const GraphicsOptions& o) : color(o.color) {
    binding = {0, o.vertex_stride, VK_VERTEX_INPUT_RATE_VERTEX};
    attribute = {0, 0, VK_FORMAT_R32G32B32_SFLOAT, 0};
    vertex_input.vertexBindingDescriptionCount = 1;
    vertex_input.pVertexBindingDescriptions = &binding;
    vertex_input.vertexAttributeDescriptionCount = 1;
    vertex_input.pVertexAttributeDescriptions = &attribute;
    assembly.topology = VK_PRIMITIVE_TOPOLOGY_TRIANGLE_LIST;
    viewport.viewportCount = 1;
    viewport.scissorCount = 1;
    raster.polygonMode = VK_POLYGON_MODE_FILL;
    raster.cullMode = VK_CULL_MODE_NONE;
    raster.lineWidth = 1;
    samples.rasterizationSamples = VK_SAMPLE_COUNT_1_BIT;
    depth.depthTestEnable = VK_TRUE;
    depth.depthWriteEnable = VK_TRUE;
    depth.depthCompareOp = VK_COMPARE_OP_GREATER;
    blend_attachment.colorWriteMask = VK_COLOR_COMPONENT_R_BIT | VK_COLOR_COMPONENT_G_BIT |
                                      VK_COLOR_COMPONENT_B_BIT | VK_COLOR_COMPONENT_A_BIT;
    const std::uint32_t targets = o.color != VK_FORMAT_UNDEFINED ? 1 : 0;
    blend.attachmentCount = targets;
    blend.pAttachments = &blend_attachment;
    dynamic.dynamicStateCount = static_cast<std::uint32_t>(dynamic_states.size());
    dynamic.pDynamicStates = dynamic_states.data();
    rendering.colorAttachmentCount = targets;
    rendering.pColorAttachmentFormats = &color;
    rendering.depthAttachmentFormat = o.depth;
  }
  FixedState(const FixedState&) = delete;
  FixedState& operator=(const FixedState&) = delete;

 private:
  VkFormat color;
};

}  // namespace

core::Result<GraphicsPipeline> GraphicsPipeline::create(const Device& device,
                                                        const GraphicsOptions& options) {
  GraphicsPipeline out;
  const VkPushConstantRange range{VK_SHADER_STAGE_VERTEX_BIT, 0, options.push_bytes};
  VkPipelineLayoutCreateInfo layout{VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO};
  layout.pushConstantRangeCount = options.push_bytes > 0 ? 1 : 0;
  layout.pPushConstantRanges = &range;
  VkPipelineLayout layout_handle = VK_NULL_HANDLE;
  if (auto ok = check(vkCreatePipelineLayout(device.get(), &layout, nullptr, &layout_handle),
                      "creating a pipeline layout");
      !ok) {
    return core::forward_error(ok);
  }
  out.layout_ = UniquePipelineLayout(device.get(), layout_handle);

  auto vertex = make_shader(device, options.vertex);
  if (!vertex) return core::forward_error(vertex);
  std::vector<VkPipelineShaderStageCreateInfo> stages{
      stage(VK_SHADER_STAGE_VERTEX_BIT, vertex->get())};
  core::Result<UniqueShaderModule> fragment;
  if (!options.fragment.empty()) {
    fragment = make_shader(device, options.fragment);
    if (!fragment) return core::forward_error(fragment);
    stages.push_back(stage(VK_SHADER_STAGE_FRAGMENT_BIT, fragment->get()));
  }
  const FixedState fixed(options);
  VkGraphicsPipelineCreateInfo info{VK_STRUCTURE_TYPE_GRAPHICS_PIPELINE_CREATE_INFO};
  info.pNext = &fixed.rendering;
  info.stageCount = static_cast<std::uint32_t>(stages.size());
  info.pStages = stages.data();
  info.pVertexInputState = &fixed.vertex_input;
  info.pInputAssemblyState = &fixed.assembly;
  info.pViewportState = &fixed.viewport;
  info.pRasterizationState = &fixed.raster;
  info.pMultisampleState = &fixed.samples;
  info.pDepthStencilState = &fixed.depth;
  info.pColorBlendState = &fixed.blend;
  info.pDynamicState = &fixed.dynamic;
  info.layout = layout_handle;
  VkPipeline pipeline = VK_NULL_HANDLE;
  if (auto ok = check(
          vkCreateGraphicsPipelines(device.get(), VK_NULL_HANDLE, 1, &info, nullptr, &pipeline),
          "creating a graphics pipeline");
      !ok) {
    return core::forward_error(ok);
  }
  out.pipeline_ = UniquePipeline(device.get(), pipeline);
  return out;
}

}  // namespace oddroad::vulkan
