#include "render/shade/host_panorama.h"

#include <algorithm>

#include <glm/gtc/packing.hpp>

#include "engine/core/check.h"

namespace oddroad::shade {

HostPanorama::HostPanorama(const PackedPanorama& packed) : texels_(packed.texels.size()) {
  ODDROAD_CHECK_OP(packed.levels, <=, kernels::Panorama::kMostLevels);
  std::transform(packed.texels.begin(), packed.texels.end(), texels_.begin(), glm::unpackHalf4x16);
  std::size_t first = 0;
  for (std::uint32_t l = 0; l < packed.levels; ++l) {
    const std::uint32_t width = std::max(packed.width_px >> l, 1u);
    const std::uint32_t height = std::max(packed.height_px >> l, 1u);
    panorama_.levels[l] = {&texels_[first].x, static_cast<std::int32_t>(width),
                           static_cast<std::int32_t>(height)};
    first += std::size_t{width} * height;
  }
  ODDROAD_CHECK_OP(first, ==, texels_.size());
  panorama_.level_count = static_cast<std::int32_t>(packed.levels);
}

}  // namespace oddroad::shade
