#include "render/raster/raster_visibility.h"

#include <algorithm>
#include <cstring>

#include "render/raster/draw_list.h"
#include "render/shaders/spirv.h"

namespace oddroad::raster {
namespace {

constexpr VkFormat kIdFormat = VK_FORMAT_R32G32_UINT;
constexpr VkFormat kDepthFormat = VK_FORMAT_D32_SFLOAT;

template <typename T>
core::Result<void> room_for(vulkan::Buffer& buffer, const vulkan::Device& device, std::size_t count,
                            VkBufferUsageFlags usage) {
  return vulkan::reserve(buffer, device, std::max<std::size_t>(count, 1) * sizeof(T), usage,
                         vulkan::MemoryUse::kUpload);
}

template <typename T>
void put(vulkan::Buffer& buffer, std::size_t first, const std::vector<T>& items) {
  if (items.empty()) return;
  std::memcpy(buffer.mapped() + first * sizeof(T), items.data(), items.size() * sizeof(T));
}

VkRenderingAttachmentInfo attachment(const vulkan::Image& image, VkImageLayout layout) {
  VkRenderingAttachmentInfo info{VK_STRUCTURE_TYPE_RENDERING_ATTACHMENT_INFO};
  info.imageView = image.view();
  info.imageLayout = layout;
  info.loadOp = VK_ATTACHMENT_LOAD_OP_CLEAR;  // ids 0 = nothing, depth 0 = infinitely far
  info.storeOp = VK_ATTACHMENT_STORE_OP_STORE;
  return info;
}

core::Result<void> check_view(const scene::CameraView& view) {
  const math::CameraModel& c = view.camera;
  if (c.width_px > 0 && c.height_px > 0 && c.fx_px > 0 && c.fy_px > 0) return {};
  return core::fail("a camera view needs a positive size and focal length, found " +
                    std::to_string(c.width_px) + "x" + std::to_string(c.height_px) + " pixels");
}

}  // namespace

RasterVisibility::RasterVisibility(std::shared_ptr<vulkan::Device> device,
                                   vulkan::Commands commands, const RasterOptions& options)
    : device_(std::move(device)),
      commands_(std::move(commands)),
      meshes_(device_, options.mesh_cache_bytes) {}

core::Result<std::unique_ptr<RasterVisibility>> RasterVisibility::create(
    std::shared_ptr<vulkan::Device> device, const RasterOptions& options) {
  if (!device->info().can_rasterize) {
    return core::fail("raster visibility is not available: " + vulkan::to_string(device->info()),
                      "use visibility by ray casting");
  }
  auto commands = vulkan::Commands::create(device);
  if (!commands) return core::forward_error(commands);
  std::unique_ptr<RasterVisibility> out(
      new RasterVisibility(device, std::move(*commands), options));
  auto ids = vulkan::GraphicsPipeline::create(*device, {.vertex = shaders::visibility_vertex(),
                                                        .fragment = shaders::visibility_fragment(),
                                                        .color = kIdFormat,
                                                        .depth = kDepthFormat,
                                                        .push_bytes = sizeof(shaders::RasterPush)});
  if (!ids) return core::forward_error(ids);
  auto depth =
      vulkan::GraphicsPipeline::create(*device, {.vertex = shaders::depth_vertex(),
                                                 .depth = kDepthFormat,
                                                 .push_bytes = sizeof(shaders::RasterPush)});
  if (!depth) return core::forward_error(depth);
  out->ids_pipeline_ = std::move(*ids);
  out->depth_pipeline_ = std::move(*depth);
  return out;
}

struct RasterVisibility::Pass {
  DrawList list;
  Targets* into = nullptr;
  std::size_t first_instance = 0;  // of the list, among those of all passes
  std::size_t first_deformed = 0;
};

class RasterVisibility::Records final : public scene::PendingRecords {
 public:
  Records(RasterVisibility& owner, const std::vector<Pass>& passes) : owner_(owner) {
    for (const Pass& pass : passes) targets_.push_back(pass.into);
  }
  // Those who begin again, or end, must find the device at rest. An error comes back with the next
  // use of it.
  ~Records() override { (void)owner_.finish(); }
  Records(const Records&) = delete;
  Records& operator=(const Records&) = delete;

