// Shading on the processor: the same source as VulkanShading, translated to C++ (render/kernels).
// Needs no driver. Agrees with VulkanShading to a few parts in 1e4 where no pattern has a jump.
#pragma once

#include <memory>
#include <optional>

#include "render/kernels/isa.h"
#include "render/scene/visibility.h"
#include "render/shade/host_panorama.h"
#include "render/shade/host_store.h"
#include "render/shade/light_records.h"
#include "render/shade/scene_record.h"
#include "render/shade/shading_options.h"

namespace oddroad::shade {

// Not thread-safe; uses all cores. Equal calls give equal bytes on one instruction set, whatever
// the number of cores; kAvx2 and kAvx512 give the same.
class CpuShading : public scene::Shading {
 public:
  explicit CpuShading(kernels::Isa isa, ShadingOptions options = {});
  core::Result<std::vector<math::Vec3f>> shade(const world::SceneWindow& window,
                                               const scene::CameraView& view,
                                               std::span<const scene::ShadeSample> samples,
                                               std::span<const math::Vec3f> reflections) override;
  using scene::Shading::shade;

 private:
  void set_sky(const world::Environment& environment);
  void run(const SceneRecord& record, const LightRecords& lights, const shaders::ShadeFrame& frame,
           const FamilyRanges& ranges, std::span<const math::Vec3f> reflections,
           std::vector<math::Vec3f>& radiance) const;

  kernels::Isa isa_;
  ShadingOptions options_;
  HostStore store_;
  SurfaceCache surfaces_;
  std::optional<world::Environment> environment_;
  SkyMap sky_;
  PackedSky packed_sky_;
  HostPanorama visible_;
  HostPanorama mirror_;
  core::RawVector<shaders::ShadeInput> inputs_;
};

}  // namespace oddroad::shade
