#version 460
#extension GL_GOOGLE_include_directive : require
#include "rows.glsl"
// Words 0, 1: any; 2: 1 to 1000; 3: -1000 to -1; 4: 0 to 31; 5: float up to 1000 of both signs.

void main() {
  if (gl_GlobalInvocationID.x >= count) return;
  const uint a = in_u(0);
  const uint b = in_u(1);
  const uint d = in_u(2);
  const int n = in_i(3);
  const uint s = in_u(4);
  const float f = in_f(5);
  out_u(0, a + b);
  out_u(1, a - b);
  out_u(2, a * b);
  out_u(3, a / d);
  out_u(4, a % d);
  out_i(5, int(a) / n);
  out_i(6, int(a >> 2) % int(d));
  out_u(7, a << s);
  out_u(8, a >> s);
  out_i(9, int(a) >> s);
  out_u(10, a & b);
  out_u(11, a | b);
  out_u(12, a ^ ~b);
  out_u(13, uint(a < b) + 2u * uint(int(a) < int(b)) + 4u * uint(a == b) + 8u * uint(a >= d));
  out_i(14, min(int(a), int(b)));
  out_u(15, max(a, b));
  out_i(16, abs(n) + sign(n));
  out_i(17, clamp(int(a), -5, 9));
  out_i(18, bitCount(a));
  out_i(19, findLSB(a & b));
  out_i(20, findMSB(a >> s));
  out_u(21, bitfieldExtract(a, int(s & 15u), 9));
  out_i(22, bitfieldExtract(int(a), int(s & 15u), 9));
  out_u(23, bitfieldInsert(a, b, int(s & 15u), 7));
  out_i(24, int(f));
  out_u(25, uint(abs(f)));
  out_f(26, float(a));
  out_f(27, float(int(a)));
  out_f(28, float(a >> 8));
  out_f(29, unpackUnorm2x16(a).y);
  out_f(30, unpackSnorm2x16(a).x);
  out_f(31, unpackUnorm4x8(a).z);
  out_f(32, unpackSnorm4x8(a).w);
  out_f(33, unpackHalf2x16(a & 0x7bff7bffu).x);
  out_u(34, packUnorm2x16(vec2(f * 0.001, 0.25)));
  out_u(35, packSnorm2x16(vec2(f * 0.001, -0.5)));
  out_u(36, packUnorm4x8(vec4(0.1, f * 0.001, 0.5, 1.0)));
  out_u(37, a % 16u + a / 8u + uint(n & 7));
  out_i(38, n % 16);
  out_i(39, -n + ~n);
  out_u(40, floatBitsToUint(uintBitsToFloat(a) * 1.0) == a ? 1u : 0u);
  const ivec3 v = ivec3(n, int(a), int(s)) * ivec3(3, 5, 7) - ivec3(int(b));
  out_i(41, v.x ^ v.y ^ v.z);
  out_u(42, (d > 500u) != (s > 16u) ? a : b);
  out_u(43, shared_number / 3u + shared_number % 5u + uint(sqrt(float(shared_number))));
}
