#version 460
#extension GL_GOOGLE_include_directive : require
#include "rows.glsl"
// Words 0 to 3: floats of both signs up to 10; 4 to 7: floats from 0 to 1. See kNumbers of the test.

void main() {
  if (gl_GlobalInvocationID.x >= count) return;
  const vec4 a = vec4(in_f(0), in_f(1), in_f(2), in_f(3));
  const vec4 b = vec4(in_f(4), in_f(5), in_f(6), in_f(7));
  const float x = a.x;
  const float p = b.x;
  out_f(0, sin(x));
  out_f(1, cos(x));
  out_f(2, tan(p));
  out_f(3, asin(2.0 * p - 1.0));
  out_f(4, acos(2.0 * p - 1.0));
  out_f(5, atan(x));
  out_f(6, atan(a.x, a.y));
  out_f(7, exp(x));
  out_f(8, exp2(x));
  out_f(9, log(p + 0.01));
  out_f(10, log2(b.y * 100.0 + 1e-4));
  out_f(11, pow(p + 1e-3, b.y * 6.0));
  out_f(12, sqrt(p));
  out_f(13, inversesqrt(p + 1e-3));
  out_f(14, floor(x));
  out_f(15, ceil(x));
  out_f(16, trunc(x));
  out_f(17, roundEven(x));
  out_f(18, sign(x));
  out_f(19, abs(x));
  out_f(20, fract(x));
  out_f(21, mod(a.x, a.y));
  out_f(22, min(a.x, a.y));
  out_f(23, max(a.x, a.y));
  out_f(24, clamp(x, -1.0, 2.0));
  out_f(25, mix(a.x, a.y, p));
  out_f(26, step(a.x, a.y));
  out_f(27, smoothstep(-3.0, 4.0, x));
  out_f(28, length(a));
  out_f(29, distance(a.xy, b.xy));
  out_f(30, dot(a, b));
  const vec3 c = cross(a.xyz, b.xyz);
  out_f(31, c.x);
  out_f(32, c.y);
  out_f(33, c.z);
  const vec3 n = normalize(b.xyz + 0.1);
  out_f(34, n.x);
  out_f(35, reflect(a.xyz, n).y);
  out_f(36, refract(normalize(a.xyz), n, 0.7).z);
  out_f(37, faceforward(n, a.xyz, b.wyz).x);
  const mat3 m = mat3(a.xyz, b.xyz, a.wzy);
  out_f(38, (m * n).x);
  out_f(39, (n * m).y);
  out_f(40, (m * transpose(m))[1][2]);
  out_f(41, (outerProduct(a.xy, b.xy))[1][0]);
  out_f(42, radians(x) + degrees(p));
  out_f(43, fma(a.x, a.y, a.z));
  out_f(44, float(any(lessThan(a, b))) + 2.0 * float(all(lessThan(a.xy, b.xy))));
  out_f(45, x > 0.0 ? a.y : a.z);
  out_f(46, a[in_u(7) & 3u]);
  out_f(47, isnan(x / 0.0 * 0.0) ? 1.0 : 0.0);
  out_f(48, ldexp(x, 3) + ldexp(p, -2));
}
