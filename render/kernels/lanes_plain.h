// Eight lanes with what any compiler and processor has. Internal to lanes.h.
#pragma once

namespace {

constexpr std::uint32_t kLanes = 8;
typedef float vf __attribute__((vector_size(32)));
typedef std::int32_t vi __attribute__((vector_size(32)));
typedef std::uint32_t vu __attribute__((vector_size(32)));
typedef std::uint64_t vp __attribute__((vector_size(64)));
using vm = vi;  // all bits of a lane are set where it is true

#include "render/kernels/lane_masks.h"

ODDROAD_LANES bool any(vm a) {
  std::int32_t out = 0;
  for (std::uint32_t k = 0; k < kLanes; ++k) out |= a[k];
  return out != 0;
}
ODDROAD_LANES bool lane(vm a, std::uint32_t k) {
  return a[k] != 0;
}
ODDROAD_LANES std::uint32_t first_lane(vm a) {
  std::uint32_t k = 0;
  while (k + 1 < kLanes && a[k] == 0) ++k;
  return k;
}
ODDROAD_LANES vi select(vm c, vi a, vi b) {
  return (c & a) | (~c & b);
}
ODDROAD_LANES vf select(vm c, vf a, vf b) {
  return (vf)select(c, (vi)a, (vi)b);
}
ODDROAD_LANES vu select(vm c, vu a, vu b) {
  return (vu)select(c, (vi)a, (vi)b);
}
ODDROAD_LANES vp select(vm c, vp a, vp b) {
  for (std::uint32_t k = 0; k < kLanes; ++k) a[k] = c[k] != 0 ? a[k] : b[k];
  return a;
}

ODDROAD_LANES vf fma_(vf a, vf b, vf c) {
  return a * b + c;
}
ODDROAD_LANES vf fnma_(vf a, vf b, vf c) {
  return c - a * b;
}
ODDROAD_LANES vf fms_(vf a, vf b, vf c) {
  return a * b - c;
}
ODDROAD_LANES vf sqrt_(vf x) {
  for (std::uint32_t k = 0; k < kLanes; ++k) x[k] = std::sqrt(x[k]);
  return x;
}
// Beyond 2^23 a float is whole already.
ODDROAD_LANES vf where_small(vf x, vf rounded) {
  return select(lt((vf)((vi)x & 0x7fffffff), splat(8388608.0f)), rounded, x);
}
ODDROAD_LANES vf floor_(vf x) {
  const vf whole = __builtin_convertvector(__builtin_convertvector(x, vi), vf);
  return where_small(x, whole - select(gt(whole, x), splat(1.0f), splat(0.0f)));
}
ODDROAD_LANES vf round_(vf x) {
  const vf big = select((vm)((vi)x < 0), splat(-8388608.0f), splat(8388608.0f));
  return where_small(x, (x + big) - big);
}
ODDROAD_LANES vf min_(vf a, vf b) {
  return select(lt(a, b), a, b);
}
ODDROAD_LANES vf max_(vf a, vf b) {
  return select(gt(a, b), a, b);
}

ODDROAD_LANES void transpose(const std::uint64_t (&at)[kLanes], std::uint64_t offset, vf& x, vf& y,
                             vf& z, vf& w) {
  for (std::uint32_t k = 0; k < kLanes; ++k) {
    float row[4];
    std::memcpy(row, reinterpret_cast<const void*>(at[k] + offset), sizeof(row));
    x[k] = row[0];
    y[k] = row[1];
    z[k] = row[2];
    w[k] = row[3];
  }
}

ODDROAD_LANES vu gather_u(vp at, std::uint64_t offset) {
  vu out;
  for (std::uint32_t k = 0; k < kLanes; ++k) {
    std::uint32_t word;
    std::memcpy(&word, reinterpret_cast<const void*>(at[k] + offset), sizeof(word));
    out[k] = word;
  }
  return out;
}

}  // namespace
