// Where the line of sight through a sample meets its triangle, and what is interpolated there.

struct Surface {
  vec3 position;       // world
  vec3 mesh_position;  // rest or deformed position in the mesh frame
  vec3 normal;         // shading normal, on the viewer's side
  vec3 face;           // geometric normal, on the viewer's side
  vec3 view;           // unit, to the viewer
  vec3 tangent;        // world direction of growing u (not unit; zero where uv is degenerate)
  vec2 uv;
  vec2 uv_dx;          // change of uv from a pixel to the next
  vec2 uv_dy;
  vec2 trace;          // extent of a pixel on the surface, metres: across and along the view
  float pixel;         // size of a detail that a pixel just resolves, metres
  float distance;      // metres
  float sun;           // share of the sun's light that arrives
  float sky;           // share of the sky's light that arrives
  float retro;         // retroreflection, cd/m2 per lx
  uint light_cell;     // of the grid of lamps
  uint light_visibility;
  vec4 mirror;         // radiance that a level mirror here shows; w: 1 where it is known
  uint piece;          // hash of the connected piece of surface (panes, leaves)
  uint pane;           // size of a pane, packed
  uint seed;           // of the drawable's instance
  bool behind;         // seen from the back side of its winding
};

vec3 octahedral_direction(vec2 e) {
  vec3 n = vec3(e, 1.0 - abs(e.x) - abs(e.y));
  const float below = max(-n.z, 0.0);
  n.x += n.x >= 0.0 ? -below : below;
  n.y += n.y >= 0.0 ? -below : below;
  return n;
}

bool carries_direction() { return frame.projection.x > 0.5; }

// Pinhole: unit forward component. Else: unit length.
vec3 pixel_direction(ShadeInput i) {
  if (carries_direction()) return normalize(octahedral_direction(vec2(i.u_px, i.v_px)));
  return vec3((i.u_px - frame.lens.z) / frame.lens.x, (i.v_px - frame.lens.w) / frame.lens.y, 1.0);
}

vec3 to_world(vec3 v) {
  return vec3(dot(frame.world_from_camera[0].xyz, v), dot(frame.world_from_camera[1].xyz, v),
              dot(frame.world_from_camera[2].xyz, v));
}

vec3 world_direction(vec3 camera_direction) { return normalize(to_world(camera_direction)); }

vec3 octahedral_normal(float bits) {
  return octahedral_direction(unpackSnorm2x16(floatBitsToUint(bits)));
}

vec3 apply(vec4 rows[3], vec3 p) {
  return vec3(dot(rows[0].xyz, p) + rows[0].w, dot(rows[1].xyz, p) + rows[1].w,
              dot(rows[2].xyz, p) + rows[2].w);
}

