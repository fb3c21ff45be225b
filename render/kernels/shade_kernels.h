// The shading source (render/shaders/shade.comp) as C++.
#pragma once

#include <cstdint>

#include "render/kernels/isa.h"
#include "render/kernels/kernel.h"

namespace oddroad::kernels {

// Push constants shaders::ShadePush with host addresses; binding 0: address of a
// shaders::ShadeFrame; images at bindings 1 (what is seen of the sky) and 2 (what surfaces
// reflect). family: ODDROAD_FAMILY_*.
Kernel shade_kernel(Isa isa, std::uint32_t family);

}  // namespace oddroad::kernels
