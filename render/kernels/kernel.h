// Compute shaders as C++ functions: how they are called.
//
// translate/translate.py makes them from SPIR-V at build time. They read buffers by host address,
// exactly as the shader reads them by device address, and run many invocations at once.
#pragma once

#include <cstddef>
#include <cstdint>

namespace oddroad::kernels {

// One size of a panorama: four floats a texel, rows from the top.
struct PanoramaLevel {
  const float* texels = nullptr;
  std::int32_t width_px = 0;
  std::int32_t height_px = 0;
};

// A sampled image: linear between texels and between levels, repeats along u, ends at the edges
// along v. What the sampler of vulkan::make_panorama_sampler does.
struct Panorama {
  static constexpr int kMostLevels = 16;
  PanoramaLevel levels[kMostLevels];
  std::int32_t level_count = 0;  // at least 1
};

constexpr std::size_t kMostBindings = 8;

// What a shader can reach; all of it must outlive the call.
struct Invocations {
  const void* push = nullptr;                  // push constants
  std::uint64_t buffers[kMostBindings] = {};   // by binding: address of a uniform or storage buffer
  const Panorama* images[kMostBindings] = {};  // by binding
};

// Runs the invocations whose gl_GlobalInvocationID.x is in [begin, end). Thread-safe where the
// shader's stores do not collide. Equal calls give equal bytes, however the range is cut.
using Kernel = void (*)(const Invocations&, std::uint32_t begin, std::uint32_t end);

}  // namespace oddroad::kernels
