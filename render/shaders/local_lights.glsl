// Light of lamps: those that reach the sample's cell of the grid, the strongest with shadows, and
// what the ground that they light sends up.

struct LampLight {
  vec3 irradiance;  // on the side of the normal, lux per channel
  vec3 behind;      // on the other side (living things only)
  vec3 mirrored;    // radiance by the rough layer, Fresnel factor included
  vec3 coat;        // radiance by a smooth layer of f0 .04 (coats and panes only)
  vec3 returned;    // radiance by retroreflection
  vec3 ambient;     // irradiance / pi from the ground around
};

// Microfacet distribution and visibility for a light at `to_light` (GGX as in sun_gloss).
float lamp_gloss(vec3 n, vec3 view, vec3 to_light, vec3 h, float roughness) {
  const float alpha = max(roughness * roughness, 0.006);
  const float n_dot_h = clamp(dot(n, h), 0.0, 1.0);
  const float n_dot_l = clamp(dot(n, to_light), 1e-4, 1.0);
  const float n_dot_v = clamp(dot(n, view), 1e-3, 1.0);
  const float k = n_dot_h * n_dot_h * (alpha * alpha - 1.0) + 1.0;
  const float d = alpha * alpha / (kPi * k * k);
  return d * 0.5 / mix(2.0 * n_dot_l * n_dot_v, n_dot_l + n_dot_v, alpha);
}

// Share of what a retroreflector returns that reaches an eye beside the light: films fall off over
// a third of a degree, glass beads (weak returns) over a degree and a half.
float returned_share(float retro, vec3 view, vec3 to_light) {
  const vec3 apart = view - to_light;
  const float width = retro > 2.0 ? 0.007 : 0.026;
  return 1.3 / (1.0 + dot(apart, apart) / (width * width));
}

vec3 lit_ground(vec2 at) {
  const vec2 place = (at - frame.light_grid.xy) / ODDROAD_LIGHT_CELL_M - 0.5;
  const uint columns = uint(frame.light_grid.z);
  const vec2 low = clamp(floor(place), vec2(0), frame.light_grid.zw - 2.0);
  const vec2 u = clamp(place - low, 0.0, 1.0);
  const uint first = uint(low.y) * columns + uint(low.x);
  return mix(mix(cells.item[first].ground.rgb, cells.item[first + 1u].ground.rgb, u.x),
             mix(cells.item[first + columns].ground.rgb, cells.item[first + columns + 1u].ground.rgb, u.x),
             u.y);
}

// What surfaces around add to the ground's own half-space: walls return some of its light.
const float kFromWalls = 0.12;

LampLight lamp_light(Surface s, vec3 n, vec3 f0, float roughness, float coat_roughness) {
  LampLight sum = LampLight(vec3(0), vec3(0), vec3(0), vec3(0), vec3(0), vec3(0));
  // There always is a first cell.
  const bool reached = s.light_cell != ODDROAD_NO_CELL;
  const uint cell = reached ? s.light_cell : 0u;
  const uint first = floatBitsToUint(cells.item[cell].ground.w);
  const uint count = reached ? cells.item[cell].list.x : 0u;
  for (uint k = 0u; k < count; ++k) {
    const ShadeLight light = lights.item[members.item[first + k]];
    const vec3 way = light.position.xyz - s.position;
    // Most of a cell's lamps shine elsewhere, or on the other side: the rest is left out for them.
    const bool ahead = dot(way, light.axis.xyz) < 0.0;
    const bool before = FAMILY == ODDROAD_FAMILY_LIVING || dot(way, n) > 0.0;
    if (ahead && before) {
      // Nothing is nearer to a lamp than about the size of what shines.
      const float d2 = max(dot(way, way), light.position.w * light.position.w);
      const vec3 to_light = way * inversesqrt(max(dot(way, way), 1e-8));
      const vec3 left = cross(light.up.xyz, light.axis.xyz) * light.candela.w;
      const float value = beam_value(floatBitsToUint(light.up.w), light.axis.w, -dot(to_light, light.axis.xyz),
                                     -dot(to_light, left), -dot(to_light, light.up.xyz));
      const float arrives = k < 4u ? float((s.light_visibility >> (8u * k)) & 0xffu) * (1.0 / 255.0) : 1.0;
      const vec3 lux = light.candela.rgb * (value * arrives / d2);  // on what faces the lamp
      const float cosine = dot(n, to_light);
      const vec3 lit = lux * max(cosine, 0.0);
      const vec3 h = normalize(s.view + to_light);
      const float h_dot_v = clamp(dot(h, s.view), 0.0, 1.0);
      sum.irradiance += lit;
      sum.mirrored += lit * ((f0 + (1.0 - f0) * fresnel(0.0, h_dot_v)) * lamp_gloss(n, s.view, to_light, h, roughness));
      if (FAMILY == ODDROAD_FAMILY_LIVING) sum.behind += lux * max(-cosine, 0.0);
      if (FAMILY == ODDROAD_FAMILY_COATED || FAMILY == ODDROAD_FAMILY_GLASS) {
        sum.coat += lit * (fresnel(0.04, h_dot_v) * lamp_gloss(n, s.view, to_light, h, coat_roughness));
      }
      sum.returned += lux * (step(0.05, cosine) * returned_share(s.retro, s.view, to_light));
    }
  }
  sum.ambient = lit_ground(s.position.xy) * (reached ? (0.5 - 0.5 * n.z + kFromWalls) * mix(0.4, 1.0, s.sky) : 0.0);
  return sum;
}
