// Loads, stores and the panorama sampler. Internal to lanes.h.
#pragma once

namespace {

using oddroad::kernels::Panorama;
using oddroad::kernels::PanoramaLevel;

ODDROAD_LANES std::uint64_t address_of(const void* p) {
  return reinterpret_cast<std::uint64_t>(p);
}

// Single numbers by address.

template <typename T>
ODDROAD_LANES T load(std::uint64_t at) {
  T out;
  std::memcpy(&out, reinterpret_cast<const void*>(at), sizeof(out));
  return out;
}
ODDROAD_LANES float load_f(std::uint64_t at) {
  return load<float>(at);
}
ODDROAD_LANES std::int32_t load_i(std::uint64_t at) {
  return load<std::int32_t>(at);
}
ODDROAD_LANES std::uint32_t load_u(std::uint64_t at) {
  return load<std::uint32_t>(at);
}
ODDROAD_LANES std::uint64_t load_p(std::uint64_t at) {
  return load<std::uint64_t>(at);
}
ODDROAD_LANES std::uint32_t load_u8(std::uint64_t at) {
  return load<std::uint8_t>(at);
}
ODDROAD_LANES std::uint32_t load_u16(std::uint64_t at) {
  return load<std::uint16_t>(at);
}
ODDROAD_LANES std::int32_t load_i8(std::uint64_t at) {
  return load<std::int8_t>(at);
}
ODDROAD_LANES std::int32_t load_i16(std::uint64_t at) {
  return load<std::int16_t>(at);
}

// Addresses.

ODDROAD_LANES vp advance(vp base, vu index, std::uint64_t bytes) {
  return base + __builtin_convertvector(index, vp) * bytes;
}
ODDROAD_LANES vp advance(vp base, vi index, std::uint64_t bytes) {
  typedef std::int64_t wide __attribute__((vector_size(sizeof(vp))));
  return base + (vp) __builtin_convertvector(index, wide) * bytes;
}
ODDROAD_LANES vp address(vu low, vu high) {
  return __builtin_convertvector(low, vp) | (__builtin_convertvector(high, vp) << 32);
}
ODDROAD_LANES std::uint64_t address(std::uint32_t low, std::uint32_t high) {
  return low | std::uint64_t{high} << 32;
}
ODDROAD_LANES vp offset(vp at, std::uint64_t bytes) {
  return at + bytes;
}
ODDROAD_LANES std::uint64_t offset(std::uint64_t at, std::uint64_t bytes) {
  return at + bytes;
}
ODDROAD_LANES vu low_word(vp at) {
  return __builtin_convertvector(at, vu);
}
ODDROAD_LANES vu high_word(vp at) {
  return __builtin_convertvector(at >> 32, vu);
}
ODDROAD_LANES std::uint32_t low_word(std::uint64_t at) {
  return static_cast<std::uint32_t>(at);
}
ODDROAD_LANES std::uint32_t high_word(std::uint64_t at) {
  return static_cast<std::uint32_t>(at >> 32);
}
// Idle lanes get the address of the first active one; at least one must be active.
ODDROAD_LANES vp safe(vm active, vp at) {
  std::uint64_t all[kLanes];
  std::memcpy(all, &at, sizeof(all));
  return select(active, at, splat(all[first_lane(active)]));
}

// Whether all lanes have one address.
ODDROAD_LANES bool same_everywhere(vp at) {
  const vp apart = at ^ splat(static_cast<std::uint64_t>(at[0]));
  std::uint64_t all[kLanes];
  std::memcpy(all, &apart, sizeof(all));
  std::uint64_t any = 0;
  for (std::uint32_t k = 0; k < kLanes; ++k) any |= all[k];
  return any == 0;
}

// A number for each lane. Addresses must be readable in every lane: see safe().

ODDROAD_LANES vf gather_f(vp at, std::uint64_t bytes) {
  return (vf)gather_u(at, bytes);
}
ODDROAD_LANES vi gather_i(vp at, std::uint64_t bytes) {
  return (vi)gather_u(at, bytes);
}
template <typename T, typename V>
ODDROAD_LANES V gather_as(vp at, std::uint64_t bytes) {
  V out;
  for (std::uint32_t k = 0; k < kLanes; ++k) out[k] = load<T>(at[k] + bytes);
  return out;
}
ODDROAD_LANES vp gather_p(vp at, std::uint64_t bytes) {
  return gather_as<std::uint64_t, vp>(at, bytes);
}
ODDROAD_LANES vu gather_u8(vp at, std::uint64_t bytes) {
  return gather_as<std::uint8_t, vu>(at, bytes);
}
ODDROAD_LANES vu gather_u16(vp at, std::uint64_t bytes) {
  return gather_as<std::uint16_t, vu>(at, bytes);
}
ODDROAD_LANES vi gather_i8(vp at, std::uint64_t bytes) {
  return gather_as<std::int8_t, vi>(at, bytes);
}
ODDROAD_LANES vi gather_i16(vp at, std::uint64_t bytes) {
  return gather_as<std::int16_t, vi>(at, bytes);
}

// Four words in a row from each lane's address. Neighbouring samples often read the same row: of
// one drawable, of one lamp.
template <typename A, typename B, typename C, typename D>
ODDROAD_LANES void gather_row(vp at, std::uint64_t bytes, A& a, B& b, C& c, D& d) {
  std::uint64_t all[kLanes];
  std::memcpy(all, &at, sizeof(all));
  if (same_everywhere(at)) {
    a = (A)splat(load_f(all[0] + bytes));
    b = (B)splat(load_f(all[0] + bytes + 4));
    c = (C)splat(load_f(all[0] + bytes + 8));
    d = (D)splat(load_f(all[0] + bytes + 12));
    return;
  }
  vf x, y, z, w;
  transpose(all, bytes, x, y, z, w);
  a = (A)x;
  b = (B)y;
  c = (C)z;
  d = (D)w;
}

template <typename T, typename V>
ODDROAD_LANES void scatter_as(vm active, vp at, std::uint64_t bytes, V values) {
  for (std::uint32_t k = 0; k < kLanes; ++k) {
    if (!lane(active, k)) continue;
    const T value = static_cast<T>(values[k]);
    std::memcpy(reinterpret_cast<void*>(at[k] + bytes), &value, sizeof(value));
  }
}
ODDROAD_LANES void scatter_f(vm active, vp at, std::uint64_t bytes, vf values) {
  scatter_as<float>(active, at, bytes, values);
}
ODDROAD_LANES void scatter_i(vm active, vp at, std::uint64_t bytes, vi values) {
  scatter_as<std::int32_t>(active, at, bytes, values);
}
ODDROAD_LANES void scatter_u(vm active, vp at, std::uint64_t bytes, vu values) {
  scatter_as<std::uint32_t>(active, at, bytes, values);
}
ODDROAD_LANES void scatter_p(vm active, vp at, std::uint64_t bytes, vp values) {
  scatter_as<std::uint64_t>(active, at, bytes, values);
}
ODDROAD_LANES void scatter_u8(vm active, vp at, std::uint64_t bytes, vu values) {
  scatter_as<std::uint8_t>(active, at, bytes, values);
}
ODDROAD_LANES void scatter_u16(vm active, vp at, std::uint64_t bytes, vu values) {
  scatter_as<std::uint16_t>(active, at, bytes, values);
}

// Arrays local to the shader, one vector an element, indexed lane by lane; out of range: element 0.

template <typename V>
ODDROAD_LANES V pick(const V* array, std::uint32_t count, vu index) {
  V out = array[0];
  for (std::uint32_t k = 0; k < kLanes; ++k) {
    if (index[k] < count) out[k] = array[index[k]][k];
  }
  return out;
}
template <typename V>
ODDROAD_LANES void put(vm active, V* array, std::uint32_t count, vu index, V values) {
  for (std::uint32_t k = 0; k < kLanes; ++k) {
    if (lane(active, k) && index[k] < count) array[index[k]][k] = values[k];
  }
}

// Packed numbers: the field of `shift` in a word.

ODDROAD_LANES vf unorm16(vu word, vu shift) {
  return to_float((vi)(word >> shift & 0xffffu)) * (1.0f / 65535.0f);
}
ODDROAD_LANES vf unorm8(vu word, vu shift) {
  return to_float((vi)(word >> shift & 0xffu)) * (1.0f / 255.0f);
}
ODDROAD_LANES vf snorm16(vu word, vu shift) {
  const vi field = (vi)(word << (16u - shift)) >> 16;
  return max_(to_float(field) * (1.0f / 32767.0f), splat(-1.0f));
}
ODDROAD_LANES vf snorm8(vu word, vu shift) {
  const vi field = (vi)(word << (24u - shift)) >> 24;
  return max_(to_float(field) * (1.0f / 127.0f), splat(-1.0f));
}
ODDROAD_LANES vf half16(vu word, vu shift) {
  const vu h = word >> shift & 0xffffu;
  const vu sign = (h & 0x8000u) << 16;
  // The exponent is moved by a multiplication, which makes denormals right too.
  const vf small = (vf)((h & 0x7fffu) << 13) * float_of(0x77800000u);
  const vf ends = (vf)((vu)small | 0x7f800000u);
  const vf out = select(ge(h & 0x7c00u, splat(0x7c00u)), ends, small);
  return (vf)((vu)out | sign);
}
ODDROAD_LANES vu to_unorm16(vf x) {
  return (vu)to_int(round_(min_(max_(x, splat(0.0f)), splat(1.0f)) * 65535.0f));
}
ODDROAD_LANES vu to_unorm8(vf x) {
  return (vu)to_int(round_(min_(max_(x, splat(0.0f)), splat(1.0f)) * 255.0f));
}
ODDROAD_LANES vu to_snorm16(vf x) {
  return (vu)to_int(round_(min_(max_(x, splat(-1.0f)), splat(1.0f)) * 32767.0f)) & 0xffffu;
}
ODDROAD_LANES vu to_snorm8(vf x) {
  return (vu)to_int(round_(min_(max_(x, splat(-1.0f)), splat(1.0f)) * 127.0f)) & 0xffu;
}
#define ODDROAD_SINGLE_FIELD(name)                                    \
  ODDROAD_LANES float name(std::uint32_t word, std::uint32_t shift) { \
    return name(splat(word), splat(shift))[0];                        \
  }
#define ODDROAD_SINGLE_PACK(name)             \
  ODDROAD_LANES std::uint32_t name(float x) { \
    return name(splat(x))[0];                 \
  }
ODDROAD_SINGLE_FIELD(unorm16)
ODDROAD_SINGLE_FIELD(unorm8)
ODDROAD_SINGLE_FIELD(snorm16)
ODDROAD_SINGLE_FIELD(snorm8)
ODDROAD_SINGLE_FIELD(half16)
ODDROAD_SINGLE_PACK(to_unorm16)
ODDROAD_SINGLE_PACK(to_unorm8)
ODDROAD_SINGLE_PACK(to_snorm16)
ODDROAD_SINGLE_PACK(to_snorm8)

// The panorama sampler.

typedef float Texel __attribute__((vector_size(16)));

struct Spot {
  Texel row[kLanes];
};

ODDROAD_LANES Texel texel_at(const PanoramaLevel& level, std::int32_t x, std::int32_t y) {
  return load<Texel>(
      address_of(level.texels + 4 * (static_cast<std::int64_t>(y) * level.width_px + x)));
}

ODDROAD_LANES std::int32_t held(float x, std::int32_t last) {
  // Written so that what is not a number becomes 0.
  return x > 0.0f ? (x < static_cast<float>(last) ? static_cast<std::int32_t>(x) : last) : 0;
}
// u within [0, 1), v anything.
ODDROAD_LANES Texel texel_between(const PanoramaLevel& level, float u, float v) {
  const std::int32_t w = level.width_px;
  const std::int32_t h = level.height_px;
  const float x = u * static_cast<float>(w) + 0.5f;  // one more than the left texel's place
  const float y = v * static_cast<float>(h) + 0.5f;
  const std::int32_t right = held(x, w);
  const std::int32_t below = held(y, h);
  const float dx = x - static_cast<float>(right);
  const float top = y - static_cast<float>(below);
  const float dy = top > 0.0f ? (top < 1.0f ? top : 1.0f) : 0.0f;
  const std::int32_t x0 = right == 0 ? w - 1 : right - 1;
  const std::int32_t x1 = right == w ? 0 : right;
  const std::int32_t y0 = below == 0 ? 0 : below - 1;
  const std::int32_t y1 = below == h ? h - 1 : below;
  const Texel a = texel_at(level, x0, y0);
  const Texel b = texel_at(level, x1, y0);
  const Texel c = texel_at(level, x0, y1);
  const Texel d = texel_at(level, x1, y1);
  const Texel upper = a + (b - a) * dx;
  const Texel lower = c + (d - c) * dx;
  return upper + (lower - upper) * dy;
}

ODDROAD_LANES Spot sample_rows(const Panorama& image, vm active, vf u, vf v, vf lod) {
  const vf turn = u - floor_(u);
  const float last = static_cast<float>(image.level_count - 1);
  const vf level = min_(max_(lod, splat(0.0f)), splat(last));
  Spot out;
  for (std::uint32_t k = 0; k < kLanes; ++k) {
    if (!lane(active, k)) {
      out.row[k] = Texel{};
      continue;
    }
    const std::int32_t fine = held(level[k], image.level_count - 1);
    const float between = level[k] - static_cast<float>(fine);
    out.row[k] = texel_between(image.levels[fine], turn[k], v[k]);
    if (between > 0.0f) {
      const Texel coarse = texel_between(image.levels[fine + 1], turn[k], v[k]);
      out.row[k] += (coarse - out.row[k]) * between;
    }
  }
  return out;
}

// textureLod. What idle lanes get means nothing.
ODDROAD_LANES void sample(const Panorama& image, vm active, vf u, vf v, vf lod, vf& r, vf& g, vf& b,
                          vf& a) {
  const Spot spot = sample_rows(image, active, u, v, lod);
  std::uint64_t at[kLanes];
  for (std::uint32_t k = 0; k < kLanes; ++k) at[k] = address_of(&spot.row[k]);
  transpose(at, 0, r, g, b, a);
}
ODDROAD_LANES vf sample_channel(const Panorama& image, vm active, vf u, vf v, vf lod, int channel) {
  const Spot spot = sample_rows(image, active, u, v, lod);
  vf out;
  for (std::uint32_t k = 0; k < kLanes; ++k) out[k] = spot.row[k][channel];
  return out;
}

}  // namespace
