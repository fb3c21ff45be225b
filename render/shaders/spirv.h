// The compiled shaders.
#pragma once

#include <cstdint>
#include <span>

namespace oddroad::shaders {

// Visibility buffer: (drawable + 1, triangle), push constants RasterPush.
std::span<const std::uint32_t> visibility_vertex();
std::span<const std::uint32_t> visibility_fragment();
// Positions only, same push constants.
std::span<const std::uint32_t> depth_vertex();
// Samples to radiance, push constants ShadePush, specialization constant 0 = ODDROAD_FAMILY_*.
std::span<const std::uint32_t> shade_compute();

}  // namespace oddroad::shaders
