// A baked sky on the device. Internal to this module.
#pragma once

#include "render/shade/packed_sky.h"
#include "render/vulkan/commands.h"

namespace oddroad::shade {

struct SkyImages {
  vulkan::Image visible;
  vulkan::Image mirror;
};

core::Result<SkyImages> upload_sky(const PackedSky& sky, vulkan::Commands& commands);

}  // namespace oddroad::shade
