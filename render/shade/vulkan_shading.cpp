#include "render/shade/vulkan_shading.h"

#include <cstring>
#include <map>

#include "engine/core/check.h"
#include "engine/core/parallel.h"
#include "engine/core/random.h"
#include "render/scene/deform.h"
#include "render/shade/ray_samples.h"
#include "render/shade/sample_sort.h"
#include "render/shade/surface_mesh.h"
#include "render/shaders/spirv.h"

namespace oddroad::shade {
namespace {

constexpr std::uint32_t kGroupSize = 128;  // local_size_x of shade.comp
constexpr double kSunRadiusRad = 0.004654;

bool same(const world::Environment& a, const world::Environment& b) {
  return a.sun_elevation_rad == b.sun_elevation_rad && a.sun_azimuth_rad == b.sun_azimuth_rad &&
         a.cloud_cover == b.cloud_cover && a.turbidity == b.turbidity && a.sky_seed == b.sky_seed;
}

void set_rows(glm::vec4 (&rows)[3], const math::Affine3d& T) {
  const math::Affine3f f = math::to_float(T);
  for (int r = 0; r < 3; ++r) {
    rows[r] = {f.linear[0][r], f.linear[1][r], f.linear[2][r], f.translation[r]};
  }
}

shaders::ShadeFrame frame_data(const SkyMap& sky, const SkyImages& images,
                               const scene::CameraView& view) {
  shaders::ShadeFrame out{};
  set_rows(out.world_from_camera, view.T_world_camera);
  out.lens = glm::vec4(view.camera.fx_px, view.camera.fy_px, view.camera.cx_px, view.camera.cy_px);
  out.projection = glm::vec4(view.single_projection() ? 0 : 1, 0, 0, 0);
  out.sun_direction = glm::vec4(math::Vec3f(sky.to_sun), std::cos(kSunRadiusRad));
  const double disc = 2 * M_PI * (1 - std::cos(kSunRadiusRad));
  out.sun_illuminance = glm::vec4(sky.sun_illuminance_lux, 1 / disc);
  out.ground_radiance = glm::vec4(sky.ground_radiance, images.mirror_levels);
  for (int k = 0; k < 9; ++k) out.sky_sh[k] = glm::vec4(sky.ambient_sh[k], 0);
  out.haze = glm::vec4(sky.haze_per_m, images.unit_cd_m2);
  for (int k = 0; k < ODDROAD_HORIZON_STEPS; ++k) out.horizon[k] = glm::vec4(sky.horizon[k], 0);
  return out;
}

// Which drawables the samples name.
std::vector<std::uint8_t> used_drawables(std::span<const scene::ShadeSample> samples,
                                         std::size_t count) {
  std::vector<std::uint8_t> used(count, 0);
  std::uint32_t last = 0;
  for (const scene::ShadeSample& s : samples) {
    if (s.drawable == last || s.drawable == 0) continue;
    ODDROAD_CHECK_OP(s.drawable, <=, count);
    used[s.drawable - 1] = 1;
    last = s.drawable;
  }
  return used;
}

}  // namespace

struct VulkanShading::Frame {
  std::vector<shaders::ShadeDrawable> drawables;
  std::vector<shaders::ShadeMaterial> materials;
  std::vector<FamilyTable> tables;
  struct Deforming {
    std::size_t drawable;
    const CachedSurface* surface;
  };
  std::vector<Deforming> deforming;
  std::vector<shaders::ShadeTriangle> deformed;
  FamilyRanges ranges{};
  vulkan::Uploads uploads;
};

VulkanShading::VulkanShading(std::shared_ptr<vulkan::Device> device, vulkan::Commands commands,
                             ShadingOptions options)
    : device_(std::move(device)),
      commands_(std::move(commands)),
      options_(std::move(options)),
      surfaces_(device_, options_.cache_bytes) {}

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
  if (environment_ && same(*environment_, environment)) return {};
  environment_.reset();
  sky_ = options_.sky(environment);
  auto images = upload_sky(sky_, commands_);
  if (!images) return core::forward_error(images);
  sky_images_ = std::move(*images);
  program_.set_image(1, sky_images_.visible, sampler_.get());
  program_.set_image(2, sky_images_.mirror, sampler_.get());
  environment_ = environment;
  return {};
}

