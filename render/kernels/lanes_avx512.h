// Sixteen lanes with AVX-512. Internal to lanes.h.
#pragma once

#include <immintrin.h>

namespace {

constexpr std::uint32_t kLanes = 16;
typedef float vf __attribute__((vector_size(64)));
typedef std::int32_t vi __attribute__((vector_size(64)));
typedef std::uint32_t vu __attribute__((vector_size(64)));
typedef std::uint64_t vp __attribute__((vector_size(128)));
typedef std::uint64_t half_vp __attribute__((vector_size(64)));
using vm = __mmask16;

ODDROAD_LANES vf splat(float x) {
  return (vf)_mm512_set1_ps(x);
}
ODDROAD_LANES vi splat(std::int32_t x) {
  return (vi)_mm512_set1_epi32(x);
}
ODDROAD_LANES vu splat(std::uint32_t x) {
  return (vu)_mm512_set1_epi32(static_cast<int>(x));
}
ODDROAD_LANES vm splat(bool x) {
  return x ? static_cast<vm>(0xffff) : static_cast<vm>(0);
}
ODDROAD_LANES vp splat(std::uint64_t x) {
  return vp{} + x;
}

ODDROAD_LANES bool any(vm a) {
  return a != 0;
}
ODDROAD_LANES vm and_(vm a, vm b) {
  return a & b;
}
ODDROAD_LANES vm or_(vm a, vm b) {
  return a | b;
}
ODDROAD_LANES vm xor_(vm a, vm b) {
  return a ^ b;
}
ODDROAD_LANES vm not_(vm a) {
  return static_cast<vm>(~a);
}
ODDROAD_LANES vm select(vm c, vm a, vm b) {
  return static_cast<vm>((c & a) | (~c & b));
}
ODDROAD_LANES bool lane(vm a, std::uint32_t k) {
  return (a >> k & 1) != 0;
}
ODDROAD_LANES std::uint32_t first_lane(vm a) {
  return static_cast<std::uint32_t>(__builtin_ctz(a));
}
ODDROAD_LANES vm lanes_below(std::uint32_t n) {
  return n >= kLanes ? static_cast<vm>(0xffff) : static_cast<vm>((1u << n) - 1);
}

#define ODDROAD_COMPARE(name, ordered, whole)                    \
  ODDROAD_LANES vm name(vf a, vf b) {                            \
    return _mm512_cmp_ps_mask((__m512)a, (__m512)b, ordered);    \
  }                                                              \
  ODDROAD_LANES vm name(vi a, vi b) {                            \
    return _mm512_cmp_epi32_mask((__m512i)a, (__m512i)b, whole); \
  }                                                              \
  ODDROAD_LANES vm name(vu a, vu b) {                            \
    return _mm512_cmp_epu32_mask((__m512i)a, (__m512i)b, whole); \
  }
ODDROAD_COMPARE(lt, _CMP_LT_OQ, _MM_CMPINT_LT)
ODDROAD_COMPARE(le, _CMP_LE_OQ, _MM_CMPINT_LE)
ODDROAD_COMPARE(gt, _CMP_GT_OQ, _MM_CMPINT_NLE)
ODDROAD_COMPARE(ge, _CMP_GE_OQ, _MM_CMPINT_NLT)
ODDROAD_COMPARE(eq, _CMP_EQ_OQ, _MM_CMPINT_EQ)
ODDROAD_COMPARE(ne, _CMP_NEQ_UQ, _MM_CMPINT_NE)
#undef ODDROAD_COMPARE

ODDROAD_LANES vf select(vm c, vf a, vf b) {
  return (vf)_mm512_mask_blend_ps(c, (__m512)b, (__m512)a);
}
ODDROAD_LANES vi select(vm c, vi a, vi b) {
  return (vi)_mm512_mask_blend_epi32(c, (__m512i)b, (__m512i)a);
}
ODDROAD_LANES vu select(vm c, vu a, vu b) {
  return (vu)_mm512_mask_blend_epi32(c, (__m512i)b, (__m512i)a);
}
ODDROAD_LANES vp select(vm c, vp a, vp b) {
  half_vp x[2], y[2];
  std::memcpy(x, &a, sizeof(a));
  std::memcpy(y, &b, sizeof(b));
  x[0] = (half_vp)_mm512_mask_blend_epi64(static_cast<__mmask8>(c), (__m512i)y[0], (__m512i)x[0]);
  x[1] =
      (half_vp)_mm512_mask_blend_epi64(static_cast<__mmask8>(c >> 8), (__m512i)y[1], (__m512i)x[1]);
  std::memcpy(&a, x, sizeof(a));
  return a;
}

ODDROAD_LANES vf fma_(vf a, vf b, vf c) {
  return (vf)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c);
}
ODDROAD_LANES vf fnma_(vf a, vf b, vf c) {
  return (vf)_mm512_fnmadd_ps((__m512)a, (__m512)b, (__m512)c);
}
ODDROAD_LANES vf fms_(vf a, vf b, vf c) {
  return (vf)_mm512_fmsub_ps((__m512)a, (__m512)b, (__m512)c);
}
ODDROAD_LANES vf sqrt_(vf x) {
  return (vf)_mm512_sqrt_ps((__m512)x);
}
ODDROAD_LANES vf floor_(vf x) {
  return (vf)_mm512_roundscale_ps((__m512)x, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
}
ODDROAD_LANES vf round_(vf x) {
  return (vf)_mm512_roundscale_ps((__m512)x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}
ODDROAD_LANES vf min_(vf a, vf b) {
  return (vf)_mm512_min_ps((__m512)a, (__m512)b);
}
ODDROAD_LANES vf max_(vf a, vf b) {
  return (vf)_mm512_max_ps((__m512)a, (__m512)b);
}

// Sixteen rows of four words become four vectors.
ODDROAD_LANES void transpose(const std::uint64_t (&at)[kLanes], std::uint64_t offset, vf& x, vf& y,
                             vf& z, vf& w) {
  __m512 r[4];
  for (int k = 0; k < 4; ++k) {
    const auto row = [&](int n) {
      return _mm_loadu_ps(reinterpret_cast<const float*>(at[n] + offset));
    };
    __m512 v = _mm512_castps128_ps512(row(k));
    v = _mm512_insertf32x4(v, row(4 + k), 1);
    v = _mm512_insertf32x4(v, row(8 + k), 2);
    r[k] = _mm512_insertf32x4(v, row(12 + k), 3);
  }
  const __m512 a = _mm512_unpacklo_ps(r[0], r[2]);
  const __m512 b = _mm512_unpackhi_ps(r[0], r[2]);
  const __m512 c = _mm512_unpacklo_ps(r[1], r[3]);
  const __m512 d = _mm512_unpackhi_ps(r[1], r[3]);
  x = (vf)_mm512_unpacklo_ps(a, c);
  y = (vf)_mm512_unpackhi_ps(a, c);
  z = (vf)_mm512_unpacklo_ps(b, d);
  w = (vf)_mm512_unpackhi_ps(b, d);
}

ODDROAD_LANES vu gather_u(vp at, std::uint64_t offset) {
  half_vp p[2];
  std::memcpy(p, &at, sizeof(at));
  const auto* base = reinterpret_cast<const void*>(offset);
  const __m256i low = _mm512_i64gather_epi32((__m512i)p[0], base, 1);
  const __m256i high = _mm512_i64gather_epi32((__m512i)p[1], base, 1);
  return (vu)_mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
}

}  // namespace
