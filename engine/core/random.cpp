#include "engine/core/random.h"

#include <cmath>

#include "engine/core/check.h"

namespace oddroad::core {

std::array<std::uint32_t, 4> philox4x32_10(std::array<std::uint32_t, 4> c,
                                           std::array<std::uint32_t, 2> k) {
  constexpr std::uint64_t kMultiplier0 = 0xD2511F53u;
  constexpr std::uint64_t kMultiplier1 = 0xCD9E8D57u;
  constexpr std::uint32_t kWeyl0 = 0x9E3779B9u;
  constexpr std::uint32_t kWeyl1 = 0xBB67AE85u;
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t p0 = kMultiplier0 * c[0];
    const std::uint64_t p1 = kMultiplier1 * c[2];
    c = {static_cast<std::uint32_t>(p1 >> 32) ^ c[1] ^ k[0], static_cast<std::uint32_t>(p1),
         static_cast<std::uint32_t>(p0 >> 32) ^ c[3] ^ k[1], static_cast<std::uint32_t>(p0)};
    k[0] += kWeyl0;
    k[1] += kWeyl1;
  }
  return c;
}

namespace {

// Finaliser of MurmurHash3 (Appleby): every input bit flips each output bit with probability 1/2.
std::uint64_t avalanche(std::uint64_t h) {
  h ^= h >> 33;
  h *= 0xff51afd7ed558ccdull;
  h ^= h >> 33;
  h *= 0xc4ceb9fe1a85ec53ull;
  return h ^ (h >> 33);
}

}  // namespace

std::uint64_t hash64(std::string_view text, std::uint64_t seed) {
  std::uint64_t h = 14695981039346656037ull ^ avalanche(seed);
  for (const char c : text) {
    h ^= static_cast<unsigned char>(c);
    h *= 1099511628211ull;
  }
  return avalanche(h);
}

std::uint64_t hash64(std::uint64_t value, std::uint64_t seed) {
  return avalanche(avalanche(seed + 0x9e3779b97f4a7c15ull) ^ (value + 0x632be59bd9b4e019ull));
}

double unit_from_bits(std::uint32_t bits) { return (bits + 0.5) * 0x1p-32; }

double unit_from_bits64(std::uint32_t high, std::uint32_t low) {
  const std::uint64_t all = (std::uint64_t{high} << 32) | low;
  return (static_cast<double>(all >> 12) + 0.5) * 0x1p-52;
}

double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

double inverse_normal_cdf(double p) {
  ODDROAD_CHECK(p > 0 && p < 1);
  const auto ratio = [](const double (&a)[8], const double (&b)[7], double r) {
    double numerator = a[7];
    double denominator = b[6];
    for (int i = 6; i >= 0; --i) numerator = numerator * r + a[i];
    for (int i = 5; i >= 0; --i) denominator = denominator * r + b[i];
    return numerator / (denominator * r + 1.0);
  };
  static constexpr double kA[8] = {3.3871328727963666080e0,  1.3314166789178437745e2,
                                   1.9715909503065514427e3,  1.3731693765509461125e4,
                                   4.5921953931549871457e4,  6.7265770927008700853e4,
                                   3.3430575583588128105e4,  2.5090809287301226727e3};
  static constexpr double kB[7] = {4.2313330701600911252e1, 6.8718700749205790830e2,
                                   5.3941960214247511077e3, 2.1213794301586595867e4,
                                   3.9307895800092710610e4, 2.8729085735721942674e4,
                                   5.2264952788528545610e3};
  static constexpr double kC[8] = {1.42343711074968357734e0, 4.63033784615654529590e0,
                                   5.76949722146069140550e0, 3.64784832476320460504e0,
                                   1.27045825245236838258e0, 2.41780725177450611770e-1,
                                   2.27238449892691845833e-2, 7.74545014278341407640e-4};
  static constexpr double kD[7] = {2.05319162663775882187e0, 1.67638483018380384940e0,
                                   6.89767334985100004550e-1, 1.48103976427480074590e-1,
                                   1.51986665636164571966e-2, 5.47593808499534494600e-4,
                                   1.05075007164441684324e-9};
  static constexpr double kE[8] = {6.65790464350110377720e0, 5.46378491116411436990e0,
                                   1.78482653991729133580e0, 2.96560571828504891230e-1,
                                   2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                   2.71155556874348757815e-5, 2.01033439929228813265e-7};
  static constexpr double kF[7] = {5.99832206555887937690e-1, 1.36929880922735805310e-1,
                                   1.48753612908506148525e-2, 7.86869131145613259100e-4,
                                   1.84631831751005468180e-5, 1.42151175831644588870e-7,
                                   2.04426310338993978564e-15};
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) return q * ratio(kA, kB, 0.180625 - q * q);
  double r = std::sqrt(-std::log(q < 0 ? p : 1 - p));
  r = r <= 5 ? ratio(kC, kD, r - 1.6) : ratio(kE, kF, r - 5);
  return q < 0 ? -r : r;
}

RandomStream::RandomStream(std::uint64_t seed, std::string_view path) {
  const std::uint64_t h = hash64(path, seed);
  key_ = {static_cast<std::uint32_t>(h), static_cast<std::uint32_t>(h >> 32)};
}

std::uint32_t RandomStream::bits() {
  const std::uint64_t block = counter_ / 4;
  const auto out = philox4x32_10(
      {static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32), 0, 0}, key_);
  return out[counter_++ % 4];
}

double RandomStream::uniform() { return unit_from_bits(bits()); }

double RandomStream::uniform(double lower, double upper) {
  return lower + (upper - lower) * uniform();
}

double RandomStream::normal() { return inverse_normal_cdf(uniform()); }

std::uint32_t RandomStream::below(std::uint32_t count) {
  ODDROAD_CHECK_OP(count, >, 0u);
  return static_cast<std::uint32_t>((std::uint64_t{bits()} * count) >> 32);
}

}  // namespace oddroad::core
