// Samples to linear radiance in cd/m2 per channel (RGB, sRGB primaries).
//
// One compiled variant per family of surfaces (constant FAMILY); the host sorts samples by family.
// World frame: x east, y north, z up, metres. Camera frame: x right, y down, z forward.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_buffer_reference : require
#extension GL_EXT_buffer_reference_uvec2 : require
#extension GL_EXT_control_flow_attributes : require
#include "layouts.h"
#include "surface_patterns.h"
#include "beams.h"
#include "puddles.h"

layout(constant_id = 0) const uint FAMILY = ODDROAD_FAMILY_PLAIN;
layout(local_size_x = 128) in;

layout(buffer_reference, std430, buffer_reference_align = 4) readonly buffer Inputs {
  ShadeInput item[];
};
layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer Drawables {
  ShadeDrawable item[];
};
layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer Materials {
  ShadeMaterial item[];
};
layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer Triangles {
  ShadeTriangle item[];
};
layout(buffer_reference, std430, buffer_reference_align = 4) readonly buffer Texels {
  uint item[];
};
layout(buffer_reference, std430, buffer_reference_align = 4) writeonly buffer Radiance {
  float item[];
};

layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer Lights {
  ShadeLight item[];
};
layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer Cells {
  ShadeCell item[];
};
layout(buffer_reference, std430, buffer_reference_align = 4) readonly buffer Members {
  uint item[];
};
layout(buffer_reference, std430, buffer_reference_align = 4) readonly buffer Reflections {
  float item[];
};

layout(push_constant) uniform Push {
  Inputs inputs;
  Drawables drawables;
  Materials materials;
  Radiance radiance;
  Lights lights;
  Cells cells;
  Members members;
  Reflections reflections;
  uint first;
  uint count;
};
layout(set = 0, binding = 0, std140) uniform Frame { ShadeFrame frame; };
layout(set = 0, binding = 1) uniform sampler2D sky_map;     // what is seen where nothing is hit
layout(set = 0, binding = 2) uniform sampler2D mirror_map;  // what surfaces reflect, level = blur

const float kPi = 3.14159265358979;

#include "noise.glsl"
#include "surface.glsl"
#include "light.glsl"
#include "local_lights.glsl"
#include "lit.glsl"
#include "air.glsl"
#include "wet.glsl"
#include "patterns_road.glsl"
#include "patterns_blocks.glsl"
#include "patterns_mottled.glsl"
#include "coated.glsl"
#include "glass.glsl"
#include "living.glsl"
#include "textured.glsl"

vec3 surface_radiance(Surface s, ShadeMaterial m) {
  if (FAMILY == ODDROAD_FAMILY_ROAD) {
    return wet_road(s, road_finish(s, m), beside_tracks(s.uv));
  }
  if (FAMILY == ODDROAD_FAMILY_BLOCKS) {
    const Finish f = blocks_finish(s, m);  // bends the normal
    return wet_road(s, f, 1.0);
  }
  if (FAMILY == ODDROAD_FAMILY_MOTTLED) return lit_rough(s, weathered(s, mottled_finish(s, m)));
  if (FAMILY == ODDROAD_FAMILY_LIVING) return living_radiance(s, m);
  if (FAMILY == ODDROAD_FAMILY_COATED) return snowed(s, coated_radiance(s, m));
  if (FAMILY == ODDROAD_FAMILY_GLASS) return snowed(s, glass_radiance(s, m));
  if (FAMILY == ODDROAD_FAMILY_TEXTURED) return textured_radiance(s, m);
  return plain_radiance(s, m);
}

vec4 mirror_at(uint reflection) {
  if (FAMILY != ODDROAD_FAMILY_ROAD && FAMILY != ODDROAD_FAMILY_BLOCKS) return vec4(0);
  if (reflection == 0u) return vec4(0);
  const uint at = 3u * (reflection - 1u);
  return vec4(reflections.item[at], reflections.item[at + 1u], reflections.item[at + 2u], 1.0);
}

void main() {
  if (gl_GlobalInvocationID.x >= count) return;
  const ShadeInput sample_in = inputs.item[first + gl_GlobalInvocationID.x];
  vec3 result;
  if (FAMILY == ODDROAD_FAMILY_SKY) {
    const vec3 direction = world_direction(pixel_direction(sample_in));
    result = past_plume(sky_radiance(direction, 0.5 / frame.lens.x, unpackUnorm2x16(sample_in.visibility).x), eye_position(), direction, 1e4);
    result += lamp_haze(eye_position(), direction, 150.0, frame.weather.fog.x + frame.weather.fog.w);
  } else {
    uint material_index;
    Surface s = find_surface(sample_in, material_index);
    const ShadeMaterial m = materials.item[material_index];
    s.mirror = mirror_at(sample_in.reflection);
    s.retro = unpackHalf2x16(m.texture_ref.w).y;
    result = through_air(s, surface_radiance(s, m));
    // What is seen through a pane brings its own air along: ours counts for what the pane hides.
    if (FAMILY == ODDROAD_FAMILY_GLASS) result -= passing(s, m) * through_air(s, vec3(0));
  }
  const uint at = 3 * sample_in.output_index;
  radiance.item[at] = result.x;
  radiance.item[at + 1] = result.y;
  radiance.item[at + 2] = result.z;
}
