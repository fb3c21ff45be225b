// Value noise on integer lattices, and filters that keep detail below a pixel from sparkling.

uint mix_bits(uint x) {
  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  return x ^ (x >> 16);
}

uint hash2(ivec2 cell, uint seed) {
  return mix_bits(uint(cell.x) * 0x9e3779b9u ^ uint(cell.y) * 0x85ebca6bu ^ seed);
}

float unit(uint bits) { return float(bits >> 8) * (1.0 / 16777216.0); }

// 0 to 1, mean 0.5, continuous first derivative.
float noise(vec2 p, uint seed) {
  const vec2 base = floor(p);
  const ivec2 cell = ivec2(base);
  vec2 f = p - base;
  f = f * f * (3.0 - 2.0 * f);
  const float a = unit(hash2(cell, seed));
  const float b = unit(hash2(cell + ivec2(1, 0), seed));
  const float c = unit(hash2(cell + ivec2(0, 1), seed));
  const float d = unit(hash2(cell + ivec2(1, 1), seed));
  return mix(mix(a, b, f.x), mix(c, d, f.x), f.y);
}

// How much of a detail of this size (metres) is left when a pixel covers `pixel` metres.
float seen(float size, float pixel) { return 1.0 - smoothstep(0.35, 1.1, pixel / size); }

// What averaging over a pixel leaves of the contrast of such details: the pixel's trace on the
// surface (x across, y along the line of sight) holds so many of them. Nothing where it is many.
float contrast_left(float size, vec2 trace) {
  const vec2 spans = max(trace / size, vec2(1.0));
  const float count = spans.x * spans.y;
  return inversesqrt(count) * (1.0 - smoothstep(6.0, 40.0, count));
}

// Noise about zero (-1 to 1) with features of `size` metres.
float detail(vec2 p, float size, vec2 trace, uint seed) {
  return (2.0 * noise(p / size, seed) - 1.0) * contrast_left(size, trace);
}

float pulse_integral(float x, float width) {
  return floor(x) * width + min(fract(x), width);
}

// Share of a pixel of extent `pixel` that lies in the first `width` of each period. Exact box filter.
float pulse(float x, float period, float width, float pixel) {
  const float w = max(pixel, 1e-4) / period;
  const float a = x / period - 0.5 * w;
  return (pulse_integral(a + w, width / period) - pulse_integral(a, width / period)) / w;
}
