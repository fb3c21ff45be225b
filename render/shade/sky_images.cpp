#include "render/shade/sky_images.h"

#include <algorithm>

#include <glm/gtc/packing.hpp>

namespace oddroad::shade {
namespace {

float brightest(const Panorama& p) {
  float most = 0;
  for (const glm::vec4& t : p.texels) most = std::max({most, t.x, t.y, t.z});
  return most;
}

void pack(const Panorama& p, float unit, std::vector<std::uint64_t>& out) {
  for (const glm::vec4& t : p.texels) {
    out.push_back(glm::packHalf4x16(glm::vec4(glm::vec3(t) / unit, t.w)));
  }
}

core::Result<vulkan::Image> upload(const Panorama* levels, std::size_t count, float unit,
                                   vulkan::Commands& commands) {
  vulkan::ImageOptions options;
  options.width_px = static_cast<std::uint32_t>(levels[0].width_px);
  options.height_px = static_cast<std::uint32_t>(levels[0].height_px);
  options.levels = static_cast<std::uint32_t>(count);
  options.format = VK_FORMAT_R16G16B16A16_SFLOAT;
  options.usage = VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT;
  auto image = vulkan::Image::create(commands.device(), options);
  if (!image) return image;
  std::vector<std::uint64_t> texels;
  for (std::size_t l = 0; l < count; ++l) pack(levels[l], unit, texels);
  auto ok = vulkan::upload_image(commands, *image, std::as_bytes(std::span(texels)), 8);
  if (!ok) return core::forward_error(ok);
  return image;
}

}  // namespace

core::Result<SkyImages> upload_sky(const SkyMap& sky, vulkan::Commands& commands) {
  SkyImages out;
  const float most = std::max(brightest(sky.visible), brightest(sky.mirror.front()));
  out.unit_cd_m2 = std::max(most / 4096.0f, 1e-9f);
  out.mirror_levels = static_cast<float>(sky.mirror.size() - 1);
  auto visible = upload(&sky.visible, 1, out.unit_cd_m2, commands);
  if (!visible) return core::forward_error(visible);
  auto mirror = upload(sky.mirror.data(), sky.mirror.size(), out.unit_cd_m2, commands);
  if (!mirror) return core::forward_error(mirror);
  out.visible = std::move(*visible);
  out.mirror = std::move(*mirror);
  return out;
}

}  // namespace oddroad::shade
