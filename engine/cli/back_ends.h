// Picks the machines that render: Embree always; colour on a GPU or on the processor; Vulkan where
// colour or rasterization wants it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/core/result.h"
#include "engine/pipeline/clip_renderer.h"
#include "render/kernels/isa.h"
#include "render/vulkan/device.h"

namespace oddroad::cli {

struct BackEndChoice {
  std::string device = "auto";
  std::string visibility = "auto";  // auto: raster on a GPU, cast elsewhere
  std::string shade = "auto";       // auto: gpu on a GPU, cpu elsewhere
  bool colour = true;
  bool validation = false;
  std::string isa;
};

// A Vulkan device is opened once; every worker has its own back-ends on it.
struct Machine {
  std::shared_ptr<vulkan::Device> device;  // null where nothing needs Vulkan
  bool raster = false;
  bool colour = true;
  std::optional<kernels::Isa> cpu_shading;  // colour on the processor
  std::string isa;
};

// Errors: what was asked for by name is not there.
core::Result<Machine> choose_machine(const BackEndChoice& choice);

class WorkerBackEnds {
 public:
  static core::Result<WorkerBackEnds> create(const Machine& machine);
  [[nodiscard]] pipeline::BackEnds get() const {
    return {rays_.get(), visibility_.get(), shading_.get(), shading_name_};
  }

 private:
  std::unique_ptr<scene::RayCasterFactory> rays_;
  std::unique_ptr<scene::Visibility> visibility_;
  std::unique_ptr<scene::Shading> shading_;
  std::string shading_name_;
};

}  // namespace oddroad::cli