  core::Result<scene::VisibilityRecord> take(std::size_t k) override {
    if (auto ok = owner_.finish(); !ok) return core::forward_error(ok);
    const auto& size = targets_[k]->ids.options();
    scene::VisibilityRecord out;
    out.width_px = static_cast<int>(size.width_px);
    out.height_px = static_cast<int>(size.height_px);
    const std::size_t count = std::size_t{size.width_px} * size.height_px;
    const std::byte* data = targets_[k]->readback.mapped();
    const std::span pixels(reinterpret_cast<const std::uint32_t*>(data), count * 2);
    out.drawable.resize(count);
    out.triangle.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      out.drawable[i] = pixels[2 * i];
      out.triangle[i] = pixels[2 * i + 1];
    }
    return out;
  }

 private:
  RasterVisibility& owner_;
  std::vector<const Targets*> targets_;
};

core::Result<RasterVisibility::Targets*> RasterVisibility::targets(int width_px, int height_px,
                                                                   int k) {
  const auto found = targets_.find({width_px, height_px, k});
  if (found != targets_.end()) return &found->second;
  Targets out;
  vulkan::ImageOptions options;
  options.width_px = static_cast<std::uint32_t>(width_px);
  options.height_px = static_cast<std::uint32_t>(height_px);
  options.format = kIdFormat;
  options.usage = VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT | VK_IMAGE_USAGE_TRANSFER_SRC_BIT;
  auto ids = vulkan::Image::create(*device_, options);
  if (!ids) return core::forward_error(ids);
  options.format = kDepthFormat;
  options.usage = VK_IMAGE_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT;
  options.aspect = VK_IMAGE_ASPECT_DEPTH_BIT;
  auto depth = vulkan::Image::create(*device_, options);
  if (!depth) return core::forward_error(depth);
  auto readback =
      vulkan::Buffer::create(*device_, VkDeviceSize{8} * options.width_px * options.height_px,
                             VK_BUFFER_USAGE_TRANSFER_DST_BIT, vulkan::MemoryUse::kReadback);
  if (!readback) return core::forward_error(readback);
  out.ids = std::move(*ids);
  out.depth = std::move(*depth);
  out.readback = std::move(*readback);
  return &targets_.emplace(std::tuple(width_px, height_px, k), std::move(out)).first->second;
}

core::Result<std::vector<RasterVisibility::Pass>> RasterVisibility::prepare(
    const world::SceneWindow& window, std::span<const scene::CameraView> views) {
  meshes_.begin_frame();
  vulkan::Uploads uploads;
  std::vector<Pass> passes;
  std::map<std::pair<int, int>, int> of_size;
  std::size_t instances = 0, deformed = 0;
  for (const scene::CameraView& view : views) {
    if (auto ok = check_view(view); !ok) return core::forward_error(ok);
    const std::pair size(view.camera.width_px, view.camera.height_px);
    auto into = targets(size.first, size.second, of_size[size]++);
    if (!into) return core::forward_error(into);
    auto list = make_draw_list(window, view, meshes_, uploads);
    if (!list) return core::forward_error(list);
    passes.push_back({std::move(*list), *into, instances, deformed});
    instances += passes.back().list.instances.size();
    deformed += passes.back().list.deformed.size();
  }
  if (auto ok = uploads.flush(commands_); !ok) return core::forward_error(ok);
  auto ok = room_for<shaders::RasterInstance>(instances_, *device_, instances, 0);
  if (ok) {
    ok = room_for<math::Vec3f>(deformed_, *device_, deformed, VK_BUFFER_USAGE_VERTEX_BUFFER_BIT);
  }
  if (!ok) return core::forward_error(ok);
  for (const Pass& pass : passes) {
    put(instances_, pass.first_instance, pass.list.instances);
    put(deformed_, pass.first_deformed, pass.list.deformed);
  }
  return passes;
}

