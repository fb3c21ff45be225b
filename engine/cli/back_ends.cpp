#include "engine/cli/back_ends.h"

#include "render/cast/embree_scene.h"
#include "render/raster/raster_visibility.h"
#include "render/shade/vulkan_shading.h"

namespace oddroad::cli {

core::Result<Machine> choose_machine(const BackEndChoice& choice) {
  Machine machine;
  machine.colour = choice.colour;
  machine.isa = choice.isa;
  if (!choice.colour && choice.visibility != "raster") return machine;
  auto device = vulkan::Device::create({choice.device, choice.validation});
  if (!device) {
    core::Diagnostics why = device.error();
    why.warning({}, "labels and LiDAR need no Vulkan: --no-color --visibility cast");
    return tl::unexpected(why);
  }
  machine.device = std::move(*device);
  machine.raster = choice.visibility == "raster" ||
                   (choice.visibility == "auto" && !machine.device->is_cpu() &&
                    machine.device->info().can_rasterize);
  return machine;
}

core::Result<WorkerBackEnds> WorkerBackEnds::create(const Machine& machine) {
  WorkerBackEnds out;
  auto rays = cast::make_embree_factory(machine.isa);
  if (!rays) return core::forward_error(rays);
  out.rays_ = std::move(*rays);
  if (machine.raster) {
    auto raster = raster::RasterVisibility::create(machine.device);
    if (!raster) return core::forward_error(raster);
    out.visibility_ = std::move(*raster);
  }
  if (machine.colour) {
    auto shading = shade::VulkanShading::create(machine.device);
    if (!shading) return core::forward_error(shading);
    out.shading_ = std::move(*shading);
  }
  return out;
}

}  // namespace oddroad::cli
