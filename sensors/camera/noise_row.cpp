#include "sensors/camera/noise_row.h"

#include <cmath>

#include "engine/core/random.h"

namespace oddroad::camera {
namespace {

std::array<std::uint32_t, 2> halves(std::uint64_t key) {
  return {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)};
}

// Philox4x32-10 for eight blocks at once, which compilers turn into vector code; the same numbers
// as core::philox4x32_10 for counters (first + k, y, stream, 0).
constexpr int kLanes = 8;
using Lanes = std::array<std::uint32_t, kLanes>;

void philox_blocks(std::uint32_t first, std::uint32_t y, std::uint32_t stream,
                   std::array<std::uint32_t, 2> k, std::array<Lanes, 4>& c) {
  for (int i = 0; i < kLanes; ++i) {
    c[0][i] = first + static_cast<std::uint32_t>(i);
    c[1][i] = y;
    c[2][i] = stream;
    c[3][i] = 0;
  }
  for (int round = 0; round < 10; ++round) {
    for (int i = 0; i < kLanes; ++i) {
      const std::uint64_t p0 = std::uint64_t{0xD2511F53u} * c[0][i];
      const std::uint64_t p1 = std::uint64_t{0xCD9E8D57u} * c[2][i];
      c[0][i] = static_cast<std::uint32_t>(p1 >> 32) ^ c[1][i] ^ k[0];
      c[1][i] = static_cast<std::uint32_t>(p1);
      c[2][i] = static_cast<std::uint32_t>(p0 >> 32) ^ c[3][i] ^ k[1];
      c[3][i] = static_cast<std::uint32_t>(p0);
    }
    k[0] += 0x9E3779B9u;
    k[1] += 0xBB67AE85u;
  }
}

}  // namespace

const std::array<float, 4096>& normal_table() {
  static const std::array<float, 4096> table = [] {
    std::array<float, 4096> out;
    double squares = 0;
    for (std::size_t k = 0; k < out.size(); ++k) {
      const double z = core::inverse_normal_cdf((static_cast<double>(k) + 0.5) / out.size());
      out[k] = static_cast<float>(z);
      squares += z * z;
    }
    const double scale = std::sqrt(out.size() / squares);
    for (float& z : out) z = static_cast<float>(z * scale);
    return out;
  }();
  return table;
}

void fill_normals(std::uint64_t key, std::uint32_t y, std::uint32_t stream, int n, float* out) {
  const std::array<float, 4096>& table = normal_table();
  const auto k = halves(key);
  std::array<Lanes, 4> blocks;
  for (int x = 0; x < n; x += 8 * kLanes) {
    philox_blocks(static_cast<std::uint32_t>(x / 8), y, stream, k, blocks);
    for (int i = 0; i < kLanes && x + 8 * i < n; ++i) {
      for (int word = 0; word < 4; ++word) {
        out[x + 8 * i + 2 * word] = table[blocks[word][i] & 4095];
        out[x + 8 * i + 2 * word + 1] = table[blocks[word][i] >> 20];
      }
    }
  }
}

float one_normal(std::uint64_t key, std::uint32_t y, std::uint32_t stream) {
  return normal_table()[core::philox4x32_10({0, y, stream, 1}, halves(key))[0] >> 20];
}

int poisson(float mean, float uniform) {
  float p = std::exp(-mean);
  float left = uniform - p;
  int n = 0;
  while (left > 0 && n < 100) {
    ++n;
    p *= mean / static_cast<float>(n);
    left -= p;
  }
  return n;
}

}  // namespace oddroad::camera
