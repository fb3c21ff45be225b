// Surfaces without pattern: one colour, bands of two, or an image.

vec3 plain_radiance(Surface s, ShadeMaterial m) {
  Finish f = Finish(m.base_roughness.rgb, m.base_roughness.w, m.second_metallic.w);
  if (floatBitsToUint(m.pattern.x) == ODDROAD_PATTERN_STRIPES) {
    const float width = max(m.pattern.y, 0.005);
    const float pixel = min(abs(s.uv_dx.y) + abs(s.uv_dy.y), 4.0);
    f.albedo = mix(f.albedo, m.second_metallic.rgb,
                   m.pattern.z * pulse(s.uv.y, 2.0 * width, width, pixel));
  }
  // Nothing is quite clean or even.
  const float uneven = detail(s.uv, 0.23, s.trace, 101u) + 0.6 * detail(s.uv, 0.041, s.trace, 102u);
  f.albedo *= 1.0 + 0.05 * uneven * (1.0 - f.metallic);
  f.roughness = clamp(f.roughness + 0.04 * uneven, 0.04, 1.0);
  return lit_glossy(s, weathered(s, f)) + m.emission_clearcoat.rgb;
}

vec4 texel(Texels texels, uint offset, ivec2 size, ivec2 at) {
  const ivec2 wrapped = ivec2(uvec2(at + size * 4) % uvec2(size));
  const vec4 c = unpackUnorm4x8(texels.item[offset + uint(wrapped.y * size.x + wrapped.x)]);
  return vec4(mix(c.rgb / 12.92, pow((c.rgb + 0.055) / 1.055, vec3(2.4)), step(0.04045, c.rgb)), c.a);
}

// Repeats; bilinear inside the level whose texels are about as large as a pixel.
vec3 image_color(Surface s, ShadeMaterial m) {
  const ivec2 full = ivec2(m.texture_ref.z & 0xffffu, m.texture_ref.z >> 16);
  const vec2 dx = s.uv_dx * vec2(full);
  const vec2 dy = s.uv_dy * vec2(full);
  const float extent = max(dot(dx, dx), dot(dy, dy));
  const int last = int(m.texture_ref.w & 0xffu) - 1;
  const int level = clamp(int(0.5 * log2(max(extent, 1e-6)) + 0.5), 0, last);
  uint offset = 0u;
  ivec2 size = full;
  for (int l = 0; l < level; ++l) {
    offset += uint(size.x * size.y);
    size = max(size / 2, ivec2(1));
  }
  const vec2 place = fract(s.uv) * vec2(size) - 0.5;
  const ivec2 cell = ivec2(floor(place));
  const vec2 w = place - vec2(cell);
  Texels texels = Texels(m.texture_ref.xy);
  const vec4 low = mix(texel(texels, offset, size, cell),
                       texel(texels, offset, size, cell + ivec2(1, 0)), w.x);
  const vec4 high = mix(texel(texels, offset, size, cell + ivec2(0, 1)),
                        texel(texels, offset, size, cell + ivec2(1, 1)), w.x);
  return mix(low, high, w.y).rgb;
}

vec3 textured_radiance(Surface s, ShadeMaterial m) {
  const Finish f = Finish(m.base_roughness.rgb * image_color(s, m), m.base_roughness.w,
                          m.second_metallic.w);
  return lit_glossy(s, f) + m.emission_clearcoat.rgb;
}
