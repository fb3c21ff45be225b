// Instruction sets that kernels are compiled for.
#pragma once

#include <string>

#include "engine/core/result.h"

namespace oddroad::kernels {

enum class Isa {
  kPlain,   // what every processor of the platform has
  kAvx2,    // with FMA
  kAvx512,  // F, DQ, BW, VL; the same bits as kAvx2
};

// The best one that this processor has. `pinned` takes Embree's names (sse2, sse4.2, avx, avx2,
// avx512): the best that needs no more than that; "" leaves the choice to the processor. Errors: a
// name that is not known, or that the processor lacks.
core::Result<Isa> choose_isa(const std::string& pinned = "");
std::string to_string(Isa isa);

}  // namespace oddroad::kernels