void RasterVisibility::record(VkCommandBuffer cmd, const Pass& pass, bool with_ids) const {
  const Targets& into = *pass.into;
  const auto& size = into.ids.options();
  const VkRect2D area{{0, 0}, {size.width_px, size.height_px}};
  const VkRenderingAttachmentInfo color =
      attachment(into.ids, VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL);
  const VkRenderingAttachmentInfo depth =
      attachment(into.depth, VK_IMAGE_LAYOUT_DEPTH_ATTACHMENT_OPTIMAL);
  VkRenderingInfo rendering{VK_STRUCTURE_TYPE_RENDERING_INFO};
  rendering.renderArea = area;
  rendering.layerCount = 1;
  rendering.colorAttachmentCount = with_ids ? 1 : 0;
  rendering.pColorAttachments = &color;
  rendering.pDepthAttachment = &depth;
  const vulkan::GraphicsPipeline& pipeline = with_ids ? ids_pipeline_ : depth_pipeline_;
  vulkan::image_barrier(cmd, into.depth, VK_IMAGE_LAYOUT_UNDEFINED,
                        VK_IMAGE_LAYOUT_DEPTH_ATTACHMENT_OPTIMAL);
  if (with_ids) {
    vulkan::image_barrier(cmd, into.ids, VK_IMAGE_LAYOUT_UNDEFINED,
                          VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL);
  }
  vkCmdBeginRendering(cmd, &rendering);
  vkCmdBindPipeline(cmd, VK_PIPELINE_BIND_POINT_GRAPHICS, pipeline.get());
  const VkViewport viewport{
      0, 0, static_cast<float>(size.width_px), static_cast<float>(size.height_px), 0, 1};
  vkCmdSetViewport(cmd, 0, 1, &viewport);
  vkCmdSetScissor(cmd, 0, 1, &area);
  const shaders::RasterPush push{instances_.address() +
                                 pass.first_instance * sizeof(shaders::RasterInstance)};
  vkCmdPushConstants(cmd, pipeline.layout(), VK_SHADER_STAGE_VERTEX_BIT, 0, sizeof(push), &push);
  for (const Draw& draw : pass.list.draws) {
    const bool rest = draw.deformed_offset < 0;
    const VkBuffer vertices = rest ? draw.mesh->positions.buffer().get() : deformed_.get();
    const VkDeviceSize offset = rest ? draw.mesh->positions.offset()
                                     : pass.first_deformed * sizeof(math::Vec3f) +
                                           static_cast<VkDeviceSize>(draw.deformed_offset);
    vkCmdBindVertexBuffers(cmd, 0, 1, &vertices, &offset);
    vkCmdBindIndexBuffer(cmd, draw.mesh->indices.buffer().get(), draw.mesh->indices.offset(),
                         VK_INDEX_TYPE_UINT32);
    vkCmdDrawIndexed(cmd, draw.mesh->index_count, draw.instance_count, 0, 0, draw.first_instance);
  }
  vkCmdEndRendering(cmd);
  if (!with_ids) return;
  vulkan::image_barrier(cmd, into.ids, VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL,
                        VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL);
  VkBufferImageCopy copy{};
  copy.imageSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1};
  copy.imageExtent = {size.width_px, size.height_px, 1};
  vkCmdCopyImageToBuffer(cmd, into.ids.get(), VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL,
                         into.readback.get(), 1, &copy);
}

core::Result<std::vector<RasterVisibility::Pass>> RasterVisibility::draw(
    const world::SceneWindow& window, std::span<const scene::CameraView> views, bool with_ids) {
  if (auto ok = finish(); !ok) return core::forward_error(ok);
  auto passes = prepare(window, views);
  if (!passes) return passes;
  auto sent = commands_.start(with_ids ? "visibility" : "depth", [&](VkCommandBuffer cmd) {
    for (const Pass& pass : *passes) record(cmd, pass, with_ids);
  });
  if (!sent) return core::forward_error(sent);
  return passes;
}

core::Result<void> RasterVisibility::finish() {
  auto done = commands_.finish();
  meshes_.trim();
  return done;
}

core::Result<std::unique_ptr<scene::PendingRecords>> RasterVisibility::begin(
    const world::SceneWindow& window, std::span<const scene::CameraView> views) {
  const auto passes = draw(window, views, true);
  if (!passes) return core::forward_error(passes);
  return std::make_unique<Records>(*this, *passes);
}

core::Result<void> RasterVisibility::render_depth_only(const world::SceneWindow& window,
                                                       const scene::CameraView& view) {
  const auto passes = draw(window, {&view, 1}, false);
  if (!passes) return core::forward_error(passes);
  return finish();
}

}  // namespace oddroad::raster
