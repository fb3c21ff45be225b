// Arithmetic that follows from the few functions of an instruction set, and all of it for single
// numbers. Internal to lanes.h.
#pragma once

namespace {

// Bits.

ODDROAD_LANES float float_of(std::uint32_t bits) {
  float out;
  std::memcpy(&out, &bits, sizeof(out));
  return out;
}
ODDROAD_LANES float float_of(std::int32_t bits) {
  return float_of(static_cast<std::uint32_t>(bits));
}
ODDROAD_LANES std::uint32_t bits_of(float x) {
  std::uint32_t out;
  std::memcpy(&out, &x, sizeof(out));
  return out;
}
ODDROAD_LANES std::int32_t signed_bits_of(float x) {
  return static_cast<std::int32_t>(bits_of(x));
}

// Single numbers.

ODDROAD_LANES bool and_(bool a, bool b) {
  return a && b;
}
ODDROAD_LANES bool or_(bool a, bool b) {
  return a || b;
}
ODDROAD_LANES bool xor_(bool a, bool b) {
  return a != b;
}
ODDROAD_LANES bool not_(bool a) {
  return !a;
}
#define ODDROAD_COMPARE(name, operator_)                      \
  ODDROAD_LANES bool name(float a, float b) {                 \
    return a operator_ b;                                     \
  }                                                           \
  ODDROAD_LANES bool name(std::int32_t a, std::int32_t b) {   \
    return a operator_ b;                                     \
  }                                                           \
  ODDROAD_LANES bool name(std::uint32_t a, std::uint32_t b) { \
    return a operator_ b;                                     \
  }
ODDROAD_COMPARE(lt, <)
ODDROAD_COMPARE(le, <=)
ODDROAD_COMPARE(gt, >)
ODDROAD_COMPARE(ge, >=)
ODDROAD_COMPARE(eq, ==)
ODDROAD_COMPARE(ne, !=)
#undef ODDROAD_COMPARE

// A function of vectors gives the same bits for a single number.
#define ODDROAD_SINGLE(name)          \
  ODDROAD_LANES float name(float x) { \
    return name(splat(x))[0];         \
  }
#define ODDROAD_SINGLE_2(name)                 \
  ODDROAD_LANES float name(float a, float b) { \
    return name(splat(a), splat(b))[0];        \
  }
#define ODDROAD_SINGLE_3(name)                          \
  ODDROAD_LANES float name(float a, float b, float c) { \
    return name(splat(a), splat(b), splat(c))[0];       \
  }
ODDROAD_SINGLE(sqrt_)
ODDROAD_SINGLE(floor_)
ODDROAD_SINGLE(round_)
ODDROAD_SINGLE_2(min_)
ODDROAD_SINGLE_2(max_)
ODDROAD_SINGLE_3(fma_)
ODDROAD_SINGLE_3(fnma_)
ODDROAD_SINGLE_3(fms_)

// Floats.

ODDROAD_LANES vf abs_(vf x) {
  return (vf)((vu)x & 0x7fffffffu);
}
ODDROAD_LANES vf with_sign(vf x, vf sign) {
  return (vf)(((vu)x & 0x7fffffffu) | ((vu)sign & 0x80000000u));
}
ODDROAD_LANES vf sign_(vf x) {
  return select(eq(x, splat(0.0f)), splat(0.0f), with_sign(splat(1.0f), x));
}
ODDROAD_LANES vf trunc_(vf x) {
  return with_sign(floor_(abs_(x)), x);
}
ODDROAD_LANES vf ceil_(vf x) {
  return -floor_(-x);
}
// Newton's iteration from a linear guess on the bits (Lomont 2003, "Fast inverse square root"): a
// third of the time of a root and a division, the same bits on every processor. Of zero it is
// large, not infinite, so that a zero vector stays one when it is normalized.
ODDROAD_LANES vf inverse_sqrt(vf x) {
  const vf half = x * -0.5f;
  vf r = (vf)(0x5f3759dfu - ((vu)x >> 1));
  for (int k = 0; k < 3; ++k) r = r * fma_(half * r, r, splat(1.5f));
  return r;
}
ODDROAD_SINGLE(abs_)
ODDROAD_SINGLE(sign_)
ODDROAD_SINGLE(trunc_)
ODDROAD_SINGLE(ceil_)
ODDROAD_SINGLE(inverse_sqrt)

// Conversions. Numbers that do not fit give something, as on a GPU.

ODDROAD_LANES vf to_float(vi x) {
  return __builtin_convertvector(x, vf);
}
ODDROAD_LANES vf to_float(vu x) {
  // Both halves are exact; the sum is rounded once.
  const vf high = to_float((vi)(x >> 16)) * 65536.0f;
  return high + to_float((vi)(x & 0xffffu));
}
ODDROAD_LANES vi to_int(vf x) {
  return __builtin_convertvector(x, vi);
}
ODDROAD_LANES vu to_uint(vf x) {
  const vm big = ge(x, splat(2147483648.0f));
  const vi low = to_int(select(big, x - 2147483648.0f, x));
  return (vu)low ^ select(big, splat(0x80000000u), splat(0u));
}
ODDROAD_LANES float to_float(std::int32_t x) {
  return static_cast<float>(x);
}
ODDROAD_LANES float to_float(std::uint32_t x) {
  return static_cast<float>(x);
}
ODDROAD_LANES std::int32_t to_int(float x) {
  return to_int(splat(x))[0];
}
ODDROAD_LANES std::uint32_t to_uint(float x) {
  return to_uint(splat(x))[0];
}

// Integers.

ODDROAD_LANES vi min_(vi a, vi b) {
  return select(lt(a, b), a, b);
}
ODDROAD_LANES vi max_(vi a, vi b) {
  return select(gt(a, b), a, b);
}
ODDROAD_LANES vu min_(vu a, vu b) {
  return select(lt(a, b), a, b);
}
ODDROAD_LANES vu max_(vu a, vu b) {
  return select(gt(a, b), a, b);
}
ODDROAD_LANES vi abs_(vi x) {
  return max_(x, -x);
}
ODDROAD_LANES vi sign_(vi x) {
  return select(lt(x, splat(0)), splat(-1), select(gt(x, splat(0)), splat(1), splat(0)));
}
ODDROAD_LANES vu bit_count(vu x) {
  x = x - ((x >> 1) & 0x55555555u);
  x = (x & 0x33333333u) + ((x >> 2) & 0x33333333u);
  return (((x + (x >> 4)) & 0x0f0f0f0fu) * 0x01010101u) >> 24;
}
// -1 where no bit is set.
ODDROAD_LANES vu lowest_bit(vu x) {
  return select(eq(x, splat(0u)), splat(0xffffffffu), bit_count((x & (0u - x)) - 1u));
}
ODDROAD_LANES vu highest_bit(vu x) {
  for (std::uint32_t s = 1; s < 32; s *= 2) x |= x >> s;
  return bit_count(x) - 1u;
}
ODDROAD_LANES vu low_bits(vu count) {
  const vu all = splat(0xffffffffu);
  return select(ge(count, splat(32u)), all, ~(all << (count & 31u)));
}
ODDROAD_LANES vu bits_at(vu x, vu offset, vu count) {
  return (x >> (offset & 31u)) & low_bits(count);
}
ODDROAD_LANES vi signed_bits_at(vu x, vu offset, vu count) {
  const vu up = (32u - count) & 31u;
  const vi out = (vi)(bits_at(x, offset, count) << up) >> (vi)up;
  return select(eq(count, splat(0u)), splat(0), out);
}
ODDROAD_LANES vu with_bits(vu x, vu inserted, vu offset, vu count) {
  const vu mask = low_bits(count) << (offset & 31u);
  return (x & ~mask) | ((inserted << (offset & 31u)) & mask);
}

// Division lane by lane; by zero gives zero (idle lanes may hold anything).
ODDROAD_LANES vi divide(vi a, vi b) {
  for (std::uint32_t k = 0; k < kLanes; ++k) {
    a[k] = b[k] == 0 ? 0 : b[k] == -1 ? -a[k] : a[k] / b[k];
  }
  return a;
}
ODDROAD_LANES vu divide(vu a, vu b) {
  for (std::uint32_t k = 0; k < kLanes; ++k) a[k] = b[k] == 0 ? 0 : a[k] / b[k];
  return a;
}
template <typename V>
ODDROAD_LANES V remainder(V a, V b) {
  return a - divide(a, b) * b;
}
// The sign of the divisor.
ODDROAD_LANES vi modulo(vi a, vi b) {
  const vi r = remainder(a, b);
  return r + select(and_(ne(r, splat(0)), lt(r ^ b, splat(0))), b, splat(0));
}

#define ODDROAD_SINGLE_WHOLE(name, type) \
  ODDROAD_LANES type name(type x) {      \
    return name(splat(x))[0];            \
  }
#define ODDROAD_SINGLE_WHOLE_2(name, type)  \
  ODDROAD_LANES type name(type a, type b) { \
    return name(splat(a), splat(b))[0];     \
  }
ODDROAD_SINGLE_WHOLE(abs_, std::int32_t)
ODDROAD_SINGLE_WHOLE(sign_, std::int32_t)
ODDROAD_SINGLE_WHOLE(bit_count, std::uint32_t)
ODDROAD_SINGLE_WHOLE(lowest_bit, std::uint32_t)
ODDROAD_SINGLE_WHOLE(highest_bit, std::uint32_t)
ODDROAD_SINGLE_WHOLE_2(min_, std::int32_t)
ODDROAD_SINGLE_WHOLE_2(max_, std::int32_t)
ODDROAD_SINGLE_WHOLE_2(min_, std::uint32_t)
ODDROAD_SINGLE_WHOLE_2(max_, std::uint32_t)
ODDROAD_SINGLE_WHOLE_2(divide, std::int32_t)
ODDROAD_SINGLE_WHOLE_2(divide, std::uint32_t)
ODDROAD_SINGLE_WHOLE_2(remainder, std::int32_t)
ODDROAD_SINGLE_WHOLE_2(remainder, std::uint32_t)
ODDROAD_SINGLE_WHOLE_2(modulo, std::int32_t)
ODDROAD_LANES std::uint32_t bits_at(std::uint32_t x, std::uint32_t offset, std::uint32_t count) {
  return bits_at(splat(x), splat(offset), splat(count))[0];
}
ODDROAD_LANES std::int32_t signed_bits_at(std::uint32_t x, std::uint32_t offset,
                                          std::uint32_t count) {
  return signed_bits_at(splat(x), splat(offset), splat(count))[0];
}
ODDROAD_LANES std::uint32_t with_bits(std::uint32_t x, std::uint32_t inserted, std::uint32_t offset,
                                      std::uint32_t count) {
  return with_bits(splat(x), splat(inserted), splat(offset), splat(count))[0];
}

ODDROAD_LANES vu lane_numbers(std::uint32_t first) {
  vu out;
  for (std::uint32_t k = 0; k < kLanes; ++k) out[k] = first + k;
  return out;
}

}  // namespace
