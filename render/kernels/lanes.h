// What translated shaders are written in: vectors of one number for each of kLanes invocations, and
// functions on them that exist for single numbers too (values that all lanes share).
//
// vf, vi, vu: floats, signed and unsigned integers; vm: truth values; vp: addresses. The operators
// of the compiler's vector extension do arithmetic; the rest is functions. Included by generated
// files only: each is compiled for one instruction set, so everything here stays inside its object
// file.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

#include "render/kernels/kernel.h"

#if defined(__GNUC__) && !defined(__clang__)
// Idle lanes carry whatever was there.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wpsabi"
#endif
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wunused-but-set-variable"
#pragma GCC diagnostic ignored "-Wunused-variable"

// Defines the symbol by which a kernel is found: its name and the instruction set.
#define ODDROAD_JOINED_(name, isa) name##_##isa
#define ODDROAD_JOINED(name, isa) ODDROAD_JOINED_(name, isa)
#define ODDROAD_KERNEL(name, function)                          \
  extern const Kernel ODDROAD_JOINED(name, ODDROAD_KERNEL_ISA); \
  const Kernel ODDROAD_JOINED(name, ODDROAD_KERNEL_ISA) = function;

#define ODDROAD_LANES static inline __attribute__((always_inline))

#if defined(__AVX512F__)
#include "render/kernels/lanes_avx512.h"
#elif defined(__AVX2__)
#include "render/kernels/lanes_avx2.h"
#else
#include "render/kernels/lanes_plain.h"
#endif
#include "render/kernels/lane_numbers.h"
// Built on those above.
#include "render/kernels/lane_math.h"
#include "render/kernels/lane_memory.h"
