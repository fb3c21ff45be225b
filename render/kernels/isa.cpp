#include "render/kernels/isa.h"

namespace oddroad::kernels {
namespace {

bool has(Isa isa) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (isa == Isa::kAvx2) return avx2;
  if (isa == Isa::kAvx512) {
    return avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
  }
#endif
  return isa == Isa::kPlain;
}

}  // namespace

core::Result<Isa> choose_isa(const std::string& pinned) {
  if (pinned.empty()) {
    for (const Isa isa : {Isa::kAvx512, Isa::kAvx2}) {
      if (has(isa)) return isa;
    }
    return Isa::kPlain;
  }
  if (pinned == "sse2" || pinned == "sse4.2" || pinned == "avx") return Isa::kPlain;
  const bool wide = pinned == "avx512";
  if (!wide && pinned != "avx2") {
    return core::fail("no instruction set " + pinned,
                      "--isa takes sse2, sse4.2, avx, avx2 or avx512");
  }
  const Isa isa = wide ? Isa::kAvx512 : Isa::kAvx2;
  if (!has(isa)) return core::fail("this processor has no " + pinned);
  return isa;
}

std::string processor_class() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                    __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
  if (avx2 && has(Isa::kAvx512) && __builtin_cpu_supports("avx512cd")) return "avx512";
  if (avx2) return "avx2";
  if (__builtin_cpu_supports("avx")) return "avx";
  if (__builtin_cpu_supports("sse4.2")) return "sse4.2";
#endif
  return "sse2";
}

std::string to_string(Isa isa) {
  return isa == Isa::kAvx512 ? "avx512" : isa == Isa::kAvx2 ? "avx2" : "plain";
}

}  // namespace oddroad::kernels
