#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_buffer_reference : require
#include "layouts.h"

layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer Instances {
  RasterInstance item[];
};
layout(push_constant) uniform Push { Instances instances; };
layout(location = 0) in vec3 position;
layout(location = 0) flat out uvec2 seen;

void main() {
  gl_Position = instances.item[gl_InstanceIndex].clip_from_mesh * vec4(position, 1);
  // Meshes are ordered so that vertex t is the provoking vertex of triangle t: its index is the
  // triangle's number, at no cost (gl_PrimitiveID is slow on software drivers).
  seen = uvec2(instances.item[gl_InstanceIndex].drawable.x, gl_VertexIndex);
}
