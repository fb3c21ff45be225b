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

// The class of this processor by Embree's names: the widest of "avx512", "avx2", "avx", "sse4.2",
// "sse2" that rays and kernels would use here if nothing were pinned.
std::string processor_class();

}  // namespace oddroad::kernels
