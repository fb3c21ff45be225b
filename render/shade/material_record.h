// Materials and images as the shading source reads them. Internal to this module.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/asset/material.h"
#include "render/shaders/layouts.h"

namespace oddroad::shade {

// Which variant of the shading source shades this material (ODDROAD_FAMILY_*).
std::uint8_t family_of(const asset::Material& material, std::size_t texture_count);
shaders::ShadeMaterial record_of(const asset::Material& material);

// RGBA8 texels of all levels, the full size first, each half the one before (mean of four, taken in
// linear light).
struct MipChain {
  std::vector<std::uint32_t> texels;
  std::uint32_t levels = 0;
};
MipChain mip_chain(const asset::Texture& texture);

}  // namespace oddroad::shade
