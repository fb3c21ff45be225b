// How luminaires spread their light: intensity by direction, one source for C++ and GLSL.
//
// A direction is given in the luminaire's own frame: x along its axis, y to its left, z up (unit).
// Vehicle beams are functions of where a ray meets a screen before the lamp (y / x, z / x), as the
// rules for headlamps measure them; the lamp's axis is level, so the aim of -1 % is part of the
// beam. Values: candela of one lamp for the vehicle beams, a share of the axial (or, for streets,
// of the downward) intensity for the others.
//
// Low beam after UN R112 / R149 class B for traffic on the right (mirror y for the left): a level
// cut-off on the left that rises by 15 degrees on the right; tests hold it to the rule's points.
// Street: the flat-topped, sideways stretched spread of LED road luminaires (x down, z along the
// road, y to the house side): light that falls off slowly as the surface needs it, gone at 75
// degrees, short behind the pole.
#ifndef ODDROAD_RENDER_SHADERS_BEAMS_H_
#define ODDROAD_RENDER_SHADERS_BEAMS_H_

#define ODDROAD_BEAM_COSINE 0
#define ODDROAD_BEAM_LOW 1
#define ODDROAD_BEAM_HIGH 2
#define ODDROAD_BEAM_STREET 3

#ifdef __cplusplus
#include <algorithm>
#include <cmath>
#include <cstdint>
namespace oddroad::shaders {
#define ODDROAD_INLINE inline
using uint = std::uint32_t;
using std::exp;
using std::max;
using std::min;
using std::pow;
#else
#define ODDROAD_INLINE
#endif

// A bell over the screen: 1 at its middle, 1/e at the given half widths.
ODDROAD_INLINE float beam_lobe(float y, float z, float half_y, float half_z) {
  const float a = y / half_y;
  const float b = z / half_z;
  return exp(-a * a - b * b);
}

ODDROAD_INLINE float low_beam_candela(float left, float up) {
  const float right = -left;
  const float below = 14500.0f * beam_lobe(right - 0.022f, up + 0.018f, 0.075f, 0.016f) +
                      6000.0f * beam_lobe(right, up + 0.045f, 0.30f, 0.060f) +
                      2200.0f * beam_lobe(right, up + 0.14f, 0.60f, 0.13f);
  const float over = up + 0.01f - 0.268f * max(right, 0.0f);
  const float cut = 1.0f / (1.0f + exp(min(over / 0.0018f, 60.0f)));
  return below * cut + 250.0f * beam_lobe(right, up, 0.35f, 0.20f);
}

ODDROAD_INLINE float high_beam_candela(float left, float up) {
  return 45000.0f * beam_lobe(left, up, 0.06f, 0.035f) + 9000.0f * beam_lobe(left, up, 0.2f, 0.06f);
}

// 1 inside, 0 outside, smooth in between.
ODDROAD_INLINE float beam_edge(float value, float inside, float outside) {
  const float u = min(max((outside - value) / (outside - inside), 0.0f), 1.0f);
  return u * u * (3.0f - 2.0f * u);
}

// Cosines below this count as it: beyond 83 degrees no road luminaire gives light.
#define ODDROAD_STREET_LOWEST 0.12f
ODDROAD_INLINE float street_share(float down, float house, float along) {
  const float cosine = max(down, ODDROAD_STREET_LOWEST);
  const float side = (along < 0.0f ? -along : along) / cosine;
  const float behind = house / cosine;
  return pow(cosine, -1.3f) * beam_edge(side, 2.0f, 3.7f) * beam_edge(behind, 0.35f, 1.3f) *
         beam_edge(-behind, 1.3f, 3.0f) * beam_edge(-down, -0.25f, -ODDROAD_STREET_LOWEST);
}

// `exponent`: of the cosine, for ODDROAD_BEAM_COSINE.
ODDROAD_INLINE float beam_value(uint beam, float exponent, float x, float y, float z) {
  const float ahead = max(x, 1e-3f);
  float value = 0.0f;
  if (beam == ODDROAD_BEAM_COSINE) value = pow(ahead, exponent);
  if (beam == ODDROAD_BEAM_LOW) value = low_beam_candela(y / ahead, z / ahead);
  if (beam == ODDROAD_BEAM_HIGH) value = high_beam_candela(y / ahead, z / ahead);
  if (beam == ODDROAD_BEAM_STREET) value = street_share(x, y, z);
  return x > 1e-3f ? value : 0.0f;
}

#ifdef __cplusplus
#undef ODDROAD_INLINE
}  // namespace oddroad::shaders
#endif

#endif
