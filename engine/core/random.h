// Counter-based randomness: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as
// 1, 2, 3", SC 2011). A draw depends only on its key and counter, never on what was drawn before it
// elsewhere, so one parameter, beam or pixel more moves no other draw. No std:: distribution is
// used: their results differ between libraries.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace oddroad::core {

std::array<std::uint32_t, 4> philox4x32_10(std::array<std::uint32_t, 4> counter,
                                           std::array<std::uint32_t, 2> key);

// 64-bit FNV-1a with a final avalanche: for keys, not for security.
std::uint64_t hash64(std::string_view text, std::uint64_t seed = 0);
std::uint64_t hash64(std::uint64_t value, std::uint64_t seed);

// Uniform in (0, 1) from 32 random bits, and with 53-bit resolution from 64.
double unit_from_bits(std::uint32_t bits);
double unit_from_bits64(std::uint32_t high, std::uint32_t low);
// Inverse of the standard normal distribution function (Wichura 1988, AS 241; |error| < 1e-15).
double inverse_normal_cdf(double p);
double normal_cdf(double x);

// A named stream of draws. Two streams with different names are independent.
class RandomStream {
 public:
  // E.g. RandomStream(hash64(scenario), "stage/trees").
  RandomStream(std::uint64_t seed, std::string_view path);

  std::uint32_t bits();
  double uniform();                         // (0, 1)
  double uniform(double lower, double upper);
  double normal();                          // mean 0, deviation 1
  // Whole number in [0, count); count > 0.
  std::uint32_t below(std::uint32_t count);
  bool chance(double probability) { return uniform() < probability; }

 private:
  std::array<std::uint32_t, 2> key_;
  std::uint64_t counter_ = 0;
};

}  // namespace oddroad::core
