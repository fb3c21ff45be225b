// Every shading back-end at once: a test that shades through this tests them all, and that they
// agree.
#pragma once

#include <gtest/gtest.h>

#include "render/shade/cpu_shading.h"
#include "render/shade/vulkan_shading.h"

namespace oddroad::shade::testing {

// Values that differ by more than half a per cent (or a thousandth of the mean).
inline std::size_t disagreements(const std::vector<math::Vec3f>& a,
                                 const std::vector<math::Vec3f>& b) {
  double sum = 0;
  for (const math::Vec3f& v : a) sum += std::min(v.x + v.y + v.z, 1e5f);
  const auto floor = static_cast<float>(1e-3 * sum / (3.0 * static_cast<double>(a.size())));
  std::size_t out = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (int c = 0; c < 3; ++c) {
      const float most = std::max(std::abs(a[i][c]), std::abs(b[i][c]));
      out += !(std::abs(a[i][c] - b[i][c]) <= std::max(0.005f * most, floor)) ? 1u : 0u;
    }
  }
  return out;
}

// The instruction sets that this machine can run.
inline std::vector<kernels::Isa> isas() {
  std::vector<kernels::Isa> out{kernels::Isa::kPlain};
  for (const char* name : {"avx2", "avx512"}) {
    if (const auto isa = kernels::choose_isa(name)) out.push_back(*isa);
  }
  return out;
}

class BothShadings : public scene::Shading {
 public:
  // Without a device only the processor's.
  BothShadings(const std::shared_ptr<vulkan::Device>& device, const ShadingOptions& options) {
    if (device) {
      auto made = VulkanShading::create(device, options);
      EXPECT_TRUE(made);
      if (made) vulkan_ = std::move(*made);
    }
    for (const kernels::Isa isa : isas()) {
      cpus_.push_back(std::make_unique<CpuShading>(isa, options));
    }
  }

  using scene::Shading::shade;
  // Returns what the best instruction set gave.
  core::Result<std::vector<math::Vec3f>> shade(const world::SceneWindow& window,
                                               const scene::CameraView& view,
                                               std::span<const scene::ShadeSample> samples,
                                               std::span<const math::Vec3f> reflections) override {
    std::vector<core::Result<std::vector<math::Vec3f>>> all;
    if (vulkan_) all.push_back(vulkan_->shade(window, view, samples, reflections));
    for (const auto& cpu : cpus_) all.push_back(cpu->shade(window, view, samples, reflections));
    for (std::size_t k = 0; k < all.size(); ++k) {
      if (!all[k]) return all[k];
      EXPECT_LE(disagreements(*all.back(), *all[k]), 3 * samples.size() / 200) << k;
    }
    const std::size_t n = all.size();
    if (cpus_.size() == 3) {
      EXPECT_EQ(*all[n - 1], *all[n - 2]) << "AVX-512 and AVX2 differ";
    }
    return all.back();
  }

 private:
  std::unique_ptr<VulkanShading> vulkan_;
  std::vector<std::unique_ptr<CpuShading>> cpus_;
};

}  // namespace oddroad::shade::testing
