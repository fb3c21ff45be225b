#version 460
layout(local_size_x = 64) in;
layout(set = 0, binding = 0, rgba16f) uniform writeonly image2D picture;
void main() { imageStore(picture, ivec2(gl_GlobalInvocationID.xy), vec4(1)); }
