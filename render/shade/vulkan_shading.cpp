#include "render/shade/vulkan_shading.h"

#include <cstring>

#include "render/shade/frame_record.h"
#include "render/shade/ray_samples.h"
#include "render/shaders/spirv.h"

namespace oddroad::shade {
namespace {

constexpr std::uint32_t kGroupSize = 128;  // local_size_x of shade.comp

}  // namespace

VulkanShading::VulkanShading(std::shared_ptr<vulkan::Device> device, vulkan::Commands commands,
                             ShadingOptions options)
    : device_(std::move(device)),
      commands_(std::move(commands)),
      options_(std::move(options)),
      store_(device_, uploads_),
      surfaces_(store_, options_.cache_bytes) {}

core::Result<std::unique_ptr<VulkanShading>> VulkanShading::create(
    std::shared_ptr<vulkan::Device> device, ShadingOptions options) {
  auto commands = vulkan::Commands::create(device);
  if (!commands) return core::forward_error(commands);
  std::unique_ptr<VulkanShading> out(
      new VulkanShading(device, std::move(*commands), std::move(options)));
  constexpr std::array kBindings{VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER,
                                 VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER,
                                 VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER};
  auto program = vulkan::ComputeProgram::create(*device, shaders::shade_compute(), kBindings,
                                                sizeof(shaders::ShadePush));
  if (!program) return core::forward_error(program);
  out->program_ = std::move(*program);
  auto sampler = vulkan::make_panorama_sampler(*device);
  if (!sampler) return core::forward_error(sampler);
  out->sampler_ = std::move(*sampler);
  auto frame =
      vulkan::Buffer::create(*device, sizeof(shaders::ShadeFrame),
                             VK_BUFFER_USAGE_UNIFORM_BUFFER_BIT | VK_BUFFER_USAGE_TRANSFER_DST_BIT,
                             vulkan::MemoryUse::kDevice);
  if (!frame) return core::forward_error(frame);
  out->frame_buffer_ = std::move(*frame);
  out->program_.set_buffer(0, out->frame_buffer_);
  return out;
}

core::Result<void> VulkanShading::set_sky(const world::Environment& environment) {
  if (environment_ && *environment_ == environment) return {};
  environment_.reset();
  sky_ = options_.sky(environment);
  packed_sky_ = pack_sky(sky_);
  auto images = upload_sky(packed_sky_, commands_);
  if (!images) return core::forward_error(images);
  sky_images_ = std::move(*images);
  program_.set_image(1, sky_images_.visible, sampler_.get());
  program_.set_image(2, sky_images_.mirror, sampler_.get());
  environment_ = environment;
  return {};
}

core::Result<void> VulkanShading::make_room(std::size_t samples) {
  auto ok = vulkan::reserve(inputs_, *device_, samples * sizeof(shaders::ShadeInput), 0,
                            vulkan::MemoryUse::kUpload);
  if (!ok) return ok;
  return vulkan::reserve(radiance_, *device_, samples * sizeof(math::Vec3f), 0,
                         vulkan::MemoryUse::kReadback);
}

core::Result<void> VulkanShading::upload(SceneRecord& record, const LightRecords& lights,
                                         const scene::CameraView& view,
                                         std::span<const math::Vec3f> reflections) {
  const shaders::ShadeFrame uniform = frame_record(*environment_, sky_, packed_sky_, lights, view);
  uploads_.add(frame_buffer_, 0, std::as_bytes(std::span(&uniform, 1)));
  const auto fill = [&](vulkan::Buffer& buffer, std::span<const std::byte> bytes) {
    auto ok = vulkan::reserve(buffer, *device_, std::max<std::size_t>(bytes.size(), 1),
                              VK_BUFFER_USAGE_TRANSFER_DST_BIT, vulkan::MemoryUse::kDevice);
    if (ok) uploads_.add(buffer, 0, bytes);
    return ok;
  };
  if (auto ok = fill(deformed_, std::as_bytes(std::span(record.deformed))); !ok) return ok;
  record.set_deformed_address(deformed_.address());
  if (auto ok = fill(drawables_, std::as_bytes(std::span(record.drawables))); !ok) return ok;
  if (auto ok = fill(reflections_, std::as_bytes(reflections)); !ok) return ok;
  if (auto ok = fill(materials_, std::as_bytes(std::span(record.materials))); !ok) return ok;
  if (auto ok = fill(lights_, std::as_bytes(std::span(lights.lights))); !ok) return ok;
  if (auto ok = fill(light_cells_, std::as_bytes(std::span(lights.cells))); !ok) return ok;
  if (auto ok = fill(light_members_, std::as_bytes(std::span(lights.members))); !ok) return ok;
  return uploads_.flush(commands_);
}

core::Result<void> VulkanShading::dispatch(const FamilyRanges& ranges) {
  std::array<VkPipeline, ODDROAD_FAMILY_COUNT> pipelines{};
  for (std::uint32_t f = 0; f < ODDROAD_FAMILY_COUNT; ++f) {
    if (ranges[f] == ranges[f + 1]) continue;
    const auto pipeline = program_.variant(f);
    if (!pipeline) return core::forward_error(pipeline);
    pipelines[f] = *pipeline;
  }
  const std::uint32_t most = device_->limits().maxComputeWorkGroupCount[0] * kGroupSize;
  return commands_.run("shading", [&](VkCommandBuffer cmd) {
    const VkDescriptorSet set = program_.set();
    vkCmdBindDescriptorSets(cmd, VK_PIPELINE_BIND_POINT_COMPUTE, program_.layout(), 0, 1, &set, 0,
                            nullptr);
    shaders::ShadePush push{inputs_.address(),        drawables_.address(),  materials_.address(),
                            radiance_.address(),      lights_.address(),     light_cells_.address(),
                            light_members_.address(), reflections_.address()};
    for (std::uint32_t f = 0; f < ODDROAD_FAMILY_COUNT; ++f) {
      if (!pipelines[f]) continue;
      vkCmdBindPipeline(cmd, VK_PIPELINE_BIND_POINT_COMPUTE, pipelines[f]);
      for (std::uint32_t at = ranges[f]; at < ranges[f + 1]; at += push.count) {
        push.first = at;
        push.count = std::min(ranges[f + 1] - at, most);
        vkCmdPushConstants(cmd, program_.layout(), VK_SHADER_STAGE_COMPUTE_BIT, 0, sizeof(push),
                           &push);
        vkCmdDispatch(cmd, (push.count + kGroupSize - 1) / kGroupSize, 1, 1);
      }
    }
  });
}

core::Result<std::vector<math::Vec3f>> VulkanShading::shade(
    const world::SceneWindow& window, const scene::CameraView& view,
    std::span<const scene::ShadeSample> samples, std::span<const math::Vec3f> reflections) {
  if (samples.empty()) return std::vector<math::Vec3f>{};
  std::vector<scene::ShadeSample> directed;
  if (!view.single_projection()) {
    directed = with_directions(window, view, samples);
    samples = directed;
  }
  if (auto ok = set_sky(window.environment); !ok) return core::forward_error(ok);
  surfaces_.begin_frame();
  auto record = make_scene_record(window, view, samples, surfaces_);
  if (!record) return core::forward_error(record);
  if (auto ok = make_room(samples.size()); !ok) return core::forward_error(ok);
  const FamilyRanges ranges = sort_samples(
      samples, record->tables, reinterpret_cast<shaders::ShadeInput*>(inputs_.mapped()));
  if (auto ok = upload(*record, light_records(window), view, reflections); !ok) {
    return core::forward_error(ok);
  }
  if (auto ok = dispatch(ranges); !ok) return core::forward_error(ok);
  surfaces_.trim();
  std::vector<math::Vec3f> out(samples.size());
  std::memcpy(out.data(), radiance_.mapped(), out.size() * sizeof(math::Vec3f));
  return out;
}

}  // namespace oddroad::shade
