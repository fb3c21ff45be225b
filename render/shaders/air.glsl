// The air between surface and camera: haze, fog, what falls, dust, smoke.
//
// Koschmieder's law: of a radiance L behind a distance d, L e^(-a d) + A (1 - e^(-a d)) is left; a is
// ln(20) / MOR, the 5 % contrast of the meteorological optical range, and A the sky's light just
// above the horizon in that direction. Beside the sun single scattering adds its aureole
// (Henyey-Greenstein).

vec3 horizon_light(vec3 direction) {
  const float turn = (atan(direction.y, direction.x) * (0.5 / kPi) + 1.0) * ODDROAD_HORIZON_STEPS;
  const int a = int(turn);
  return mix(frame.horizon[a % ODDROAD_HORIZON_STEPS].rgb,
             frame.horizon[(a + 1) % ODDROAD_HORIZON_STEPS].rgb, turn - float(a));
}

vec3 eye_position() {
  return vec3(frame.world_from_camera[0].w, frame.world_from_camera[1].w,
              frame.world_from_camera[2].w);
}

// Density of fog that comes in banks, mean 1: two sizes, tens of metres as on wet fields.
float bank(vec2 at) {
  const vec2 p = at + frame.weather.drift.xy;
  const float n = 0.7 * noise(p / 47.0, 201u) + 0.3 * noise(p / 13.0, 202u);
  return 2.0 * smoothstep(0.34, 0.66, n);
}

// Mean density along the line of sight over that of even fog.
float banks_along(vec3 from, vec3 direction, float distance_m) {
  const float reach = min(distance_m, 500.0);
  float sum = 0.0;
  for (int i = 0; i < 10; ++i) {
    // Steps grow: what is near is seen best.
    const float u = (float(i) + 0.5) * 0.1;
    sum += bank(from.xy + direction.xy * (reach * u * u)) * u;
  }
  return mix(1.0, sum * 0.2, frame.weather.fog.z);
}

// Optical depth of the fog that thins with height (exact for a straight line).
float fog_depth(vec3 from, vec3 direction, float distance_m) {
  const float fall = frame.weather.fog.y;
  const float x = clamp(direction.z * fall * distance_m, -20.0, 80.0);
  const float level = 1.0 - 0.5 * x;
  const float mean = abs(x) < 1e-3 ? level : (1.0 - exp(-x)) / (abs(x) < 1e-3 ? 1.0 : x);
  return frame.weather.fog.x * exp(-max(from.z, 0.0) * fall) * mean * distance_m;
}

// Smoke: a leaning column that widens and breaks up as it rises. Density 0 to about 1.
float plume_density(vec3 p) {
  const float height = p.z - frame.weather.plume.z;
  const float radius = frame.weather.plume.w * (0.7 + 0.22 * max(height, 0.0) / frame.weather.plume.w);
  const vec2 off = p.xy - frame.weather.plume.xy - frame.weather.plume_air.xy * max(height, 0.0);
  const float rise = 1.4 * frame.weather.drift.z;
  const vec2 a = vec2(p.x + 0.6 * p.y, height - rise);
  const vec2 b = vec2(p.y - 0.6 * p.x, height - 1.3 * rise);
  const float ragged = noise(a / 2.3, 211u) + noise(b / 1.7, 212u) + 0.5 * noise((a + b) / 0.7, 213u);
  const float r2 = dot(off, off) / (radius * radius);
  return exp(-1.6 * r2) * smoothstep(0.55, 1.6, ragged) * exp(-max(height, 0.0) / 25.0) *
         smoothstep(-0.3, 0.2, height);
}

// w: share of the light behind that is left.
vec4 through_plume(vec3 from, vec3 direction, float distance_m) {
  const float reach = 5.0 * frame.weather.plume.w + 12.0;
  const vec3 centre = frame.weather.plume.xyz +
                      vec3(frame.weather.plume_air.xy * (0.6 * reach), 0.6 * reach);
  const vec3 to_centre = centre - from;
  const float along = dot(to_centre, direction);
  const float half2 = reach * reach - dot(to_centre, to_centre) + along * along;
  const float half_chord = sqrt(max(half2, 0.0));
  const float begin = clamp(along - half_chord, 0.0, distance_m);
  const float end = clamp(along + half_chord, 0.0, distance_m);
  if (end <= begin) return vec4(0, 0, 0, 1);
  const float step_m = (end - begin) / 16.0;
  float depth = 0.0;
  for (int i = 0; i < 16; ++i) {
    depth += plume_density(from + direction * (begin + (float(i) + 0.5) * step_m));
  }
  const float left = exp(-frame.weather.plume_air.z * depth * step_m);
  const vec3 light = 0.45 * frame.sky_sh[0].rgb +
                     frame.sun_illuminance.rgb * (0.05 + 0.06 * max(dot(direction, frame.sun_direction.xyz), 0.0));
  return vec4(vec3(0.62, 0.60, 0.58) * light * (1.0 - left), left);
}

vec3 air_light(vec3 direction) {
  const float g = frame.weather.beam.w;
  const float base = 1.0 + g * g - 2.0 * g * dot(direction, frame.sun_direction.xyz);
  const float phase = (1.0 - g * g) * (0.25 / kPi) / (base * sqrt(base));
  return horizon_light(direction) + frame.weather.beam.rgb * phase;
}

vec3 past_plume(vec3 radiance, vec3 from, vec3 direction, float distance_m) {
  if (frame.weather.plume_air.z <= 0.0) return radiance;
  const vec4 smoke = through_plume(from, direction, distance_m);
  return radiance * smoke.w + smoke.rgb;
}

// Light of lamps that air scatters towards the eye, over that of the ground below it: asphalt of
// albedo 0.1 sends up 0.1 / pi of what lamps give; at right angles droplets scatter 0.05 per
// steradian, the second and later times included.
vec3 lamp_haze(vec3 from, vec3 direction, float distance_m, float per_m) {
  if (per_m < 5e-4 || frame.light_grid.z < 2.0) return vec3(0);
  const float reach = min(distance_m, 120.0);
  vec3 sum = vec3(0);
  for (int i = 0; i < 6; ++i) {
    const float along = reach * (float(i) + 0.5) / 6.0;
    const vec3 at = from + direction * along;
    const float high = clamp((at.z - from.z + 1.6) / 9.0, 0.0, 1.5);
    sum += lit_ground(at.xy) * exp(-per_m * along) * max(1.0 - high, 0.0);
  }
  return sum * (1.57 * per_m * reach / 6.0);
}

vec3 through_air(Surface s, vec3 radiance) {
  const vec3 direction = -s.view;
  const vec3 from = eye_position();
  float fog = fog_depth(from, direction, s.distance);
  if (frame.weather.fog.z > 0.0) fog *= banks_along(from, direction, s.distance);
  const vec3 left = exp(-frame.haze.rgb * s.distance - (fog + frame.weather.fog.w * s.distance));
  const vec3 plain = past_plume(radiance, from, direction, s.distance);
  const float per_m = frame.weather.fog.w + fog / max(s.distance, 1e-3);
  return plain * left + air_light(direction) * (1.0 - left) +
         lamp_haze(from, direction, s.distance, per_m);
}
