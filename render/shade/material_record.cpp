#include "render/shade/material_record.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include <glm/gtc/packing.hpp>

#include "render/shaders/surface_patterns.h"

namespace oddroad::shade {
namespace {

using asset::Pattern;

#define ODDROAD_SAME(pattern, number) \
  static_assert(static_cast<std::uint32_t>(Pattern::pattern) == (number))
ODDROAD_SAME(kNone, ODDROAD_PATTERN_NONE);
ODDROAD_SAME(kAsphalt, ODDROAD_PATTERN_ASPHALT);
ODDROAD_SAME(kConcrete, ODDROAD_PATTERN_CONCRETE);
ODDROAD_SAME(kPavers, ODDROAD_PATTERN_PAVERS);
ODDROAD_SAME(kBrick, ODDROAD_PATTERN_BRICK);
ODDROAD_SAME(kPlaster, ODDROAD_PATTERN_PLASTER);
ODDROAD_SAME(kGrass, ODDROAD_PATTERN_GRASS);
ODDROAD_SAME(kRoofTiles, ODDROAD_PATTERN_ROOF_TILES);
ODDROAD_SAME(kBark, ODDROAD_PATTERN_BARK);
ODDROAD_SAME(kLeaf, ODDROAD_PATTERN_LEAF);
ODDROAD_SAME(kFabric, ODDROAD_PATTERN_FABRIC);
ODDROAD_SAME(kRoadPaint, ODDROAD_PATTERN_ROAD_PAINT);
ODDROAD_SAME(kWood, ODDROAD_PATTERN_WOOD);
ODDROAD_SAME(kCardboard, ODDROAD_PATTERN_CARDBOARD);
ODDROAD_SAME(kSoil, ODDROAD_PATTERN_SOIL);
ODDROAD_SAME(kCarPaint, ODDROAD_PATTERN_CAR_PAINT);
ODDROAD_SAME(kGlassWindow, ODDROAD_PATTERN_GLASS_WINDOW);
ODDROAD_SAME(kSkin, ODDROAD_PATTERN_SKIN);
ODDROAD_SAME(kStripes, ODDROAD_PATTERN_STRIPES);
#undef ODDROAD_SAME

float linear(std::uint32_t code) {
  const float c = static_cast<float>(code) / 255.0f;
  return c <= 0.04045f ? c / 12.92f : std::pow((c + 0.055f) / 1.055f, 2.4f);
}

std::uint32_t coded(float value) {
  const float c =
      value <= 0.0031308f ? 12.92f * value : 1.055f * std::pow(value, 1 / 2.4f) - 0.055f;
  return static_cast<std::uint32_t>(std::lround(std::clamp(c, 0.0f, 1.0f) * 255.0f));
}

std::uint32_t mean_texel(const std::array<std::uint32_t, 4>& four) {
  std::uint32_t out = 0;
  for (int channel = 0; channel < 4; ++channel) {
    float sum = 0;
    for (std::uint32_t t : four) {
      const std::uint32_t code = t >> (8 * channel) & 0xffu;
      sum += channel < 3 ? linear(code) : static_cast<float>(code) / 255.0f;
    }
    const std::uint32_t code =
        channel < 3 ? coded(sum / 4) : static_cast<std::uint32_t>(std::lround(sum / 4 * 255.0f));
    out |= code << (8 * channel);
  }
  return out;
}

std::uint8_t family_of_pattern(Pattern pattern) {
  switch (pattern) {
    case Pattern::kAsphalt:
    case Pattern::kConcrete:
    case Pattern::kRoadPaint:
      return ODDROAD_FAMILY_ROAD;
    case Pattern::kPavers:
    case Pattern::kBrick:
    case Pattern::kRoofTiles:
      return ODDROAD_FAMILY_BLOCKS;
    case Pattern::kPlaster:
    case Pattern::kGrass:
    case Pattern::kBark:
    case Pattern::kWood:
    case Pattern::kCardboard:
    case Pattern::kSoil:
      return ODDROAD_FAMILY_MOTTLED;
    case Pattern::kLeaf:
    case Pattern::kFabric:
    case Pattern::kSkin:
      return ODDROAD_FAMILY_LIVING;
    case Pattern::kCarPaint:
      return ODDROAD_FAMILY_COATED;
    case Pattern::kGlassWindow:
      return ODDROAD_FAMILY_GLASS;
    case Pattern::kNone:
    case Pattern::kStripes:
      break;
  }
  return ODDROAD_FAMILY_PLAIN;
}

}  // namespace

std::uint8_t family_of(const asset::Material& m, std::size_t texture_count) {
  if (m.texture >= 0 && static_cast<std::size_t>(m.texture) < texture_count) {
    return ODDROAD_FAMILY_TEXTURED;
  }
  if (m.glass > 0) return ODDROAD_FAMILY_GLASS;
  if (m.emission_cd_m2 != math::Vec3f(0)) return ODDROAD_FAMILY_PLAIN;
  const std::uint8_t family = family_of_pattern(m.pattern);
  return family == ODDROAD_FAMILY_PLAIN && m.pattern == Pattern::kNone && m.clearcoat > 0.02f
             ? std::uint8_t{ODDROAD_FAMILY_COATED}
             : family;
}

shaders::ShadeMaterial record_of(const asset::Material& m) {
  shaders::ShadeMaterial out;
  out.base_roughness = glm::vec4(m.base_color, std::clamp(m.roughness, 0.02f, 1.0f));
  const bool pane = m.glass > 0 && m.pattern == Pattern::kNone;
  out.second_metallic = glm::vec4(pane ? m.transmission : m.second_color, m.metallic);
  out.emission_clearcoat = glm::vec4(m.emission_cd_m2, m.clearcoat);
  out.pattern = {std::bit_cast<float>(static_cast<std::uint32_t>(m.pattern)), m.pattern_scale_m,
                 m.pattern_strength, m.glass};
  // A sheet of coefficient R_A returns pi R_A as much as a white one (materials.h).
  const auto retro = static_cast<float>(m.retro_905nm / M_PI);
  out.texture_ref = glm::uvec4(0, 0, 0, glm::packHalf2x16(glm::vec2(0, retro)));
  return out;
}

MipChain mip_chain(const asset::Texture& texture) {
  MipChain out;
  std::uint32_t w = texture.width_px;
  std::uint32_t h = texture.height_px;
  if (w == 0 || h == 0) return out;
  for (std::size_t i = 0; i < std::size_t{w} * h; ++i) {
    const std::uint8_t* c = &texture.rgba[4 * i];
    out.texels.push_back(c[0] | std::uint32_t{c[1]} << 8 | std::uint32_t{c[2]} << 16 |
                         std::uint32_t{c[3]} << 24);
  }
  std::size_t begin = 0;
  out.levels = 1;
  while (w > 1 || h > 1) {
    const std::uint32_t half_w = std::max(w / 2, 1u);
    const std::uint32_t half_h = std::max(h / 2, 1u);
    for (std::uint32_t y = 0; y < half_h; ++y) {
      for (std::uint32_t x = 0; x < half_w; ++x) {
        const auto at = [&](std::uint32_t i, std::uint32_t j) {
          return out.texels[begin + std::size_t{std::min(2 * y + j, h - 1)} * w +
                            std::min(2 * x + i, w - 1)];
        };
        out.texels.push_back(mean_texel({at(0, 0), at(1, 0), at(0, 1), at(1, 1)}));
      }
    }
    begin += std::size_t{w} * h;
    w = half_w;
    h = half_h;
    ++out.levels;
  }
  return out;
}

}  // namespace oddroad::shade
