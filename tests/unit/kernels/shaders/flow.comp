#version 460
#extension GL_GOOGLE_include_directive : require
#include "rows.glsl"
// Words 0, 1: any; 2: 0 to 20. Loops, switches, early ends, local arrays, structures, functions.

struct Walk {
  uint steps;
  uint place;
  bool far;
};

Walk walk(uint seed, uint most) {
  Walk w = Walk(0u, seed, false);
  for (uint i = 0u; i < most; ++i) {
    if ((w.place & 7u) == 5u) continue;
    w.place = w.place * 1664525u + 1013904223u;
    if (w.place > 0xf0000000u) {
      w.far = true;
      break;
    }
    ++w.steps;
    if ((w.place & 15u) == 0u) return w;
  }
  return w;
}

uint classify(uint x) {
  uint out_value = 0u;
  switch (x & 7u) {
    case 0u: out_value = 11u; break;
    case 1u:
    case 2u: out_value += 5u;
    case 3u: out_value += 7u; break;
    case 4u: if (x > 0x80000000u) return 77u;
    case 5u: out_value += 100u;
    default: out_value += 1000u;
  }
  return out_value;
}

uint collatz(uint n) {
  uint last = n;
  uint i = 0u;
  while (true) {
    last = n;
    if (n <= 1u || i >= 40u) break;
    n = (n & 1u) == 0u ? n / 2u : 3u * n + 1u;
    ++i;
  }
  return last * 64u + i;
}

void main() {
  if (gl_GlobalInvocationID.x >= count) return;
  const uint a = in_u(0);
  const uint b = in_u(1);
  const uint n = in_u(2);
  const Walk w = walk(a, n);
  out_u(0, w.steps);
  out_u(1, w.place);
  out_u(2, w.far ? 1u : 0u);
  out_u(3, classify(a));
  out_u(4, classify(b));
  out_u(5, collatz(n));
  uint table[8] = uint[8](1u, 2u, 4u, 8u, 16u, 32u, 64u, 128u);
  for (uint i = 0u; i < n; ++i) table[(a + i) & 7u] += b >> i;
  uint sum = 0u;
  for (uint i = 0u; i < 8u; ++i) sum = sum * 3u + table[i];
  out_u(6, sum);
  // Nested loops whose inner one ends at different times for each invocation.
  uint found = 0u;
  uint i = 0u;
  uint j = 0u;
  for (i = 0u; i < 6u; ++i) {
    for (j = 0u; j < n; ++j) {
      found = found * 31u + i * j;
      if (((a >> (i + j)) & 3u) == 3u) break;
    }
    if (found > 0x40000000u) break;
  }
  out_u(7, found + i * 1000u + j);
  // The same for all: a uniform loop with a break that invocations disagree on.
  float total = 0.0;
  float last = -1.0;
  for (uint k = 0u; k < shared_number; ++k) {
    last = float(k);
    total += float((b >> k) & 1u) * 0.5;
    if (total > float(n) * 0.25) break;
  }
  out_f(8, total);
  out_f(9, last);
  if (shared_number > 3u) {
    out_u(10, 1u);
    if (n > 10u) {
      out_u(11, 2u);
      return;
    }
    out_u(11, 3u);
  } else {
    out_u(10, 4u);
  }
  do {
    ++found;
    if ((found & 1u) == 0u) continue;
    found += 3u;
  } while ((found % 7u) != 0u);
  out_u(12, found);
  // Swapped each round: phis that read each other.
  uint p = a;
  uint q = b;
  for (uint k = 0u; k < n; ++k) {
    const uint old = p;
    p = q + k;
    q = old;
  }
  out_u(13, p ^ (q * 3u));
}
