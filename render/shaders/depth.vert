#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_buffer_reference : require
#include "layouts.h"

layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer Instances {
  RasterInstance item[];
};
layout(push_constant) uniform Push { Instances instances; };
layout(location = 0) in vec3 position;

void main() {
  gl_Position = instances.item[gl_InstanceIndex].clip_from_mesh * vec4(position, 1);
}
