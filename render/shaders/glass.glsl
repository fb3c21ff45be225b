// Panes: a dark interior behind a mirror-like sheet.

// Both faces of a sheet reflect.
float sheet_reflectance(float n_dot_v) {
  const float f = fresnel(0.04, n_dot_v);
  return 2.0 * f / (1.0 + f);
}

// What a lit room adds, as a share of the material's emission: the pattern's strength is the share
// of rooms that are lit, each with its own lamp. `at`: over the pane; curtains glow.
vec3 room_lamp(ShadeMaterial m, uint h, vec2 at, vec2 size, float curtain) {
  const float lit = step(unit(mix_bits(h + 5u)), m.pattern.z);
  const float strength = 0.3 + 1.4 * unit(mix_bits(h + 6u));
  const vec3 tint = mix(vec3(1.24, 0.96, 0.62), vec3(0.98, 1.0, 1.03), unit(mix_bits(h + 7u)));
  // Furniture and goods stand dark before lit walls; a lamp hangs somewhere near the ceiling.
  const vec2 place = at * size;
  const float goods = noise(place / vec2(0.42, 0.55), h + 8u) + 0.35 * noise(place / 0.13, h + 9u) + 0.55 * at.y;
  const float furniture = 0.16 + 0.84 * smoothstep(0.45, 0.95, goods);
  const vec2 off = place - size * vec2(0.2 + 0.6 * unit(mix_bits(h + 10u)), 0.85);
  const float height = 0.55 + 1.1 * exp(-1.5 * dot(off, off));
  return m.emission_clearcoat.rgb * tint * (lit * strength * mix(furniture * height, 0.5, curtain));
}

// Windows of buildings: s.uv runs 0 to 1 over the pane. Each pane hangs its own curtains.
vec3 room_behind(Surface s, ShadeMaterial m, LampLight lamps) {
  const vec2 size = unpackUnorm2x16(s.pane) * 8.0;
  const uint h = mix_bits(s.piece * 0x9e3779b9u ^ s.seed);
  const float kind = unit(h);
  const float amount = unit(mix_bits(h + 1u));
  const vec3 light = ambient(s.normal) * sky_share(s.sky, vec3(0.3)) +
                     sun_on(s, s.normal) * (0.6 / kPi) + lamps.irradiance * (0.6 / kPi) + lamps.ambient;
  // Where the line of sight meets a plane 0.25 m behind the pane: the reveal hides its edges.
  const vec3 up = vec3(0, 0, 1);
  const vec3 side = normalize(cross(up, s.face) + vec3(1e-5, 0, 0));
  const float into = max(dot(s.view, s.face), 0.15);
  const vec2 shift = -0.12 * vec2(dot(s.view, side), s.view.z) / into;
  const vec2 at = s.uv + shift / max(size, vec2(0.2));
  const float fold = 0.82 + 0.18 * sin(at.x * size.x * 55.0 + 6.0 * amount) * seen(0.11, s.pixel);
  const float from_side = min(at.x, 1.0 - at.x);
  const float soft = s.pixel / max(size.x, 0.2) + 0.01;
  float curtain = 0.0;
  if (kind < 0.5) curtain = 1.0 - smoothstep(-soft, soft, from_side - (0.10 + 0.16 * amount));
  if (kind > 0.72) curtain = smoothstep(-soft, soft, at.y - (1.0 - 0.7 * amount));  // blind
  if (kind > 0.5 && kind < 0.62) curtain = 0.55;                                    // net curtain
  const vec3 cloth = m.second_metallic.rgb * (kind > 0.72 ? 0.9 : fold) * (0.75 + 0.5 * unit(mix_bits(h + 2u)));
  const vec3 room = m.base_roughness.rgb * mix(0.6, 1.6, smoothstep(0.2, 1.0, at.y)) * (0.7 + 0.6 * amount);
  return mix(room, 0.72 * cloth, curtain) * light + room_lamp(m, h, at, size, curtain);
}

// Vehicles: seats and trim in shade; through the upper half one sees the far windows.
vec3 cabin_behind(Surface s, ShadeMaterial m, LampLight lamps) {
  const vec3 light = ambient(vec3(0, 0, 1)) * (0.35 + 0.65 * s.sky) + lamps.ambient + 0.1 * lamps.irradiance;
  const float high = smoothstep(0.95, 1.25, s.mesh_position.z);
  const vec2 at = s.mesh_position.xz;
  const float lumps = 0.6 + 0.8 * noise(at / vec2(0.45, 0.3), s.seed + 81u);
  const vec3 trim = m.base_roughness.rgb * lumps + 0.006;
  const vec3 across = mirrored(normalize(vec3(-s.view.xy, -0.3 * s.view.z)), 0.7);
  return trim * mix(0.5, 0.9, high) * light + 0.06 * high * (1.0 - abs(s.view.z)) * across;
}

// What passes through panes that are seen through: what lies behind is a sample of its own, added
// by the host (sensors/camera/panes.h). Zero for all others.
vec3 passing(Surface s, ShadeMaterial m) {
  if (floatBitsToUint(m.pattern.x) != ODDROAD_PATTERN_NONE) return vec3(0);
  return m.second_metallic.rgb * (1.0 - sheet_reflectance(abs(dot(s.face, s.view))));
}

vec3 glass_radiance(Surface s, ShadeMaterial m) {
  const bool window = floatBitsToUint(m.pattern.x) == ODDROAD_PATTERN_GLASS_WINDOW;
  vec3 n = s.normal;
  const LampLight lamps = lamp_light(s, n, vec3(0.04), 0.08, 0.08);
  vec3 behind;
  if (window) {
    const uint h = mix_bits(s.piece + 7u);
    const vec3 tilt = vec3(unit(h), unit(mix_bits(h + 1u)), unit(mix_bits(h + 2u))) - 0.5;
    n = normalize(n + 0.012 * tilt);
    behind = room_behind(s, m, lamps);
  } else if (m.second_metallic.y > 0.0) {
    behind = vec3(0);
  } else {
    behind = cabin_behind(s, m, lamps);
  }
  const float n_dot_v = max(dot(n, s.view), 1e-3);
  const float share = sheet_reflectance(n_dot_v);
  const vec3 r = reflect(-s.view, n);
  const float open = gloss_share(s.sky, n_dot_v, 0.1);
  // From inside one sees dim trim mirrored.
  const float around = s.behind ? 0.05 : 0.3;
  const vec3 mirror = mix(around * frame.ground_radiance.rgb, mirrored(r, m.base_roughness.w), open);
  const float half_angle = dot(normalize(s.view + frame.sun_direction.xyz), s.view);
  const vec3 glint = sun_on(s, n) * (fresnel(0.04, half_angle) * sun_gloss(n, s.view, 0.08));
  // A film of dust scatters a little light.
  const vec3 film = 0.008 * (ambient(n) * s.sky + (sun_on(s, n) + lamps.irradiance) / kPi);
  return mix(behind, mirror, m.pattern.w * share) + glint + lamps.coat + film;
}
