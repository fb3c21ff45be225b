// What the shading back-ends are told when they are made.
#pragma once

#include <cstdint>
#include <functional>

#include "render/shade/sky_map.h"

namespace oddroad::shade {

struct ShadingOptions {
  // Meshes and images of earlier frames are kept up to this much.
  std::uint64_t cache_bytes = std::uint64_t{768} << 20;
  // Light of an environment; tests put known skies here.
  std::function<SkyMap(const world::Environment&)> sky = [](const world::Environment& e) {
    return bake_sky(e);
  };
};

}  // namespace oddroad::shade
