// A baked sky as the images that the shading source samples. Internal to this module.
#pragma once

#include <cstdint>
#include <vector>

#include "render/shade/sky_map.h"

namespace oddroad::shade {

// Texels of four half floats (RGB over unit_cd_m2, alpha), all levels from the largest.
struct PackedPanorama {
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  std::uint32_t levels = 0;  // each half the size of the one before
  std::vector<std::uint64_t> texels;
};

struct PackedSky {
  PackedPanorama visible;
  PackedPanorama mirror;
  float unit_cd_m2 = 1;     // radiance of 1.0 in the images: half floats end at 65,504
  float mirror_levels = 0;  // of blur beyond the sharp one
};

PackedSky pack_sky(const SkyMap& sky);

}  // namespace oddroad::shade
