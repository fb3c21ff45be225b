#include "engine/cli/back_ends.h"

#include "render/cast/embree_scene.h"
#include "render/raster/raster_visibility.h"
#include "render/shade/cpu_shading.h"
#include "render/shade/vulkan_shading.h"

namespace oddroad::cli {
namespace {

// Something was named that only Vulkan has.
bool wants_vulkan(const BackEndChoice& choice) {
  return choice.visibility == "raster" || (choice.colour && choice.shade == "gpu") ||
         (choice.colour && choice.device != "auto");
}

// Nothing that may be chosen needs a device.
bool without_vulkan(const BackEndChoice& choice) {
  return choice.visibility != "raster" && (!choice.colour || choice.shade == "cpu");
}

// Which device there is, or none where none is wanted by name.
core::Result<void> open_device(const BackEndChoice& choice, Machine& machine) {
  auto device = vulkan::Device::create({choice.device, choice.validation});
  if (device) {
    machine.device = std::move(*device);
    return {};
  }
  if (!wants_vulkan(choice)) return {};
  core::Diagnostics why = device.error();
  why.warning({}, "without Vulkan: --visibility cast --shade cpu");
  return tl::unexpected(why);
}

}  // namespace

core::Result<Machine> choose_machine(const BackEndChoice& choice) {
  Machine machine;
  machine.colour = choice.colour;
  machine.isa = choice.isa;
  if (!without_vulkan(choice)) {
    if (auto ok = open_device(choice, machine); !ok) return core::forward_error(ok);
  }
  const bool gpu = machine.device && !machine.device->is_cpu();
  machine.raster = choice.visibility == "raster" ||
                   (choice.visibility == "auto" && gpu && machine.device->info().can_rasterize);
  if (choice.colour && (choice.shade == "cpu" || (choice.shade == "auto" && !gpu))) {
    const auto isa = kernels::choose_isa(choice.isa);
    if (!isa) return core::forward_error(isa);
    machine.cpu_shading = *isa;
  }
  if (!machine.raster && (!choice.colour || machine.cpu_shading)) machine.device = nullptr;
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
  if (!machine.colour) return out;
  out.shading_name_ = machine.cpu_shading ? "cpu" : "gpu";
  if (machine.cpu_shading) {
    out.shading_ = std::make_unique<shade::CpuShading>(*machine.cpu_shading);
    return out;
  }
  auto shading = shade::VulkanShading::create(machine.device);
  if (!shading) return core::forward_error(shading);
  out.shading_ = std::move(*shading);
  return out;
}

}  // namespace oddroad::cli
