// A baked sky on the device. Internal to this module.
#pragma once

#include "render/shade/sky_map.h"
#include "render/vulkan/commands.h"

namespace oddroad::shade {

struct SkyImages {
  vulkan::Image visible;
  vulkan::Image mirror;
  float unit_cd_m2 = 1;     // radiance of 1.0 in the images: half floats end at 65,504
  float mirror_levels = 0;  // of blur beyond the sharp one
};

core::Result<SkyImages> upload_sky(const SkyMap& sky, vulkan::Commands& commands);

}  // namespace oddroad::shade
