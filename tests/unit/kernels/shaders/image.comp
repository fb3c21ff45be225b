#version 460
#extension GL_GOOGLE_include_directive : require
#include "rows.glsl"
// Words 0, 1: u, v; 2: level.
layout(set = 0, binding = 0) uniform sampler2D panorama;

void main() {
  if (gl_GlobalInvocationID.x >= count) return;
  const vec4 all = textureLod(panorama, vec2(in_f(0), in_f(1)), in_f(2));
  out_f(0, all.x);
  out_f(1, all.y);
  out_f(2, all.z);
  out_f(3, all.w);
  out_f(4, textureLod(panorama, vec2(in_f(0) * 0.5, 0.25), 1.0).y);
}
