// Functions of floats, accurate to about 1e-6 of the result. Internal to lanes.h.
//
// Argument reductions after Cody and Waite 1980, "Software manual for the elementary functions";
// the polynomials are least-maximum fits (Lawson's iteration) of this project.
#pragma once

namespace {

ODDROAD_LANES vf polynomial(vf, float last) {
  return splat(last);
}
// c0 + c1 x + c2 x^2 + ...
template <typename... Rest>
ODDROAD_LANES vf polynomial(vf x, float c0, Rest... rest) {
  return fma_(polynomial(x, rest...), x, splat(c0));
}

// x * 2^n for n in the exponents of normal numbers.
ODDROAD_LANES vf scaled(vf x, vi n) {
  return x * (vf)((n + 127) << 23);
}
ODDROAD_LANES vf ldexp_(vf x, vi n) {
  const vi low = min_(max_(n, splat(-126)), splat(127));
  return scaled(scaled(x, low), min_(max_(n - low, splat(-126)), splat(127)));
}

ODDROAD_LANES vf exp2_(vf x) {
  const vf held = min_(max_(x, splat(-126.0f)), splat(127.999f));
  const vf n = round_(held);
  const vf f = held - n;
  const vf p = polynomial(f, 1.0f, 0.6931471824645996f, 0.24022650718688965f, 0.055503275245428085f,
                          0.009618010371923447f, 0.001340033602900803f, 0.00015474495012313128f);
  // 2^128 has no factor of its own: half the exponent twice.
  const vf out = scaled(scaled(p, to_int(n) >> 1), to_int(n) - (to_int(n) >> 1));
  const vf large = select(ge(x, splat(128.0f)), splat(float_of(0x7f800000u)), out);
  return select(lt(x, splat(-126.0f)), splat(0.0f), large);
}
ODDROAD_LANES vf exp_(vf x) {
  const vf held = min_(max_(x, splat(-87.3f)), splat(88.7f));
  const vf n = round_(held * 1.44269504f);
  const vf r = fnma_(n, splat(-2.12194440e-4f), fnma_(n, splat(0.693359375f), held));
  const vf p = fma_(polynomial(r, 0.5f, 0.16666577756404877f, 0.04166633263230324f,
                               0.008363110944628716f, 0.0013945966493338346f),
                    r * r, r) +
               1.0f;
  const vf out = scaled(scaled(p, to_int(n) >> 1), to_int(n) - (to_int(n) >> 1));
  const vf large = select(gt(x, splat(88.7f)), splat(float_of(0x7f800000u)), out);
  return select(lt(x, splat(-87.3f)), splat(0.0f), large);
}

// Exponent and log(mantissa), the mantissa in [sqrt(1/2), sqrt(2)).
ODDROAD_LANES vf log_parts(vf x, vf& exponent) {
  const vi shifted = (vi)x - 0x3f3504f3;
  exponent = to_float(shifted >> 23);
  const vf t = (vf)((shifted & 0x7fffff) + 0x3f3504f3) - 1.0f;
  const vf p = polynomial(t, 0.33333370089530945f, -0.25000038743019104f, 0.19998840987682343f,
                          -0.16650578379631042f, 0.1425049901008606f, -0.1292380839586258f,
                          0.12427114695310593f, -0.07951699942350388f);
  return fma_(p * t, t * t, fma_(splat(-0.5f), t * t, t));
}
// What logarithms of zero and of negative numbers are.
ODDROAD_LANES vf log_ends(vf x, vf out) {
  const vf low =
      select(lt(x, splat(0.0f)), splat(float_of(0x7fc00000u)), splat(float_of(0xff800000u)));
  const vf high = select(eq(x, splat(float_of(0x7f800000u))), x, out);
  return select(lt(x, splat(1.17549435e-38f)), low, high);
}
ODDROAD_LANES vf log2_(vf x) {
  vf exponent;
  const vf m = log_parts(x, exponent);
  return log_ends(x, fma_(m, splat(1.44269504f), exponent));
}
ODDROAD_LANES vf log_(vf x) {
  vf exponent;
  const vf m = log_parts(x, exponent);
  return log_ends(x,
                  fma_(exponent, splat(0.693359375f), fma_(exponent, splat(-2.12194440e-4f), m)));
}
ODDROAD_LANES vf pow_(vf x, vf y) {
  const vf out = exp2_(y * log2_(x));
  return select(eq(y, splat(0.0f)), splat(1.0f), out);
}

// Sine and cosine of x less `quarter` quarter turns; exact reduction up to about 1e4.
ODDROAD_LANES vf quarter_turn(vf x, vf& cosine, vi& quarter) {
  const vf n = round_(x * 0.636619772f);
  quarter = to_int(n);
  vf r = fnma_(n, splat(1.5703125f), x);
  r = fnma_(n, splat(4.83751296997e-4f), r);
  r = fnma_(n, splat(7.54978995489e-8f), r);
  const vf z = r * r;
  cosine =
      fma_(polynomial(z, 0.041666675359010696f, -0.0013889339752495289f, 2.4704104362172075e-05f),
           z * z, fma_(splat(-0.5f), z, splat(1.0f)));
  return fma_(polynomial(z, -0.166666641831398f, 0.008332748897373676f, -0.00019587983842939138f),
              z * r, r);
}
ODDROAD_LANES vf turned(vf sine, vf cosine, vi quarter) {
  const vf out = select(ne(quarter & 1, splat(0)), cosine, sine);
  return (vf)((vu)out ^ (((vu)quarter & 2u) << 30));
}
ODDROAD_LANES vf sin_(vf x) {
  vf cosine;
  vi quarter;
  const vf sine = quarter_turn(x, cosine, quarter);
  return turned(sine, cosine, quarter);
}
ODDROAD_LANES vf cos_(vf x) {
  vf cosine;
  vi quarter;
  const vf sine = quarter_turn(x, cosine, quarter);
  return turned(sine, cosine, quarter + 1);
}
ODDROAD_LANES vf tan_(vf x) {
  return sin_(x) / cos_(x);
}

constexpr float kHalfPi = 1.57079633f;

ODDROAD_LANES vf small_asin(vf x, vf z) {
  const vf p = polynomial(z, 0.16666673123836517f, 0.07498761266469955f, 0.04502027854323387f,
                          0.026433048769831657f, 0.038328830152750015f);
  return fma_(p * z, x, x);
}
ODDROAD_LANES vf asin_(vf x) {
  const vf a = abs_(x);
  const vm large = gt(a, splat(0.5f));
  const vf z = select(large, fma_(splat(-0.5f), a, splat(0.5f)), a * a);
  const vf s = small_asin(select(large, sqrt_(z), a), z);
  return with_sign(select(large, fma_(splat(-2.0f), s, splat(kHalfPi)), s), x);
}
ODDROAD_LANES vf acos_(vf x) {
  const vf a = abs_(x);
  const vm large = gt(a, splat(0.5f));
  const vf z = select(large, fma_(splat(-0.5f), a, splat(0.5f)), a * a);
  const vf s = small_asin(select(large, sqrt_(z), a), z);
  const vf near_zero = kHalfPi - with_sign(s, x);
  const vf near_one =
      select(lt(x, splat(0.0f)), fma_(splat(-2.0f), s, splat(3.14159265f)), s * 2.0f);
  return select(large, near_one, near_zero);
}
// Of a number from 0 to 1.
ODDROAD_LANES vf small_atan(vf x) {
  const vf z = x * x;
  const vf p = polynomial(z, -0.33333325386047363f, 0.19998927414417267f, -0.14260904490947723f,
                          0.10888607054948807f, -0.08074293285608292f, 0.049854230135679245f,
                          -0.02070576138794422f, 0.004059666767716408f);
  return fma_(p * z, x, x);
}
ODDROAD_LANES vf atan2_(vf y, vf x) {
  const vf a = abs_(x);
  const vf b = abs_(y);
  const vf longer = max_(a, b);
  const vf ratio = min_(a, b) / select(eq(longer, splat(0.0f)), splat(1.0f), longer);
  vf out = small_atan(ratio);
  out = select(gt(b, a), kHalfPi - out, out);
  out = select(lt((vi)x, splat(0)), 3.14159265f - out, out);
  return with_sign(out, y);
}
ODDROAD_LANES vf atan_(vf x) {
  return atan2_(x, splat(1.0f));
}

ODDROAD_SINGLE(exp2_)
ODDROAD_SINGLE(exp_)
ODDROAD_SINGLE(log2_)
ODDROAD_SINGLE(log_)
ODDROAD_SINGLE(sin_)
ODDROAD_SINGLE(cos_)
ODDROAD_SINGLE(tan_)
ODDROAD_SINGLE(asin_)
ODDROAD_SINGLE(acos_)
ODDROAD_SINGLE(atan_)
ODDROAD_SINGLE_2(pow_)
ODDROAD_SINGLE_2(atan2_)
ODDROAD_LANES float ldexp_(float x, std::int32_t n) {
  return ldexp_(splat(x), splat(n))[0];
}

}  // namespace