core::Result<void> VulkanShading::prepare_drawables(const world::SceneWindow& window,
                                                    const scene::CameraView& view,
                                                    std::span<const scene::ShadeSample> samples,
                                                    Frame& frame) {
  const auto used = used_drawables(samples, window.drawables.size());
  const math::Affine3d T_camera_world = view.T_world_camera.inverse();
  frame.drawables.resize(window.drawables.size());
  frame.tables.resize(window.drawables.size());
  std::map<const asset::Model*, std::uint32_t> first_material;
  for (std::size_t d = 0; d < window.drawables.size(); ++d) {
    if (!used[d]) continue;
    const world::Drawable& drawable = window.drawables[d];
    const auto model = surfaces_.model(drawable.model, frame.uploads);
    if (!model) return core::forward_error(model);
    const auto surface = surfaces_.surface(drawable, frame.uploads);
    if (!surface) return core::forward_error(surface);
    const auto [it, fresh] = first_material.emplace(
        drawable.model.get(), static_cast<std::uint32_t>(frame.materials.size()));
    if (fresh) {
      frame.materials.insert(frame.materials.end(), (*model)->materials.begin(),
                             (*model)->materials.end());
    }
    frame.tables[d] = {drawable.mesh->material.data(), (*model)->families.data(),
                       static_cast<std::uint32_t>(drawable.mesh->triangles.size())};
    shaders::ShadeDrawable& out = frame.drawables[d];
    set_rows(out.camera_from_mesh,
             T_camera_world * world::transform_at(window, drawable, view.stamp_ns));
    out.data.z = it->second;
    out.data.w = static_cast<std::uint32_t>(core::hash64(drawable.instance.value, 3));
    if (drawable.steps.empty()) {
      const VkDeviceAddress at = (*surface)->triangles.address();
      out.data.x = static_cast<std::uint32_t>(at);
      out.data.y = static_cast<std::uint32_t>(at >> 32);
    } else {
      frame.deforming.push_back({d, *surface});
    }
  }
  return {};
}

core::Result<void> VulkanShading::deform(const world::SceneWindow& window,
                                         const scene::CameraView& view, Frame& frame) {
  if (frame.deforming.empty()) return {};
  std::vector<std::size_t> first;
  std::size_t total = 0;
  for (const auto& item : frame.deforming) {
    first.push_back(total);
    total += item.surface->deforming.size();
  }
  frame.deformed.resize(total);
  core::parallel_for(frame.deforming.size(), [&](std::size_t i) {
    const auto& item = frame.deforming[i];
    const world::Drawable& drawable = window.drawables[item.drawable];
    std::vector<math::Vec3f> positions;
    std::vector<math::Vec3f> normals;
    scene::positions_at(window, drawable, view.stamp_ns, positions);
    scene::normals_at(window, drawable, view.stamp_ns, normals);
    const auto& rest = item.surface->deforming;
    const std::span out(frame.deformed.data() + first[i], rest.size());
    std::copy(rest.begin(), rest.end(), out.begin());
    place_corners(*drawable.mesh, positions, normals, out);
  });
  if (auto ok = vulkan::reserve(deformed_, *device_, total * sizeof(shaders::ShadeTriangle),
                                VK_BUFFER_USAGE_TRANSFER_DST_BIT, vulkan::MemoryUse::kDevice);
      !ok) {
    return ok;
  }
  frame.uploads.add(deformed_, 0, std::as_bytes(std::span(frame.deformed)));
  for (std::size_t i = 0; i < frame.deforming.size(); ++i) {
    const VkDeviceAddress at = deformed_.address() + first[i] * sizeof(shaders::ShadeTriangle);
    auto& data = frame.drawables[frame.deforming[i].drawable].data;
    data.x = static_cast<std::uint32_t>(at);
    data.y = static_cast<std::uint32_t>(at >> 32);
  }
  return {};
}

