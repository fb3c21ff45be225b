// The weather as the shading source reads it. Internal to this module.
#pragma once

#include <cstdint>

#include "engine/world/environment.h"
#include "render/shade/sky_map.h"
#include "render/shaders/layouts.h"

namespace oddroad::shade {

// stamp_ns: fog banks and smoke drift, drops ripple.
shaders::ShadeWeather weather_record(const world::Environment& environment, const SkyMap& sky,
                                     std::int64_t stamp_ns);

}  // namespace oddroad::shade
