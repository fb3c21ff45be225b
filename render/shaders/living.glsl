// Leaves, cloth, skin: light passes through or scatters under the surface.

vec3 living_radiance(Surface s, ShadeMaterial m) {
  const uint pattern = floatBitsToUint(m.pattern.x);
  const bool leaf = pattern == ODDROAD_PATTERN_LEAF;
  const bool skin = pattern == ODDROAD_PATTERN_SKIN;
  vec3 color = m.base_roughness.rgb;
  const vec3 to_sun = frame.sun_direction.xyz;
  float through = 0.0;    // share of the light on the far side that comes out on this one
  vec3 tint = vec3(1);    // of light that passed through
  float wrap = 0.0;       // how far light creeps around the terminator
  if (leaf) {
    const float own = unit(mix_bits(s.piece ^ s.seed * 0x9e3779b9u));
    color = mix(color, m.second_metallic.rgb, 0.75 * own * m.pattern.z);
    color *= 0.82 + 0.36 * unit(mix_bits(s.piece * 31u + 5u));
    through = 0.45;
    tint = vec3(0.72, 1.2, 0.16);  // chlorophyll leaves green and little red
  } else if (skin) {
    color *= 1.0 + m.pattern.z * (0.05 * detail(s.uv, 0.03, s.trace, 91u) +
                                  0.04 * detail(s.uv, 0.006, s.trace, 92u));
    wrap = 0.25;
    tint = vec3(1.0, 0.42, 0.26);
  } else {
    // Cloth: soft folds and fade.
    const float fold = detail(s.uv, 0.075, s.trace, 93u) + 0.5 * detail(s.uv, 0.03, s.trace, 94u);
    color *= 1.0 + m.pattern.z * (0.10 * fold + 0.06 * detail(s.uv, 0.21, s.trace, 95u) +
                                  0.07 * detail(s.uv, 0.004, s.trace, 96u));
    const float length2 = dot(s.tangent, s.tangent);
    if (length2 > 0.0) {
      s.normal = normalize(s.normal + 0.16 * m.pattern.z * fold * s.tangent * inversesqrt(length2));
    }
  }
  Finish f = Finish(clamp(color, 0.008, 0.9), m.base_roughness.w, 0.0);
  if (leaf) f = dusted(s, f);
  if (!leaf && !skin) f = weathered_wet(s, f);
  const LampLight lamps = lamps_of(s, f, f.roughness);
  // Leaves are ribbed and waxy in patches: they mirror half of what a smooth sheet would.
  const float n_dot_v = max(dot(s.normal, s.view), 1e-3);
  const float mirrors = (leaf ? 0.45 : 1.0) * gloss_share(s.sky, n_dot_v, f.roughness);
  vec3 radiance = lit_by(s, f, ambient(reflect(-s.view, s.normal)) * mirrors, lamps);
  const float cosine = dot(s.normal, to_sun);
  const vec3 sun = frame.sun_illuminance.rgb * s.sun;
  const vec3 behind = (sun * max(-cosine, 0.0) + lamps.behind) / kPi + ambient(-s.normal) * s.sky;
  radiance += f.albedo * tint * through * behind;
  const float creep = max((cosine + wrap) / (1.0 + wrap), 0.0) - max(cosine, 0.0);
  radiance += f.albedo * tint * sun * max(creep, 0.0) / kPi;
  if (!leaf && !skin) {
    // Fibres catch light at the rim.
    const float rim = pow(1.0 - clamp(dot(s.normal, s.view), 0.0, 1.0), 4.0);
    radiance += 0.06 * rim * (ambient(s.normal) * s.sky + sun_on(s, s.normal) / kPi);
  }
  return radiance;
}
