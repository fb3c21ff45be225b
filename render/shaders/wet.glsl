// Water and snow on surfaces.
//
// Wet porous ground: light that leaves the ground is partly reflected back into it by the film
// (Lekner and Dorf 1988, water of n = 1.33: 6.6 % of diffuse light is reflected outside, 47 % inside).
// On top the film reflects by Fresnel with F0 = 0.02.

vec3 wet_albedo(vec3 dry) { return 0.495 * dry / (1.0 - 0.47 * dry); }

// How level a surface is, and open to the sky above.
float open_above(Surface s, float low, float high) {
  return smoothstep(low, high, s.face.z) * smoothstep(0.05, 0.35, s.sky);
}

// Snow that lies: patches where little fell, all of what faces up where much did.
float lying_snow(Surface s) {
  const vec2 p = s.position.xy;
  const float n = 0.55 * noise(p / 1.9, 221u) + 0.30 * noise(p / 0.37, 222u) + 0.15 * noise(p / 0.083, 223u);
  const float cover = clamp(frame.weather.snow.x, 0.0, 1.0);
  const float edge = 1.0 - 1.16 * cover;
  const float patch_share = smoothstep(edge - 0.08, edge + 0.08, 0.5 + 1.6 * (n - 0.5));
  return patch_share * open_above(s, 0.35, 0.75) * step(1e-3, cover);
}

// Wheel tracks of carriageways: two a lane of 3.5 m, counted from the middle of the road. 0 in them;
// nobody drives in exactly the tracks of another.
float beside_tracks(vec2 uv) {
  const float sway = 0.16 * (noise(uv / vec2(17.0, 2.0), 231u) - 0.5) +
                     0.05 * (noise(uv / vec2(0.9, 0.3), 232u) - 0.5);
  return smoothstep(0.08, 0.27, abs(fract(uv.y / 1.75) - 0.5 + sway));
}

// What is left in the tracks: slush, thinner where more wheels ran.
float slush(vec2 uv, float share) {
  const float n = 0.6 * noise(uv / vec2(3.7, 0.21), 233u) + 0.4 * noise(uv / vec2(0.7, 0.09), 234u);
  return clamp(share * 2.0 * n, 0.0, 1.0);
}

Finish under_snow(Surface s, Finish f, float snow) {
  const vec2 p = s.position.xy;
  const float uneven = detail(p, 0.31, s.trace, 224u) + 0.6 * detail(p, 0.05, s.trace, 225u);
  const vec3 white = vec3(0.80, 0.83, 0.87) * (1.0 + 0.06 * uneven);
  f.albedo = mix(f.albedo, white, snow);
  f.roughness = mix(f.roughness, 0.9, snow);
  f.metallic *= 1.0 - snow;
  return f;
}

Finish weathered_wet(Surface s, Finish f) {
  const float porous = clamp((f.roughness - 0.5) / 0.4, 0.0, 1.0);
  const float wet = frame.weather.water.x * porous * mix(0.3, 1.0, open_above(s, 0.3, 0.9));
  f.albedo = mix(f.albedo, wet_albedo(f.albedo), wet);
  return f;
}

// Of any surface: darker where porous and wet, white where snow lies.
Finish weathered(Surface s, Finish f) {
  f = weathered_wet(s, f);
  if (frame.weather.snow.x <= 0.0) return f;
  return under_snow(s, f, lying_snow(s));
}

// Crowns hold snow by their twigs, not leaf by leaf: a dusting of all that looks up or down.
Finish dusted(Surface s, Finish f) {
  f = weathered_wet(s, f);
  if (frame.weather.snow.x <= 0.0) return f;
  const float n = noise(s.position.xy / 0.8 + s.position.z, 226u);
  return under_snow(s, f, 0.5 * frame.weather.snow.x * smoothstep(0.2, 0.9, abs(s.face.z)) * n);
}

// Rings of drops on standing water.
vec3 rippled(vec2 p, float pixel) {
  const float t = frame.weather.drift.z * 6.0;
  const float strength = clamp(frame.weather.drift.w / 10.0, 0.0, 1.0) * seen(0.05, pixel);
  const vec2 q = p / 0.045;
  const vec2 tilt = vec2(noise(q + vec2(t, -t), 241u) - noise(q + vec2(3.0 - t, t), 242u),
                         noise(q.yx + vec2(t, t), 243u) - noise(q.yx - vec2(t, 5.0), 244u));
  return normalize(vec3(0.03 * strength * tilt, 1.0));
}

