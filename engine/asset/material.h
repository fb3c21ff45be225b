// What a surface looks like to a camera and to a 905 nm LiDAR. The two are separate numbers:
// visible colour does not predict near-infrared reflectance (red nylon .03 against .53).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/math/affine.h"

namespace oddroad::asset {

// Procedural surface detail, evaluated in the shading source from uv (metres on the surface).
// The numbers are shared with the shading source (render/shaders/surface_patterns.h).
enum class Pattern : std::uint32_t {
  kNone = 0,
  kAsphalt = 1,
  kConcrete = 2,
  kPavers = 3,  // slabs with joints; pattern_scale_m = slab edge
  kBrick = 4,   // running bond; pattern_scale_m = brick length
  kPlaster = 5,
  kGrass = 6,
  kRoofTiles = 7,
  kBark = 8,
  kLeaf = 9,
  kFabric = 10,
  kRoadPaint = 11,  // worn marking paint
  kWood = 12,
  kCardboard = 13,
  kSoil = 14,
  kCarPaint = 15,     // flakes, dirt from below (uses object z)
  kGlassWindow = 16,  // building window: reflects the sky, curtain or dark room behind
  kSkin = 17,
  kStripes = 18,  // red/white or similar bands; base_color and second_color
};

// How a surface is made, apart from its colours.
struct Finish {
  Pattern pattern = Pattern::kNone;
  float roughness = 0.8f;
  float metallic = 0;
  float clearcoat = 0;

  bool operator==(const Finish&) const = default;
};

// Colours are linear RGB reflectance, 0 to 1.
struct Material {
  std::string name;
  math::Vec3f base_color{0.5f};
  math::Vec3f second_color{0.5f};  // joints, bands: where the pattern uses one
  float roughness = 0.8f;          // perceptual (alpha = roughness^2)
  float metallic = 0.0f;
  float clearcoat = 0.0f;  // strength of a smooth dielectric coat over the base
  float glass = 0.0f;      // 1 = window pane: dark interior under a mirror-like dielectric
  // Of panes: share of the light that passes once through the sheet, per channel, without what its
  // faces reflect. 0: nothing behind is shown. Truth and LiDAR stop at the pane all the same.
  math::Vec3f transmission{0};
  math::Vec3f emission_cd_m2{0};  // luminance emitted per channel
  bool nocturnal = false;  // emits only while street lamps burn; of windows: what lit rooms show
  Pattern pattern = Pattern::kNone;
  float pattern_scale_m = 1.0f;
  float pattern_strength = 1.0f;  // 0 = flat colour
  std::int32_t texture = -1;      // index into Model::textures, multiplies base_color; uv (0, 0) is
                                  // the image's upper left corner, (1, 1) its lower right
  float reflectance_905nm = 0.3f;  // diffuse (hemispherical) at the LiDAR's wavelength
  float retro_905nm = 0.0f;        // extra Lambert-equivalent reflectance of a retroreflector
  // What a LiDAR meets where a picture shows another finish (wild looks); else the same.
  std::optional<Finish> hidden_finish;

  // What the surface is made of, whatever it is painted with.
  [[nodiscard]] Finish finish() const {
    return hidden_finish.value_or(Finish{pattern, roughness, metallic, clearcoat});
  }

  bool operator==(const Material&) const = default;
};

// 8-bit sRGB + alpha, row 0 on top, row-major, 4 bytes a texel.
struct Texture {
  std::string name;
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  std::vector<std::uint8_t> rgba;

  bool operator==(const Texture&) const = default;
};

// sRGB code values 0-255 to linear reflectance.
math::Vec3f linear_from_srgb(int r, int g, int b);

}  // namespace oddroad::asset