core::Result<void> VulkanShading::upload(Frame& frame, const scene::CameraView& view) {
  const shaders::ShadeFrame uniform = frame_data(sky_, sky_images_, view);
  frame.uploads.add(frame_buffer_, 0, std::as_bytes(std::span(&uniform, 1)));
  const auto fill = [&](vulkan::Buffer& buffer, std::span<const std::byte> bytes) {
    auto ok = vulkan::reserve(buffer, *device_, std::max<std::size_t>(bytes.size(), 1),
                              VK_BUFFER_USAGE_TRANSFER_DST_BIT, vulkan::MemoryUse::kDevice);
    if (ok) frame.uploads.add(buffer, 0, bytes);
    return ok;
  };
  if (auto ok = fill(drawables_, std::as_bytes(std::span(frame.drawables))); !ok) return ok;
  if (auto ok = fill(materials_, std::as_bytes(std::span(frame.materials))); !ok) return ok;
  return frame.uploads.flush(commands_);
}

core::Result<void> VulkanShading::dispatch(const Frame& frame) {
  std::array<VkPipeline, ODDROAD_FAMILY_COUNT> pipelines{};
  for (std::uint32_t f = 0; f < ODDROAD_FAMILY_COUNT; ++f) {
    if (frame.ranges[f] == frame.ranges[f + 1]) continue;
    const auto pipeline = program_.variant(f);
    if (!pipeline) return core::forward_error(pipeline);
    pipelines[f] = *pipeline;
  }
  const std::uint32_t most = device_->limits().maxComputeWorkGroupCount[0] * kGroupSize;
  return commands_.run([&](VkCommandBuffer cmd) {
    const VkDescriptorSet set = program_.set();
    vkCmdBindDescriptorSets(cmd, VK_PIPELINE_BIND_POINT_COMPUTE, program_.layout(), 0, 1, &set, 0,
                            nullptr);
    shaders::ShadePush push{inputs_.address(), drawables_.address(), materials_.address(),
                            radiance_.address()};
    for (std::uint32_t f = 0; f < ODDROAD_FAMILY_COUNT; ++f) {
      if (!pipelines[f]) continue;
      vkCmdBindPipeline(cmd, VK_PIPELINE_BIND_POINT_COMPUTE, pipelines[f]);
      for (std::uint32_t at = frame.ranges[f]; at < frame.ranges[f + 1]; at += push.count) {
        push.first = at;
        push.count = std::min(frame.ranges[f + 1] - at, most);
        vkCmdPushConstants(cmd, program_.layout(), VK_SHADER_STAGE_COMPUTE_BIT, 0, sizeof(push),
                           &push);
        vkCmdDispatch(cmd, (push.count + kGroupSize - 1) / kGroupSize, 1, 1);
      }
    }
  });
}

core::Result<std::vector<math::Vec3f>> VulkanShading::shade(
    const world::SceneWindow& window, const scene::CameraView& view,
    std::span<const scene::ShadeSample> samples) {
  if (samples.empty()) return std::vector<math::Vec3f>{};
  std::vector<scene::ShadeSample> directed;
  if (!view.single_projection()) {
    directed = with_directions(window, view, samples);
    samples = directed;
  }
  if (auto ok = set_sky(window.environment); !ok) return core::forward_error(ok);
  surfaces_.begin_frame();
  Frame frame;
  if (auto ok = prepare_drawables(window, view, samples, frame); !ok) {
    return core::forward_error(ok);
  }
  if (auto ok = deform(window, view, frame); !ok) return core::forward_error(ok);
  if (auto ok = vulkan::reserve(inputs_, *device_, samples.size() * sizeof(shaders::ShadeInput), 0,
                                vulkan::MemoryUse::kUpload);
      !ok) {
    return core::forward_error(ok);
  }
  if (auto ok = vulkan::reserve(radiance_, *device_, samples.size() * sizeof(math::Vec3f), 0,
                                vulkan::MemoryUse::kReadback);
      !ok) {
    return core::forward_error(ok);
  }
  frame.ranges =
      sort_samples(samples, frame.tables, reinterpret_cast<shaders::ShadeInput*>(inputs_.mapped()));
  if (auto ok = upload(frame, view); !ok) return core::forward_error(ok);
  if (auto ok = dispatch(frame); !ok) return core::forward_error(ok);
  surfaces_.trim();
  std::vector<math::Vec3f> out(samples.size());
  std::memcpy(out.data(), radiance_.mapped(), out.size() * sizeof(math::Vec3f));
  return out;
}

}  // namespace oddroad::shade
