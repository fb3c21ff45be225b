// Picks the machines that render: Embree always, Vulkan where colour or rasterization needs it.
#pragma once

#include <memory>
#include <string>

#include "engine/core/result.h"
#include "engine/pipeline/clip_renderer.h"
#include "render/vulkan/device.h"

namespace oddroad::cli {

struct BackEndChoice {
  std::string device = "auto";
  std::string visibility = "auto";  // auto: raster on a GPU, cast where the device is a CPU
  bool colour = true;
  bool validation = false;
  std::string isa;
};

// A Vulkan device is opened once; every worker has its own back-ends on it.
struct Machine {
  std::shared_ptr<vulkan::Device> device;  // null where nothing needs Vulkan
  bool raster = false;
  bool colour = true;
  std::string isa;
};

core::Result<Machine> choose_machine(const BackEndChoice& choice);

class WorkerBackEnds {
 public:
  static core::Result<WorkerBackEnds> create(const Machine& machine);
  [[nodiscard]] pipeline::BackEnds get() const {
    return {rays_.get(), visibility_.get(), shading_.get()};
  }

 private:
  std::unique_ptr<scene::RayCasterFactory> rays_;
  std::unique_ptr<scene::Visibility> visibility_;
  std::unique_ptr<scene::Shading> shading_;
};

}  // namespace oddroad::cli
