// Picks a kernel by instruction set. For lists of kernels made by oddroad_kernels() of CMake.
#pragma once

#include "render/kernels/isa.h"
#include "render/kernels/kernel.h"

namespace oddroad::kernels {

struct KernelVariants {
  Kernel plain = nullptr;
  Kernel avx2 = nullptr;
  Kernel avx512 = nullptr;

  [[nodiscard]] Kernel of(Isa isa) const {
    return isa == Isa::kAvx512 ? avx512 : isa == Isa::kAvx2 ? avx2 : plain;
  }
};

}  // namespace oddroad::kernels

// At namespace scope of oddroad::kernels: declares what oddroad_kernels(... NAMES name) compiled.
#if defined(__x86_64__)
#define ODDROAD_DECLARE_KERNEL(name) \
  extern const Kernel name##_plain;  \
  extern const Kernel name##_avx2;   \
  extern const Kernel name##_avx512;
#define ODDROAD_KERNEL_VARIANTS(name)        \
  oddroad::kernels::KernelVariants {         \
    name##_plain, name##_avx2, name##_avx512 \
  }
#else
#define ODDROAD_DECLARE_KERNEL(name) extern const Kernel name##_plain;
#define ODDROAD_KERNEL_VARIANTS(name) \
  oddroad::kernels::KernelVariants {  \
    name##_plain                      \
  }
#endif
