#include "sensors/lidar/ground_fields.h"

#include "render/shaders/puddles.h"

namespace oddroad::lidar {
namespace {

using Hollows = void (*)(std::size_t n, const float* x_m, const float* y_m, float* out);
using Noise = void (*)(std::size_t n, const float* x_m, const float* y_m, float scale_m,
                       std::uint32_t seed, float* out);
struct Loops {
  Hollows hollows;
  Noise noise;
};

void hollows(std::size_t n, const float* x, const float* y, float* out) {
  for (std::size_t i = 0; i < n; ++i) out[i] = shaders::hollow_at(x[i], y[i]);
}

void noise(std::size_t n, const float* x, const float* y, float scale, std::uint32_t seed,
           float* out) {
  for (std::size_t i = 0; i < n; ++i) {
    out[i] = shaders::puddle_noise(x[i] / scale, y[i] / scale, seed);
  }
}

// The same loops for wider instruction sets. Contraction is off and nothing is reordered, so lanes
// compute what single numbers would. Flattened: no function that is shared with other code may
// need more than the plain processor.
#ifdef __x86_64__
#define ODDROAD_AVX2 __attribute__((target("avx2"), flatten))
#define ODDROAD_AVX512 __attribute__((target("avx2,avx512f,avx512dq,avx512bw,avx512vl"), flatten))

ODDROAD_AVX2 void hollows_avx2(std::size_t n, const float* x, const float* y, float* out) {
  hollows(n, x, y, out);
}
ODDROAD_AVX2 void noise_avx2(std::size_t n, const float* x, const float* y, float scale,
                             std::uint32_t seed, float* out) {
  noise(n, x, y, scale, seed, out);
}
ODDROAD_AVX512 void hollows_avx512(std::size_t n, const float* x, const float* y, float* out) {
  hollows(n, x, y, out);
}
ODDROAD_AVX512 void noise_avx512(std::size_t n, const float* x, const float* y, float scale,
                                 std::uint32_t seed, float* out) {
  noise(n, x, y, scale, seed, out);
}
#endif

Loops widest() {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")) {
    return {hollows_avx512, noise_avx512};
  }
  if (__builtin_cpu_supports("avx2")) return {hollows_avx2, noise_avx2};
#endif
  return {hollows, noise};
}

}  // namespace

void GroundFields::make(bool snow) {
  static const Loops kLoops = widest();
  const std::size_t n = x_m_.size();
  hollow_.resize(n);
  stones_.resize(n);
  kLoops.hollows(n, x_m_.data(), y_m_.data(), hollow_.data());
  kLoops.noise(n, x_m_.data(), y_m_.data(), 0.6f, 245u, stones_.data());
  constexpr float kScale_m[3] = {1.9f, 0.37f, 0.083f};
  for (std::uint32_t k = 0; k < 3; ++k) {
    snow_[k].resize(snow ? n : 0);
    if (snow) kLoops.noise(n, x_m_.data(), y_m_.data(), kScale_m[k], 221u + k, snow_[k].data());
  }
}

}  // namespace oddroad::lidar
