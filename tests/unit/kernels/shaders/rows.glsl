// Every test shader: each invocation reads 8 words and writes kOut.
#extension GL_EXT_buffer_reference : require
#extension GL_EXT_buffer_reference_uvec2 : require
layout(local_size_x = 64) in;
layout(buffer_reference, std430, buffer_reference_align = 4) readonly buffer In { uint word[]; };
layout(buffer_reference, std430, buffer_reference_align = 4) writeonly buffer Out { uint word[]; };
layout(push_constant) uniform Push {
  In source;
  Out target;
  uint count;
  uint shared_number;
};
const uint kIn = 8u;
const uint kOut = 64u;

uint in_u(uint k) { return source.word[gl_GlobalInvocationID.x * kIn + k]; }
int in_i(uint k) { return int(in_u(k)); }
float in_f(uint k) { return uintBitsToFloat(in_u(k)); }
void out_u(uint k, uint x) { target.word[gl_GlobalInvocationID.x * kOut + k] = x; }
void out_i(uint k, int x) { out_u(k, uint(x)); }
void out_f(uint k, float x) { out_u(k, floatBitsToUint(x)); }
