// The panorama sampler against the device's.
#include <glm/gtc/packing.hpp>

#include "render/shade/host_panorama.h"
#include "render/shade/sky_images.h"
#include "tests/unit/kernels/both_ways.h"

namespace oddroad::kernels {
ODDROAD_DECLARE_KERNEL(test_image)

namespace testing {
namespace {

#include "image.h"

class Panoramas : public vulkan::testing::DeviceTest {};

shade::PackedPanorama noise(std::uint32_t width, std::uint32_t height, std::uint32_t levels) {
  Varied varied;
  shade::PackedPanorama out{width, height, levels, {}};
  for (std::uint32_t l = 0; l < levels; ++l) {
    const std::uint32_t n = std::max(width >> l, 1u) * std::max(height >> l, 1u);
    for (std::uint32_t i = 0; i < n; ++i) {
      out.texels.push_back(glm::packHalf4x16({varied.between(0, 4), varied.between(0, 4000),
                                              varied.between(-1, 1), varied.between(0, 1)}));
    }
  }
  return out;
}

Words places() {
  Varied varied;
  Words out;
  for (int row = 0; row < 2000; ++row) {
    out.insert(out.end(), {bits(varied.between(-1.5f, 2.5f)), bits(varied.between(-0.2f, 1.2f)),
                           bits(row % 5 == 0 ? 0.0f : varied.between(-1, 6)), 0, 0, 0, 0, 0});
  }
  // The seam, the poles, and whole levels.
  for (const float u : {0.0f, 1.0f, 0.999999f, -1e-6f}) {
    for (const float v : {0.0f, 1.0f, 0.5f}) {
      for (const float lod : {0.0f, 1.0f, 2.0f, 9.0f}) {
        out.insert(out.end(), {bits(u), bits(v), bits(lod), 0, 0, 0, 0, 0});
      }
    }
  }
  return out;
}

TEST_F(Panoramas, AreSampledAsTheDeviceDoes) {
  const shade::PackedPanorama packed = noise(32, 16, 4);
  const shade::HostPanorama ours(packed);
  shade::PackedSky sky;
  sky.visible = sky.mirror = packed;
  auto commands = vulkan::Commands::create(device_);
  const auto images = shade::upload_sky(sky, *commands);
  ASSERT_TRUE(images);
  const auto sampler = vulkan::make_panorama_sampler(*device_);
  ASSERT_TRUE(sampler);
  const Words in = places();
  constexpr std::array kTypes{VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER};
  const Words there =
      run_on_device(device_, k_image, kTypes, in, 0, [&](vulkan::ComputeProgram& p) {
        p.set_image(0, images->mirror, sampler->get());
      });
  Invocations k;
  k.images[0] = &ours.get();
  constexpr float kRange[] = {4, 4000, 2, 1, 4000};
  for (const Isa isa : isas()) {
    const Words here = run_on_processor(ODDROAD_KERNEL_VARIANTS(test_image).of(isa), in, 0, k);
    for (std::size_t i = 0; i < here.size(); ++i) {
      if (i % kOut >= 5) continue;
      ASSERT_NEAR(number(there[i]), number(here[i]), 1e-4f * kRange[i % kOut])
          << to_string(isa) << " row " << i / kOut << " word " << i % kOut << " u "
          << number(in[i / kOut * kIn]) << " v " << number(in[i / kOut * kIn + 1]) << " level "
          << number(in[i / kOut * kIn + 2]);
    }
  }
}

}  // namespace
}  // namespace testing
}  // namespace oddroad::kernels
