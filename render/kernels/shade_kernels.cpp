#include "render/kernels/shade_kernels.h"

#include <array>

#include "engine/core/check.h"
#include "render/kernels/kernel_table.h"
#include "render/shaders/surface_patterns.h"

namespace oddroad::kernels {

#define ODDROAD_KERNEL_ENTRY(name) ODDROAD_DECLARE_KERNEL(name)
#include "shade_kernel_list.inc"
#undef ODDROAD_KERNEL_ENTRY

Kernel shade_kernel(Isa isa, std::uint32_t family) {
#define ODDROAD_KERNEL_ENTRY(name) ODDROAD_KERNEL_VARIANTS(name),
  const std::array kernels{
#include "shade_kernel_list.inc"
  };
#undef ODDROAD_KERNEL_ENTRY
  static_assert(kernels.size() == ODDROAD_FAMILY_COUNT);
  ODDROAD_CHECK_OP(family, <, kernels.size());
  return kernels[family].of(isa);
}

}  // namespace oddroad::kernels
