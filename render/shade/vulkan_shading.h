// Shading on a Vulkan compute queue: samples to linear radiance in cd/m2.
//
// Physically based: GGX over Lambert, clear coats, metals, panes; the sun as a directional light
// and the sky baked per environment (sky_map.h), in photometric units; surface detail from
// asset::Pattern; fog, dust and smoke between surface and camera, wet ground with puddles, lying
// snow (what falls is the camera's: sensors/camera/precipitation.h).
#pragma once

#include <memory>
#include <optional>

#include "render/scene/visibility.h"
#include "render/shade/device_store.h"
#include "render/shade/light_records.h"
#include "render/shade/scene_record.h"
#include "render/shade/shading_options.h"
#include "render/shade/sky_images.h"
#include "render/vulkan/device.h"
#include "render/vulkan/pipeline.h"

namespace oddroad::shade {

// Not thread-safe; several may share a device. Equal calls give equal bytes on one device and
// driver.
class VulkanShading : public scene::Shading {
 public:
  // Errors: out of memory, a shader that the driver refuses.
  static core::Result<std::unique_ptr<VulkanShading>> create(std::shared_ptr<vulkan::Device> device,
                                                             ShadingOptions options = {});
  core::Result<std::vector<math::Vec3f>> shade(const world::SceneWindow& window,
                                               const scene::CameraView& view,
                                               std::span<const scene::ShadeSample> samples,
                                               std::span<const math::Vec3f> reflections) override;
  using scene::Shading::shade;

 private:
  VulkanShading(std::shared_ptr<vulkan::Device> device, vulkan::Commands commands,
                ShadingOptions options);
  core::Result<void> set_sky(const world::Environment& environment);
  core::Result<void> make_room(std::size_t samples);
  core::Result<void> upload(SceneRecord& record, const LightRecords& lights,
                            const scene::CameraView& view,
                            std::span<const math::Vec3f> reflections);
  core::Result<void> dispatch(const FamilyRanges& ranges);

  std::shared_ptr<vulkan::Device> device_;
  vulkan::Commands commands_;
  ShadingOptions options_;
  vulkan::ComputeProgram program_;
  vulkan::UniqueSampler sampler_;
  vulkan::Uploads uploads_;
  DeviceStore store_;
  SurfaceCache surfaces_;
  std::optional<world::Environment> environment_;
  SkyMap sky_;
  PackedSky packed_sky_;
  SkyImages sky_images_;
  vulkan::Buffer frame_buffer_;
  vulkan::Buffer drawables_;
  vulkan::Buffer materials_;
  vulkan::Buffer deformed_;
  vulkan::Buffer lights_;
  vulkan::Buffer light_cells_;
  vulkan::Buffer light_members_;
  vulkan::Buffer reflections_;
  vulkan::Buffer inputs_;
  vulkan::Buffer radiance_;
};

}  // namespace oddroad::shade
