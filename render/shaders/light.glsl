// Light of sun, sky and ground on opaque surfaces.
//
// Lambert under GGX (Walter et al. 2007) with the height-correlated visibility of Heitz 2014 as
// approximated by Hammon 2017; the share that the specular layer reflects (analytic fit of the
// split-sum integral, Karis 2014) is taken from the diffuse layer, so that a white surface under a
// uniform sky looks like that sky.

struct Finish {
  vec3 albedo;
  float roughness;  // perceptual
  float metallic;
};

vec2 panorama_uv(vec3 d) {
  const float elevation = asin(clamp(d.z, -1.0, 1.0));
  const float bent = sqrt(abs(elevation) * (2.0 / kPi));
  return vec2(atan(d.y, d.x) * (0.5 / kPi), 0.5 - 0.5 * (d.z < 0.0 ? -bent : bent));
}

// `blur` is the perceptual roughness of what reflects.
vec3 mirrored(vec3 direction, float blur) {
  return frame.haze.w *
         textureLod(mirror_map, panorama_uv(direction), blur * frame.ground_radiance.w).rgb;
}

// Cosine-weighted mean radiance around a normal: irradiance / pi.
vec3 ambient(vec3 n) {
  vec3 sum = frame.sky_sh[0].rgb + frame.sky_sh[1].rgb * n.y + frame.sky_sh[2].rgb * n.z +
             frame.sky_sh[3].rgb * n.x;
  sum += frame.sky_sh[4].rgb * (n.x * n.y) + frame.sky_sh[5].rgb * (n.y * n.z) +
         frame.sky_sh[6].rgb * (3.0 * n.z * n.z - 1.0) + frame.sky_sh[7].rgb * (n.x * n.z) +
         frame.sky_sh[8].rgb * (n.x * n.x - n.y * n.y);
  return max(sum, vec3(0));
}

// Scale and offset of f0: what a rough dielectric or metal reflects of a uniform surrounding.
vec2 specular_share(float roughness, float n_dot_v) {
  const vec4 r = roughness * vec4(-1.0, -0.0275, -0.572, 0.022) + vec4(1.0, 0.0425, 1.04, -0.04);
  const float a = min(r.x * r.x, exp2(-9.28 * n_dot_v)) * r.x + r.y;
  return vec2(-1.04, 1.04) * a + r.zw;
}

float fresnel(float f0, float cosine) {
  const float m = clamp(1.0 - cosine, 0.0, 1.0);
  return f0 + (1.0 - f0) * (m * m) * (m * m) * m;
}

// The sun's reflection in a rough layer per unit illuminance on it (no Fresnel factor).
float sun_gloss(vec3 n, vec3 view, float roughness) {
  const vec3 to_sun = frame.sun_direction.xyz;
  const vec3 h = normalize(view + to_sun);
  const float alpha = max(roughness * roughness, 0.012);  // the disc itself is a blur
  const float n_dot_h = clamp(dot(n, h), 0.0, 1.0);
  const float n_dot_l = clamp(dot(n, to_sun), 1e-4, 1.0);
  const float n_dot_v = clamp(dot(n, view), 1e-3, 1.0);
  const float k = n_dot_h * n_dot_h * (alpha * alpha - 1.0) + 1.0;
  const float d = alpha * alpha / (kPi * k * k);
  return d * 0.5 / mix(2.0 * n_dot_l * n_dot_v, n_dot_l + n_dot_v, alpha);
}

vec3 sun_on(Surface s, vec3 n) {
  return frame.sun_illuminance.rgb * (s.sun * max(dot(n, frame.sun_direction.xyz), 0.0));
}

// Light between nearby surfaces: what the sky does not reach is lit by its surroundings.
vec3 sky_share(float sky, vec3 albedo) { return vec3(sky) / (1.0 - albedo * (1.0 - sky)); }

float gloss_share(float sky, float n_dot_v, float roughness) {
  return clamp(pow(n_dot_v + sky, exp2(-16.0 * roughness - 1.0)) - 1.0 + sky, 0.0, 1.0);
}

// What a reflection shows: the panorama where the way is open, dim surroundings elsewhere.
vec3 reflection(Surface s, vec3 n, float roughness, float n_dot_v) {
  const vec3 r = reflect(-s.view, n);
  const float open = gloss_share(s.sky, n_dot_v, roughness);
  return mix(0.35 * frame.ground_radiance.rgb, mirrored(r, roughness), open);
}

// `half_pixel`: half a pixel as an angle, to soften the sun's rim. `sun`: share of its disc that is
// wanted (what wet ground mirrors has it as a glint already).
vec3 sky_radiance(vec3 direction, float half_pixel, float sun) {
  const vec4 sky = textureLod(sky_map, panorama_uv(direction), 0.0);
  const vec3 off = direction - frame.sun_direction.xyz;
  const float angle = length(off);
  const float radius = sqrt(2.0 - 2.0 * frame.sun_direction.w);
  const float disc = 1.0 - smoothstep(radius - half_pixel, radius + half_pixel, angle);
  return sky.rgb * frame.haze.w +
         frame.sun_illuminance.rgb * (frame.sun_illuminance.w * disc * sky.a * sun);
}
