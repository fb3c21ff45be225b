// Eight lanes with AVX2 and FMA. Internal to lanes.h.
#pragma once

#include <immintrin.h>

namespace {

constexpr std::uint32_t kLanes = 8;
typedef float vf __attribute__((vector_size(32)));
typedef std::int32_t vi __attribute__((vector_size(32)));
typedef std::uint32_t vu __attribute__((vector_size(32)));
typedef std::uint64_t vp __attribute__((vector_size(64)));
typedef std::uint64_t half_vp __attribute__((vector_size(32)));
using vm = vi;  // all bits of a lane are set where it is true

#include "render/kernels/lane_masks.h"

ODDROAD_LANES bool any(vm a) {
  return _mm256_movemask_ps((__m256)a) != 0;
}
ODDROAD_LANES bool lane(vm a, std::uint32_t k) {
  return (_mm256_movemask_ps((__m256)a) >> k & 1) != 0;
}
ODDROAD_LANES std::uint32_t first_lane(vm a) {
  return static_cast<std::uint32_t>(
      __builtin_ctz(static_cast<unsigned>(_mm256_movemask_ps((__m256)a))));
}
ODDROAD_LANES vf select(vm c, vf a, vf b) {
  return (vf)_mm256_blendv_ps((__m256)b, (__m256)a, (__m256)c);
}
ODDROAD_LANES vi select(vm c, vi a, vi b) {
  return (vi)select(c, (vf)a, (vf)b);
}
ODDROAD_LANES vu select(vm c, vu a, vu b) {
  return (vu)select(c, (vf)a, (vf)b);
}
ODDROAD_LANES vp select(vm c, vp a, vp b) {
  half_vp x[2], y[2];
  std::memcpy(x, &a, sizeof(a));
  std::memcpy(y, &b, sizeof(b));
  const __m256i low = _mm256_cvtepi32_epi64(_mm256_castsi256_si128((__m256i)c));
  const __m256i high = _mm256_cvtepi32_epi64(_mm256_extracti128_si256((__m256i)c, 1));
  x[0] = (half_vp)_mm256_blendv_epi8((__m256i)y[0], (__m256i)x[0], low);
  x[1] = (half_vp)_mm256_blendv_epi8((__m256i)y[1], (__m256i)x[1], high);
  std::memcpy(&a, x, sizeof(a));
  return a;
}

ODDROAD_LANES vf fma_(vf a, vf b, vf c) {
  return (vf)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c);
}
ODDROAD_LANES vf fnma_(vf a, vf b, vf c) {
  return (vf)_mm256_fnmadd_ps((__m256)a, (__m256)b, (__m256)c);
}
ODDROAD_LANES vf fms_(vf a, vf b, vf c) {
  return (vf)_mm256_fmsub_ps((__m256)a, (__m256)b, (__m256)c);
}
ODDROAD_LANES vf sqrt_(vf x) {
  return (vf)_mm256_sqrt_ps((__m256)x);
}
ODDROAD_LANES vf floor_(vf x) {
  return (vf)_mm256_round_ps((__m256)x, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
}
ODDROAD_LANES vf round_(vf x) {
  return (vf)_mm256_round_ps((__m256)x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}
ODDROAD_LANES vf min_(vf a, vf b) {
  return (vf)_mm256_min_ps((__m256)a, (__m256)b);
}
ODDROAD_LANES vf max_(vf a, vf b) {
  return (vf)_mm256_max_ps((__m256)a, (__m256)b);
}

// Eight rows of four words become four vectors.
ODDROAD_LANES void transpose(const std::uint64_t (&at)[kLanes], std::uint64_t offset, vf& x, vf& y,
                             vf& z, vf& w) {
  __m256 r[4];
  for (int k = 0; k < 4; ++k) {
    const auto row = [&](int n) {
      return _mm_loadu_ps(reinterpret_cast<const float*>(at[n] + offset));
    };
    r[k] = _mm256_insertf128_ps(_mm256_castps128_ps256(row(k)), row(4 + k), 1);
  }
  const __m256 a = _mm256_unpacklo_ps(r[0], r[2]);
  const __m256 b = _mm256_unpackhi_ps(r[0], r[2]);
  const __m256 c = _mm256_unpacklo_ps(r[1], r[3]);
  const __m256 d = _mm256_unpackhi_ps(r[1], r[3]);
  x = (vf)_mm256_unpacklo_ps(a, c);
  y = (vf)_mm256_unpackhi_ps(a, c);
  z = (vf)_mm256_unpacklo_ps(b, d);
  w = (vf)_mm256_unpackhi_ps(b, d);
}

ODDROAD_LANES vu gather_u(vp at, std::uint64_t offset) {
  half_vp p[2];
  std::memcpy(p, &at, sizeof(at));
  const auto* base = reinterpret_cast<const int*>(offset);
  const __m128i low = _mm256_i64gather_epi32(base, (__m256i)p[0], 1);
  const __m128i high = _mm256_i64gather_epi32(base, (__m256i)p[1], 1);
  return (vu)_mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1);
}

}  // namespace
