// Where a model gives light: a point with a distribution of luminous intensity.
#pragma once

#include <cstdint>
#include <string>

#include "engine/math/affine.h"
#include "render/shaders/beams.h"

namespace oddroad::asset {

// The lamp that burns while street lamps do.
inline constexpr const char* kNightLamp = "night";
// The lamp that always burns: in tunnels.
inline constexpr const char* kTunnelLamp = "tunnel";

struct Luminaire {
  std::string lamp = kNightLamp;  // name of the lamp (Model::lamps) that lights it, or "high"
  std::uint32_t beam = ODDROAD_BEAM_COSINE;  // how it spreads (render/shaders/beams.h)
  // Model frame; just ahead of the lens, so that what carries it does not stand in its way.
  math::Vec3d position_m{0};
  math::Vec3d axis{1, 0, 0};  // unit: x of the beam
  math::Vec3d up{0, 0, 1};    // unit, across the axis: z of the beam
  // Intensity per channel where the distribution is 1 (luminance of the three = candela).
  math::Vec3f candela{1};
  float exponent = 1;     // of the cosine
  float radius_m = .05f;  // of what shines: softens shadows, bounds the light at close range
};

// Scales a colour to luminance 1.
math::Vec3f unit_luminance(const math::Vec3f& color);
// Linear RGB of a black body of that temperature, luminance 1 (Krystek's chromaticity, 1,000 to
// 15,000 K; a white of 6,504 K is neutral).
math::Vec3f black_body(double kelvin);
// Candela of a street luminaire of that luminous flux straight down.
double street_candela(double lumens);
// Luminous flux of a beam, lumens per unit of its value.
double beam_flux(std::uint32_t beam, double exponent);

}  // namespace oddroad::asset
