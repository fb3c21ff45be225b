#include "render/shade/sky_images.h"

namespace oddroad::shade {
namespace {

core::Result<vulkan::Image> upload(const PackedPanorama& panorama, vulkan::Commands& commands) {
  vulkan::ImageOptions options;
  options.width_px = panorama.width_px;
  options.height_px = panorama.height_px;
  options.levels = panorama.levels;
  options.format = VK_FORMAT_R16G16B16A16_SFLOAT;
  options.usage = VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT;
  auto image = vulkan::Image::create(commands.device(), options);
  if (!image) return image;
  auto ok = vulkan::upload_image(commands, *image, std::as_bytes(std::span(panorama.texels)), 8);
  if (!ok) return core::forward_error(ok);
  return image;
}

}  // namespace

core::Result<SkyImages> upload_sky(const PackedSky& sky, vulkan::Commands& commands) {
  SkyImages out;
  auto visible = upload(sky.visible, commands);
  if (!visible) return core::forward_error(visible);
  auto mirror = upload(sky.mirror, commands);
  if (!mirror) return core::forward_error(mirror);
  out.visible = std::move(*visible);
  out.mirror = std::move(*mirror);
  return out;
}

}  // namespace oddroad::shade
