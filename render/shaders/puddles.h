// Where water stands: the same field for the shading source and for the camera, which sends its
// reflection rays there. C++ and GLSL.
#ifndef ODDROAD_RENDER_SHADERS_PUDDLES_H_
#define ODDROAD_RENDER_SHADERS_PUDDLES_H_

#ifdef __cplusplus
#include <cmath>
#include <cstdint>
namespace oddroad::shaders {
using uint = std::uint32_t;
#define ODDROAD_INLINE inline
#else
#define ODDROAD_INLINE
#endif

ODDROAD_INLINE float puddle_lattice(int x, int y, uint seed) {
  uint h = uint(x) * 0x9e3779b9u ^ uint(y) * 0x85ebca6bu ^ seed;
  h = (h ^ (h >> 16)) * 0x7feb352du;
  h = (h ^ (h >> 15)) * 0x846ca68bu;
  return float((h ^ (h >> 16)) >> 8) * (1.0f / 16777216.0f);
}

// Value noise, 0 to 1.
ODDROAD_INLINE float puddle_noise(float x, float y, uint seed) {
  float fx = floor(x);
  float fy = floor(y);
  int ix = int(fx);
  int iy = int(fy);
  float u = x - fx;
  float v = y - fy;
  u = u * u * (3.0f - 2.0f * u);
  v = v * v * (3.0f - 2.0f * v);
  float low = puddle_lattice(ix, iy, seed) * (1.0f - u) + puddle_lattice(ix + 1, iy, seed) * u;
  float high =
      puddle_lattice(ix, iy + 1, seed) * (1.0f - u) + puddle_lattice(ix + 1, iy + 1, seed) * u;
  return low * (1.0f - v) + high * v;
}

// Unevenness of level ground, world metres; larger is deeper. Mean 0.5, deviation about 0.13.
ODDROAD_INLINE float hollow_at(float x, float y) {
  return 0.55f * puddle_noise(x / 3.1f, y / 3.1f, 301u) +
         0.30f * puddle_noise(x / 0.93f + 7.0f, y / 0.93f, 302u) +
         0.15f * puddle_noise(x / 0.31f, y / 0.31f + 3.0f, 303u);
}

// Share of water at a hollow: half where the hollow is at the level; the shore is a hand wide.
ODDROAD_INLINE float puddle_cover(float hollow, float level) {
  float u = (hollow - level) / 0.08f + 0.5f;
  u = u < 0.0f ? 0.0f : (u > 1.0f ? 1.0f : u);
  return u * u * (3.0f - 2.0f * u);
}

#ifdef __cplusplus
}  // namespace oddroad::shaders
#endif

#endif
