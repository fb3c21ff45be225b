// Road surfaces. uv: metres, u along the road.

// Cracks: level lines of a warped noise where an old patch of road has them. Returns coverage.
float cracks(vec2 uv, float pixel, uint seed) {
  const vec2 warp = vec2(noise(uv / 0.31, seed + 11u), noise(uv / 0.27, seed + 12u)) - 0.5;
  const float n = noise((uv + 0.16 * warp) / vec2(2.6, 1.7), seed + 13u) - 0.5;
  const float distance_m = abs(n) * 1.6;
  const float old = smoothstep(0.58, 0.78, noise(uv / 7.0, seed + 14u));
  const float width = 0.004;
  const float line = 1.0 - smoothstep(width, width + max(pixel, 0.004), distance_m);
  return old * line * min(1.0, 2.5 * width / max(pixel, 1e-4));
}

// Rectangular repairs. x: inside, y: on the sealed edge.
vec2 repairs(vec2 uv, float pixel, uint seed) {
  const vec2 cell = floor(uv / vec2(13.0, 6.5));
  const uint h = hash2(ivec2(cell), seed + 21u);
  const vec2 centre = vec2(unit(mix_bits(h + 1u)), unit(mix_bits(h + 2u))) * vec2(5.0, 2.0) +
                      vec2(4.0, 2.25);
  const vec2 half_size = 0.5 * mix(vec2(0.8, 0.6), vec2(5.0, 2.2),
                                   vec2(unit(mix_bits(h + 3u)), unit(mix_bits(h + 4u))));
  const vec2 q = abs(uv - cell * vec2(13.0, 6.5) - centre) - half_size;
  const float outside = max(q.x, q.y);
  const float present = unit(h) < 0.22 ? 1.0 : 0.0;
  const float soft = max(pixel, 0.01);
  const float inside = 1.0 - smoothstep(-soft, soft, outside);
  const float edge = (1.0 - smoothstep(0.02, 0.02 + soft, abs(outside))) * min(1.0, 0.05 / soft);
  return vec2(inside, edge) * present;
}

// Drips of oil, black strips of tyres that braked, and sealed joints, one of each kind to a cell of
// the road at most. Returns what is left of the albedo.
float stains(vec2 uv, float pixel, uint seed) {
  // Oil: where engines stood.
  const vec2 cell = floor(uv / vec2(4.5, 3.0));
  const uint h = hash2(ivec2(cell), seed);
  const vec2 centre = (cell + 0.2 + 0.6 * vec2(unit(mix_bits(h + 1u)), unit(mix_bits(h + 2u)))) * vec2(4.5, 3.0);
  const float radius = 0.10 + 0.35 * unit(mix_bits(h + 3u));
  const float rim = 0.45 * (noise(uv / 0.16, seed + 4u) - 0.5);
  const float off = length((uv - centre) * vec2(0.7, 1.0)) / radius + rim;
  const float oil = (unit(h) < 0.30 ? 0.38 : 0.0) * (1.0 - smoothstep(0.35, 1.0, off)) * seen(radius, pixel);
  // Tyres: a pair 1.5 m apart.
  const vec2 long_cell = floor(uv / vec2(38.0, 6.0));
  const uint g = hash2(ivec2(long_cell), seed + 5u);
  const vec2 at = uv - long_cell * vec2(38.0, 6.0);
  const float bend = 0.004 * (unit(mix_bits(g + 6u)) - 0.5);
  const float begin = 4.0 + 8.0 * unit(mix_bits(g + 7u));
  const float along = at.x - begin;
  const float reach = 6.0 + 16.0 * unit(mix_bits(g + 8u));
  const float across = at.y - 1.0 - 2.4 * unit(mix_bits(g + 9u)) - bend * along * along;
  const float strip = abs(abs(across - 0.75) - 0.75);
  const float ends = smoothstep(0.0, 2.5, along) * (1.0 - smoothstep(reach - 1.0, reach, along));
  const float soft = max(0.03, pixel);
  const float rubber = (unit(g) < 0.30 ? 0.30 : 0.0) * ends * (1.0 - smoothstep(0.09 - soft, 0.09 + soft, strip)) * min(1.0, 0.18 / soft);
  return (1.0 - oil) * (1.0 - rubber);
}

