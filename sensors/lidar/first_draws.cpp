#include "sensors/lidar/first_draws.h"

#include "engine/core/check.h"

namespace oddroad::lidar {
namespace {

// In: columns and beams in the first two arrays. Out: the four words of each block.
using Blocks = void (*)(std::size_t n, std::uint32_t key0, std::uint32_t key1, std::uint32_t* w0,
                        std::uint32_t* w1, std::uint32_t* w2, std::uint32_t* w3);

// core::philox4x32_10, one shot a lane.
void blocks(std::size_t n, std::uint32_t key0, std::uint32_t key1, std::uint32_t* __restrict w0,
            std::uint32_t* __restrict w1, std::uint32_t* __restrict w2,
            std::uint32_t* __restrict w3) {
  for (std::size_t i = 0; i < n; ++i) {
    std::uint32_t c0 = w0[i], c1 = w1[i], c2 = 0, c3 = 0;
    std::uint32_t k0 = key0, k1 = key1;
#pragma GCC unroll 10
    for (int round = 0; round < 10; ++round) {
      const std::uint64_t p0 = std::uint64_t{0xD2511F53u} * c0;
      const std::uint64_t p1 = std::uint64_t{0xCD9E8D57u} * c2;
      c0 = static_cast<std::uint32_t>(p1 >> 32) ^ c1 ^ k0;
      c1 = static_cast<std::uint32_t>(p1);
      c2 = static_cast<std::uint32_t>(p0 >> 32) ^ c3 ^ k1;
      c3 = static_cast<std::uint32_t>(p0);
      k0 += 0x9E3779B9u;
      k1 += 0xBB67AE85u;
    }
    w0[i] = c0, w1[i] = c1, w2[i] = c2, w3[i] = c3;
  }
}

// As in ground_fields.cpp.
#ifdef __x86_64__
__attribute__((target("avx2"), flatten)) void blocks_avx2(std::size_t n, std::uint32_t key0,
                                                          std::uint32_t key1, std::uint32_t* w0,
                                                          std::uint32_t* w1, std::uint32_t* w2,
                                                          std::uint32_t* w3) {
  blocks(n, key0, key1, w0, w1, w2, w3);
}
__attribute__((target("avx2,avx512f,avx512dq,avx512bw,avx512vl"), flatten)) void blocks_avx512(
    std::size_t n, std::uint32_t key0, std::uint32_t key1, std::uint32_t* w0, std::uint32_t* w1,
    std::uint32_t* w2, std::uint32_t* w3) {
  blocks(n, key0, key1, w0, w1, w2, w3);
}
#endif

Blocks widest() {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")) {
    return blocks_avx512;
  }
  if (__builtin_cpu_supports("avx2")) return blocks_avx2;
#endif
  return blocks;
}

}  // namespace

void FirstDraws::make(std::uint64_t key, std::span<const Shot> shots) {
  static const Blocks kBlocks = widest();
  ODDROAD_CHECK_OP(shots.size(), <=, kMost);
  for (std::size_t k = 0; k < shots.size(); ++k) {
    words_[0][k] = shots[k].column;
    words_[1][k] = shots[k].beam;
  }
  kBlocks(shots.size(), static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32),
          words_[0].data(), words_[1].data(), words_[2].data(), words_[3].data());
}

}  // namespace oddroad::lidar
