// Units laid in courses: slabs, bricks, roof tiles. uv: metres, u along a course.

struct Course {
  vec2 size;     // of a unit with its joint
  float joint;   // metres
  float offset;  // shift of every other course, share of the unit
  float spread;  // difference between units
};

// x: share of joint in the pixel, y: number of the unit in -1 to 1, z: place in the course 0 to 1.
vec3 lay(Course c, vec2 uv, vec2 pixel, uint seed) {
  const float row = floor(uv.y / c.size.y);
  const float shift = mod(row, 2.0) * c.offset * c.size.x;
  const float u = uv.x + shift;
  const float across = pulse(u, c.size.x, c.joint, pixel.x) * (1.0 - smoothstep(0.3, 1.0, pixel.y / c.size.y));
  const float far_across = c.joint / c.size.x;
  const float joint_u = mix(far_across, across, 1.0 - smoothstep(0.3, 1.0, pixel.y / c.size.y));
  const float joint_v = pulse(uv.y, c.size.y, c.joint, pixel.y);
  const uint h = hash2(ivec2(floor(u / c.size.x), row), seed);
  return vec3(joint_u + joint_v - joint_u * joint_v, 2.0 * unit(h) - 1.0, fract(uv.y / c.size.y));
}

Finish blocks_finish(inout Surface s, ShadeMaterial m) {
  const uint pattern = floatBitsToUint(m.pattern.x);
  const float scale = max(m.pattern.y, 0.02);
  const bool brick = pattern == ODDROAD_PATTERN_BRICK;
  const bool tiles = pattern == ODDROAD_PATTERN_ROOF_TILES;
  const vec2 pixel = min(abs(s.uv_dx) + abs(s.uv_dy), vec2(4.0));
  Course c = Course(vec2(scale), min(0.006, 0.04 * scale), 0.5, 0.16);
  if (brick) c = Course(vec2(scale, 0.33 * scale), 0.011, 0.5, 0.22);
  if (tiles) c = Course(vec2(0.85 * scale, 1.05 * scale), 0.004, 0.0, 0.16);
  const vec3 unit_of = lay(c, s.uv, pixel, 51u);
  const float shown = seen(min(c.size.x, c.size.y), s.pixel);
  float v = c.spread * unit_of.y * shown + 0.06 * detail(s.uv, 1.7, s.trace, 52u) +
            0.07 * detail(s.uv, 0.13, s.trace, 53u) + 0.12 * detail(s.uv, 0.012, s.trace, 54u);
  v -= 0.14 * smoothstep(0.55, 0.9, noise(s.uv / vec2(0.7, 1.6), 55u));
  vec3 color = m.base_roughness.rgb * (1.0 + m.pattern.z * v);
  float joint = unit_of.x;
  if (tiles) {
    // Each course casts a shadow on the one below; tiles are rounded across.
    const float lip = 1.0 - smoothstep(0.0, 0.14, unit_of.z);
    color *= 1.0 - 0.45 * m.pattern.z * mix(0.12, lip, shown);
    joint *= 0.6;
    const float wave = sin(2.0 * kPi * s.uv.x / c.size.x) * seen(c.size.x, pixel.x);
    const float length2 = dot(s.tangent, s.tangent);
    if (length2 > 0.0) s.normal = normalize(s.normal - 0.35 * wave * s.tangent * inversesqrt(length2));
  }
  // Splash of the ground on walls.
  const float wall = 1.0 - smoothstep(0.3, 0.7, abs(s.normal.z));
  const float height = max(s.mesh_position.z, 0.0);
  color *= 1.0 - 0.22 * wall * exp(-height / 0.25);
  color = mix(color, m.second_metallic.rgb * (brick ? 1.0 : 0.8), joint * m.pattern.z);
  return Finish(max(color, vec3(0.01)), m.base_roughness.w, m.second_metallic.w);
}
