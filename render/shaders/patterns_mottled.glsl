// Irregular surfaces: plaster, grass, bark, wood, cardboard, soil. A table of sizes and strengths
// over one sum of noises, so that all of them cost the same.

struct Mottle {
  vec4 sizes;        // metres, coarse to fine
  vec4 strengths;    // on value
  vec4 toward;       // on the mix towards the second colour
  vec2 stretch;      // of the sizes along u and v
  float mean_mix;    // mean share of the second colour
};

Mottle mottle_of(uint pattern, float scale) {
  Mottle t = Mottle(vec4(2.6, 0.55, 0.09, 0.012), vec4(0.05, 0.04, 0.03, 0.05),
                    vec4(0.25, 0.15, 0.05, 0.0), vec2(1), 0.1);                       // plaster
  if (pattern == ODDROAD_PATTERN_GRASS)
    t = Mottle(vec4(4.1, 0.9, 0.17, 0.022) * scale, vec4(0.14, 0.16, 0.22, 0.45),
               vec4(0.45, 0.35, 0.25, 0.3), vec2(1), 0.35);
  if (pattern == ODDROAD_PATTERN_BARK)
    t = Mottle(vec4(4.0, 1.4, 0.5, 0.16) * scale, vec4(0.12, 0.2, 0.25, 0.2),
               vec4(0.1, 0.3, 0.6, 0.4), vec2(0.45, 2.4), 0.4);
  if (pattern == ODDROAD_PATTERN_WOOD)
    t = Mottle(vec4(0.6, 0.09, 0.022, 0.006) * scale, vec4(0.06, 0.08, 0.10, 0.10),
               vec4(0.2, 0.3, 0.35, 0.25), vec2(7.0, 0.6), 0.3);
  if (pattern == ODDROAD_PATTERN_CARDBOARD)
    t = Mottle(vec4(0.5, 0.12, 0.03, 0.007), vec4(0.05, 0.05, 0.04, 0.05),
               vec4(0.25, 0.15, 0.1, 0.1), vec2(1.0, 2.5), 0.15);
  if (pattern == ODDROAD_PATTERN_SOIL)
    t = Mottle(vec4(3.3, 0.7, 0.11, 0.02) * max(scale, 0.25), vec4(0.12, 0.14, 0.18, 0.3),
               vec4(0.4, 0.35, 0.25, 0.3), vec2(1), 0.4);
  return t;
}

Finish mottled_finish(Surface s, ShadeMaterial m) {
  const uint pattern = floatBitsToUint(m.pattern.x);
  const Mottle t = mottle_of(pattern, max(m.pattern.y, 0.01));
  const vec2 uv = s.uv / t.stretch;
  const vec2 pixel = s.trace / min(t.stretch.x, t.stretch.y);
  const vec4 n = vec4(detail(uv, t.sizes.x, pixel, 61u), detail(uv, t.sizes.y, pixel, 62u),
                      detail(uv, t.sizes.z, pixel, 63u), detail(uv, t.sizes.w, pixel, 64u));
  const float value = dot(n, t.strengths);
  const float share = clamp(t.mean_mix + dot(n, t.toward), 0.0, 1.0);
  vec3 color = mix(m.base_roughness.rgb, m.second_metallic.rgb, share * m.pattern.z) *
               max(1.0 + m.pattern.z * value, 0.1);
  if (pattern == ODDROAD_PATTERN_PLASTER) {
    // Rain draws dirt down; the ground splashes the foot of the wall.
    const float streak = smoothstep(0.52, 0.9, noise(s.uv / vec2(0.16, 2.2), 65u));
    const float foot = exp(-max(s.mesh_position.z, 0.0) / 0.3);
    color *= 1.0 - m.pattern.z * (0.13 * streak + 0.25 * foot);
  }
  if (pattern == ODDROAD_PATTERN_GRASS) {
    // Blades shade each other: darker where one looks straight down between them.
    color *= mix(1.12, 0.88, clamp(dot(s.view, s.normal), 0.0, 1.0));
  }
  return Finish(max(color, vec3(0.008)), m.base_roughness.w, 0.0);
}