// Joints between lanes and across the road, sealed with bitumen. Returns coverage.
float seams(vec2 uv, float pixel, uint seed) {
  const float wander = noise(vec2(uv.x + uv.y, 0.5 * uv.x) / 1.3, seed) - 0.5;
  const float cell = floor(uv.x / 11.0);
  const uint h = hash2(ivec2(int(cell), 0), seed + 1u);
  const float across = abs(uv.x - (cell + 0.2 + 0.6 * unit(mix_bits(h + 2u))) * 11.0 + 0.5 * wander);
  const float along = abs(uv.y - 0.32 + 0.12 * wander);
  const float d = min(along, unit(h) < 0.45 ? across : 9.0);
  const float soft = max(pixel, 0.008);
  return (1.0 - smoothstep(0.022, 0.022 + soft, d)) * min(1.0, 0.044 / soft);
}

vec3 asphalt(Surface s, ShadeMaterial m) {
  const vec2 uv = s.uv;
  float v = 0.10 * detail(uv, 3.7, s.trace, 1u) + 0.05 * detail(uv, 0.47, s.trace, 2u);
  v += 0.07 * detail(uv, 0.061, s.trace, 3u) + 0.13 * detail(uv, 0.021, s.trace, 9u) +
       0.42 * detail(uv, 0.009, s.trace, 4u);
  // Tracks polished by wheels, and tar and oil drawn out along the road.
  v += 0.07 * (2.0 * noise(uv / vec2(23.0, 0.8), 5u) - 1.0);
  v -= 0.10 * smoothstep(0.62, 0.9, noise(uv / vec2(2.7, 0.33), 6u)) * seen(0.33, s.pixel);
  const vec2 repair = repairs(uv, s.pixel, 7u);
  vec3 color = m.base_roughness.rgb * (1.0 + m.pattern.z * v);
  color *= 1.0 - m.pattern.z * (0.28 * repair.x + 0.35 * repair.y);
  color *= mix(1.0, stains(uv, s.pixel, 81u), m.pattern.z);
  color *= 1.0 - 0.5 * m.pattern.z * seams(uv, s.pixel, 91u) * (1.0 - repair.x);
  const float crack = cracks(uv, s.pixel, 8u) * (1.0 - repair.x);
  return mix(color, 0.35 * m.second_metallic.rgb, 0.85 * m.pattern.z * crack);
}

vec3 concrete(Surface s, ShadeMaterial m) {
  float v = 0.10 * detail(s.uv, 2.3, s.trace, 31u) + 0.07 * detail(s.uv, 0.37, s.trace, 32u) +
            0.06 * detail(s.uv, 0.05, s.trace, 33u) + 0.10 * detail(s.uv, 0.009, s.trace, 34u);
  const float stain = smoothstep(0.5, 0.85, noise(s.uv / vec2(0.9, 1.4), 35u));
  v -= 0.16 * stain;
  return m.base_roughness.rgb * (1.0 + m.pattern.z * v);
}

// Worn marking paint: the road (second colour) shows through.
vec3 road_paint(Surface s, ShadeMaterial m) {
  const float grain = 0.55 * noise(s.uv / 0.021, 41u) + 0.45 * noise(s.uv / 0.083, 42u);
  const float zone = 0.75 * noise(s.uv / 1.1, 43u) + 0.25 * noise(s.uv / 0.3, 44u);
  const float level = 0.72 - 0.55 * m.pattern.z * zone * zone;
  const float sharp = smoothstep(level - 0.07, level + 0.07, grain);
  // Below the pixel: the share of the grain above the level, as a mean.
  const float mean_share = clamp(0.5 + (0.5 - level) * 2.6, 0.0, 1.0);
  const float worn = mix(mean_share, sharp, seen(0.05, s.pixel)) * m.pattern.z;
  const float dirt = 0.10 * noise(s.uv / vec2(1.9, 0.25), 45u) + 0.05 * detail(s.uv, 0.4, s.trace, 46u);
  const float crack = cracks(s.uv, s.pixel, 8u);
  return mix(m.base_roughness.rgb * (1.0 - dirt), m.second_metallic.rgb, max(0.85 * worn, 0.6 * crack));
}

Finish road_finish(Surface s, ShadeMaterial m) {
  const uint pattern = floatBitsToUint(m.pattern.x);
  vec3 color = concrete(s, m);
  if (pattern == ODDROAD_PATTERN_ASPHALT) color = asphalt(s, m);
  if (pattern == ODDROAD_PATTERN_ROAD_PAINT) color = road_paint(s, m);
  return Finish(max(color, vec3(0.01)), m.base_roughness.w, 0.0);
}
