// Opaque surfaces under all lights: sun, sky, ground and lamps.

vec3 lit_by(Surface s, Finish f, vec3 mirror, LampLight lamps) {
  const float n_dot_v = max(dot(s.normal, s.view), 1e-3);
  const vec3 f0 = mix(vec3(0.04), f.albedo, f.metallic);
  const vec2 share = specular_share(f.roughness, n_dot_v);
  const vec3 specular = f0 * share.x + share.y;
  const vec3 diffuse = f.albedo * (1.0 - f.metallic) * (1.0 - specular);
  const vec3 sun = sun_on(s, s.normal);
  const vec3 h = normalize(s.view + frame.sun_direction.xyz);
  const float bend = fresnel(0.0, clamp(dot(h, s.view), 0.0, 1.0));
  const vec3 gloss = (f0 + (1.0 - f0) * bend) * sun_gloss(s.normal, s.view, f.roughness);
  const vec3 around = ambient(s.normal) * sky_share(s.sky, f.albedo) + lamps.ambient;
  // Films return the colour that they are printed in.
  const vec3 returned = lamps.returned * s.retro * min(f.albedo * 1.5, vec3(1));
  return sun * (diffuse / kPi + gloss) + diffuse * (around + lamps.irradiance / kPi) +
         specular * mirror + lamps.mirrored + returned;
}

LampLight lamps_of(Surface s, Finish f, float coat_roughness) {
  return lamp_light(s, s.normal, mix(vec3(0.04), f.albedo, f.metallic), f.roughness, coat_roughness);
}

vec3 lit_with(Surface s, Finish f, vec3 mirror) {
  return lit_by(s, f, mirror, lamps_of(s, f, f.roughness));
}

// Surfaces too rough to mirror anything: the reflection is the mean light from that side.
vec3 lit_rough(Surface s, Finish f) {
  const float n_dot_v = max(dot(s.normal, s.view), 1e-3);
  return lit_with(s, f,
                  ambient(reflect(-s.view, s.normal)) * gloss_share(s.sky, n_dot_v, f.roughness));
}

vec3 lit_glossy(Surface s, Finish f) {
  const float n_dot_v = max(dot(s.normal, s.view), 1e-3);
  return lit_with(s, f, reflection(s, s.normal, f.roughness, n_dot_v));
}
