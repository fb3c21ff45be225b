// A smooth clear coat over paint, with road dirt from below on vehicles.

vec3 coated_radiance(Surface s, ShadeMaterial m) {
  const bool vehicle = floatBitsToUint(m.pattern.x) == ODDROAD_PATTERN_CAR_PAINT;
  if (vehicle && s.behind) {  // the inside of sheet metal is lined: light roof, dark doors
    const vec3 cloth = s.normal.z < -0.6 ? vec3(0.30, 0.29, 0.27) : vec3(0.035);
    return lit_rough(s, Finish(cloth, 0.95, 0.0));
  }
  float dust = 0.0;
  if (vehicle) {
    const vec2 side = vec2(s.mesh_position.x, s.mesh_position.z + 0.6 * s.mesh_position.y);
    const float low = 1.0 - smoothstep(0.2, 0.95, s.mesh_position.z);
    const float top = max(s.normal.z, 0.0);
    const float blotch = 0.6 * noise(side / 0.17, s.seed + 71u) + 0.4 * noise(side / 0.05, s.seed + 72u);
    dust = m.pattern.z * clamp((0.75 * low * low + 0.10 + 0.10 * top) * (0.55 + 0.9 * blotch), 0.0, 0.8);
  }
  const float n_dot_v = max(dot(s.normal, s.view), 1e-3);
  Finish f = Finish(m.base_roughness.rgb, m.base_roughness.w, m.second_metallic.w);
  // Flakes lie flat: metallic paint darkens towards grazing.
  f.albedo *= mix(1.0, 0.45 + 0.55 * n_dot_v, 0.8 * f.metallic);
  const float coat = m.emission_clearcoat.w * (1.0 - 0.85 * dust);
  if (vehicle) {
    f.albedo = mix(f.albedo, m.second_metallic.rgb, dust);
    f.metallic *= 1.0 - dust;
    f.roughness = mix(f.roughness, 0.9, dust);
  }
  const float mirror_share = coat * fresnel(0.04, n_dot_v);
  const float blur = 0.04 + 0.5 * dust;
  const vec3 r = reflect(-s.view, s.normal);
  const float open = gloss_share(s.sky, n_dot_v, 0.2);
  const vec3 mirror = mix(0.3 * frame.ground_radiance.rgb, mirrored(r, blur), open);
  const vec3 base_mirror = ambient(r) * gloss_share(s.sky, n_dot_v, f.roughness);
  const float half_angle = dot(normalize(s.view + frame.sun_direction.xyz), s.view);
  const float sun_coat = coat * fresnel(0.04, half_angle) * sun_gloss(s.normal, s.view, 0.08 + 0.5 * dust);
  const LampLight lamps = lamps_of(s, f, 0.08 + 0.5 * dust);
  return lit_by(s, f, base_mirror, lamps) * (1.0 - mirror_share) + mirror * mirror_share +
         sun_on(s, s.normal) * sun_coat + lamps.coat * coat + 0.9 * lamps.ambient * mirror_share;
}