Surface find_surface(ShadeInput i, out uint material_index) {
  const ShadeDrawable drawable = drawables.item[i.drawable];
  const ShadeTriangle t = Triangles(drawable.data.xy).item[i.triangle];
  const vec3 p0 = apply(drawable.camera_from_mesh, t.corner[0].xyz);
  const vec3 e1 = apply(drawable.camera_from_mesh, t.corner[1].xyz) - p0;
  const vec3 e2 = apply(drawable.camera_from_mesh, t.corner[2].xyz) - p0;
  const vec3 n = cross(e1, e2);
  const vec3 d = pixel_direction(i);
  const float n2 = max(dot(n, n), 1e-30);
  float slope = dot(d, n);
  slope = abs(slope) < 1e-12 * sqrt(n2) ? 1e-12 * sqrt(n2) : slope;
  const float depth = dot(p0, n) / slope;

  // Weights of corners 1 and 2. A sample beside its triangle (edges) takes the nearest place on it.
  const vec3 q = d * depth - p0;
  float b1 = clamp(dot(cross(q, e2), n) / n2, 0.0, 1.0);
  float b2 = clamp(dot(cross(e1, q), n) / n2, 0.0, 1.0);
  const float over = max(b1 + b2, 1.0);
  b1 /= over;
  b2 /= over;
  const float b0 = 1.0 - b1 - b2;
  const vec3 hit = p0 + b1 * e1 + b2 * e2;

  // Derivatives of the weights along image x and y. A distorted lens has about the same angle per
  // pixel everywhere.
  vec3 right = vec3(1, 0, 0);
  vec3 down = vec3(0, 1, 0);
  if (carries_direction()) {
    const float across_axis = length(d.xz);
    if (across_axis > 1e-4) right = vec3(d.z, 0.0, -d.x) / across_axis;
    down = cross(d, right);
  }
  const float reach = carries_direction() ? length(hit) : hit.z;
  const vec3 hit_dx = (right - d * (dot(n, right) / slope)) * (reach / frame.lens.x);
  const vec3 hit_dy = (down - d * (dot(n, down) / slope)) * (reach / frame.lens.y);
  const vec2 uv1 = t.uv01.zw - t.uv01.xy;
  const vec2 uv2 = t.uv2_word.xy - t.uv01.xy;

  Surface s;
  s.uv = t.uv01.xy + b1 * uv1 + b2 * uv2;
  s.uv_dx = (uv1 * dot(cross(hit_dx, e2), n) + uv2 * dot(cross(e1, hit_dx), n)) / n2;
  s.uv_dy = (uv1 * dot(cross(hit_dy, e2), n) + uv2 * dot(cross(e1, hit_dy), n)) / n2;
  const float across = reach / frame.lens.x;
  const float along = min(max(length(hit_dx), length(hit_dy)), 60.0 * across);
  // A pixel's trace on a slanted surface is long and thin: between its length and its width.
  s.trace = vec2(across, along);
  s.pixel = pow(along, 0.75) * pow(across, 0.25);

  s.mesh_position = b0 * t.corner[0].xyz + b1 * t.corner[1].xyz + b2 * t.corner[2].xyz;
  const vec3 smooth_normal = b0 * normalize(octahedral_normal(t.corner[0].w)) +
                             b1 * normalize(octahedral_normal(t.corner[1].w)) +
                             b2 * normalize(octahedral_normal(t.corner[2].w));
  // Normals go with the cofactor matrix: right for any affine map.
  const vec3 r0 = drawable.camera_from_mesh[0].xyz;
  const vec3 r1 = drawable.camera_from_mesh[1].xyz;
  const vec3 r2 = drawable.camera_from_mesh[2].xyz;
  vec3 normal = vec3(dot(cross(r1, r2), smooth_normal), dot(cross(r2, r0), smooth_normal),
                     dot(cross(r0, r1), smooth_normal));
  s.behind = dot(n, d) > 0.0;
  s.face = to_world(n) * ((s.behind ? -1.0 : 1.0) * inversesqrt(n2));
  normal = to_world(normal) * (s.behind ? -1.0 : 1.0);
  normal *= dot(normal, s.face) < 0.0 ? -1.0 : 1.0;
  s.distance = length(hit);
  s.view = to_world(hit) / -max(s.distance, 1e-6);
  normal = normalize(normal + 1e-6 * s.face);
  // A shading normal that looks away is bent back to the edge of what can be seen.
  const float facing = dot(normal, s.view);
  s.normal = facing < 0.02 ? normalize(normal + (0.02 - facing) * s.view) : normal;
  s.position = to_world(hit) + vec3(frame.world_from_camera[0].w, frame.world_from_camera[1].w,
                                    frame.world_from_camera[2].w);
  const float turn = uv1.x * uv2.y - uv2.x * uv1.y;
  s.tangent = to_world(e1 * uv2.y - e2 * uv1.y) * (turn < 0.0 ? -1.0 : 1.0);
  const vec2 visibility = unpackUnorm2x16(i.visibility);
  s.sun = visibility.x;
  s.sky = visibility.y;
  s.light_cell = i.light_cell;
  s.light_visibility = i.light_visibility;
  s.mirror = vec4(0);
  const uint word = floatBitsToUint(t.uv2_word.z);
  s.piece = word >> 16;
  s.pane = floatBitsToUint(t.uv2_word.w);
  s.seed = drawable.data.w;
  material_index = drawable.data.z + (word & 0xffffu);
  return s;
}
