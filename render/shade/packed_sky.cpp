#include "render/shade/packed_sky.h"

#include <algorithm>
#include <span>

#include <glm/gtc/packing.hpp>

namespace oddroad::shade {
namespace {

float brightest(const Panorama& p) {
  float most = 0;
  for (const glm::vec4& t : p.texels) most = std::max({most, t.x, t.y, t.z});
  return most;
}

PackedPanorama pack(std::span<const Panorama> levels, float unit) {
  PackedPanorama out;
  out.width_px = static_cast<std::uint32_t>(levels.front().width_px);
  out.height_px = static_cast<std::uint32_t>(levels.front().height_px);
  out.levels = static_cast<std::uint32_t>(levels.size());
  for (const Panorama& level : levels) {
    for (const glm::vec4& t : level.texels) {
      out.texels.push_back(glm::packHalf4x16(glm::vec4(glm::vec3(t) / unit, t.w)));
    }
  }
  return out;
}

}  // namespace

PackedSky pack_sky(const SkyMap& sky) {
  PackedSky out;
  const float most = std::max(brightest(sky.visible), brightest(sky.mirror.front()));
  out.unit_cd_m2 = std::max(most / 4096.0f, 1e-9f);
  out.mirror_levels = static_cast<float>(sky.mirror.size() - 1);
  out.visible = pack(std::span(&sky.visible, 1), out.unit_cd_m2);
  out.mirror = pack(sky.mirror, out.unit_cd_m2);
  return out;
}

}  // namespace oddroad::shade
