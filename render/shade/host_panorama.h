// A packed panorama as the kernels' sampler reads it. Internal to this module.
#pragma once

#include <vector>

#include "render/kernels/kernel.h"
#include "render/shade/packed_sky.h"

namespace oddroad::shade {

// Floats with the values of the half floats that a device would get.
class HostPanorama {
 public:
  HostPanorama() = default;
  explicit HostPanorama(const PackedPanorama& packed);
  // Valid as long as this object, which may move.
  [[nodiscard]] const kernels::Panorama& get() const { return panorama_; }

 private:
  std::vector<glm::vec4> texels_;
  kernels::Panorama panorama_;
};

}  // namespace oddroad::shade
