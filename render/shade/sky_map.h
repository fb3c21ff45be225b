// The light of one environment, baked once: what is seen where nothing is hit, what surfaces
// reflect, and what lights them. All radiances in cd/m2 per channel (RGB, sRGB primaries).
#pragma once

#include <array>
#include <vector>

#include "engine/math/affine.h"
#include "engine/world/timeline.h"
#include "render/shaders/layouts.h"

namespace oddroad::shade {

using math::Vec3d;
using math::Vec3f;

// Every direction: column = azimuth from +x counter-clockwise, from the left edge; row: elevation
// from +90 degrees on top, spaced by its square root so that the horizon gets most rows.
// w: share of the sun's disc seen there (clouds hide it).
struct Panorama {
  int width_px = 0;
  int height_px = 0;
  std::vector<glm::vec4> texels;
};
// Direction through the middle of a texel.
Vec3d panorama_direction(int width_px, int height_px, int x, int y);
// Solid angle of a texel in that row, steradian.
double panorama_solid_angle(int width_px, int height_px, int y);

struct SkyMap {
  Vec3d to_sun{0, 0, 1};
  Vec3f sun_illuminance_lux{0};  // on a surface that faces the sun
  Panorama visible;
  std::vector<Panorama> mirror;  // level l is blurred for perceptual roughness l / (levels - 1)
  std::array<Vec3f, 9> ambient_sh{};  // irradiance / pi: real spherical harmonics, factors included
  Vec3f ground_radiance{0};
  Vec3f haze_per_m{0};                                 // extinction of the air
  float fog_per_m = 0;                                 // at the ground; air_layer.h
  float even_per_m = 0;                                // of dust, rain and snow
  Vec3f beam_lux{0};                                   // scattered once out of the sun's beam
  std::array<Vec3f, ODDROAD_HORIZON_STEPS> horizon{};  // just above the horizon, by azimuth,
                                                       // without the beam's light
};

struct SkyResolution {
  int visible_width_px = 1536;  // twice the height
  int mirror_width_px = 512;
};

SkyMap bake_sky(const world::Environment& environment, const SkyResolution& resolution = {});
// The same radiance from everywhere, no sun, no haze: the white furnace of tests.
SkyMap uniform_sky(float radiance_cd_m2);

// The factors of ambient_sh for a distribution of radiance over directions.
std::array<Vec3f, 9> cosine_harmonics(const Panorama& radiance);
// Irradiance / pi for a surface facing `normal`.
Vec3f ambient(const std::array<Vec3f, 9>& harmonics, const Vec3d& normal);

}  // namespace oddroad::shade