// What water leaves of a surface to be seen, and how it shines.
struct Film {
  vec3 normal;
  float roughness;
  float cover;  // share of the surface that shines
};

// Level ground with a film of water, puddles or snow. `tracks`: 0 on wheel tracks, 1 beside them or
// where nobody drives.
Film wet_ground(Surface s, inout Finish f, float tracks) {
  const float snowy = frame.weather.snow.x;
  const float snow = snowy > 0.0 ? mix(slush(s.uv, frame.weather.snow.z), lying_snow(s), tracks) : 0.0;
  // Tracks through snow are wet.
  const float wetness = max(frame.weather.water.x, 0.7 * min(4.0 * snowy, 1.0));
  const float open = open_above(s, 0.8, 0.98);
  const float hollow = hollow_at(s.position.x, s.position.y);
  const float puddle = puddle_cover(hollow, frame.weather.water.y) * smoothstep(0.96, 0.995, s.face.z) *
                       smoothstep(0.02, 0.15, s.sky);
  // Hollows dry last.
  const float wet = clamp(wetness * open * (0.75 + 0.5 * hollow), 0.0, 1.0);
  f.albedo = mix(f.albedo, wet_albedo(f.albedo), max(wet, puddle));
  f = under_snow(s, f, snow * (1.0 - puddle));
  // Stones stand out of the film, by patches and one by one; rain drowns them.
  const float drowned = 0.25 + 0.3 * clamp(frame.weather.drift.w / 20.0, 0.0, 1.0) +
                        0.5 * (noise(s.position.xy / 0.6, 245u) - 0.5) +
                        0.3 * (noise(s.position.xy / 0.03, 246u) - 0.5) * seen(0.03, s.pixel);
  const float film = max(smoothstep(0.25, 1.0, wet) * clamp(drowned, 0.08, 0.9), puddle) *
                     (1.0 - snow * (1.0 - puddle));
  return Film(normalize(mix(s.normal, rippled(s.position.xy, s.pixel), puddle)),
              mix(mix(0.55, 0.27, wet), 0.04, puddle), film);
}

// What people drive and walk on; the same stuff on walls is wet as walls are.
vec3 wet_road(Surface s, Finish f, float tracks) {
  Film film = Film(s.normal, f.roughness, 0.0);
  const bool weather = frame.weather.water.x + frame.weather.snow.x > 0.0 || frame.weather.water.y < 1.0;
  if (weather && s.face.z > 0.8) film = wet_ground(s, f, tracks);
  if (weather && s.face.z <= 0.8) f = weathered(s, f);
  const LampLight lamps = lamp_light(s, film.normal, vec3(0.04 - 0.02 * film.cover),
                                     mix(f.roughness, film.roughness, film.cover), film.roughness);
  const float base_n_dot_v = max(dot(s.normal, s.view), 1e-3);
  const vec3 base_mirror = ambient(reflect(-s.view, s.normal)) * gloss_share(s.sky, base_n_dot_v, f.roughness);
  const vec3 base = lit_by(s, f, base_mirror, lamps);
  if (!weather) return base;
  const float n_dot_v = max(dot(film.normal, s.view), 1e-3);
  const vec2 share = specular_share(film.roughness, n_dot_v);
  const float reflected = film.cover * clamp(0.02 * share.x + share.y, 0.0, 1.0);
  const vec3 mirror = mix(reflection(s, film.normal, film.roughness, n_dot_v), s.mirror.rgb, s.mirror.w);
  const float half_angle = clamp(dot(normalize(s.view + frame.sun_direction.xyz), s.view), 0.0, 1.0);
  const vec3 glint = sun_on(s, film.normal) *
                     (film.cover * fresnel(0.02, half_angle) * sun_gloss(film.normal, s.view, film.roughness));
  return base * (1.0 - reflected) + (mirror + lamps.mirrored) * reflected + glint;
}

// Snow on cars that stand: `radiance` is theirs without it.
vec3 snowed(Surface s, vec3 radiance) {
  if (frame.weather.snow.x <= 0.0 || (s.seed & 1u) == 0u) return radiance;
  const Finish snow = under_snow(s, Finish(vec3(0), 0.9, 0.0), 1.0);
  return mix(radiance, lit_rough(s, snow), lying_snow(s));
}
