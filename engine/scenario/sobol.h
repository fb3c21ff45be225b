// Digital sequences in base 2: sets of coordinates whose first 2^m points fall evenly into all
// stretches of length 2^-m, and into boxes where several coordinates are taken together.
//   I. M. Sobol', "On the distribution of points in a cube and the approximate evaluation of
//   integrals", 1967. Direction numbers: S. Joe and F. Y. Kuo, "Constructing Sobol sequences with
//   better two-dimensional projections", SIAM J. Sci. Comput. 30 (2008), table new-joe-kuo-6.21201,
//   here as far as polynomials of degree 8 go. Scrambling: A. B. Owen, "Randomly permuted (t,m,s)-
//   nets and (t,s)-sequences", 1995: each bit is flipped or not by a hash of the bits before it.
#pragma once

#include <array>
#include <cstdint>

namespace oddroad::scenario {

// Column k is the coordinate of point 2^k, as a binary fraction of 32 bits.
using DigitalColumns = std::array<std::uint32_t, 32>;

inline constexpr int kSobolDimensions = 53;
// 0 <= dimension < kSobolDimensions.
DigitalColumns sobol_columns(int dimension);
// Point `index` of the sequence.
std::uint32_t digital_point(const DigitalColumns& columns, std::uint32_t index);
// Keeps all evenness; each point by itself becomes uniform.
std::uint32_t owen_scrambled(std::uint32_t point, std::uint64_t key);

// A sequence of its own for any key: as even as one of Sobol's by itself, in every aligned block of
// 2^m points, and independent of those of other keys beyond that. Bit j of a point is bit j of its
// index, flipped by a hash of the bits before it and of the index's higher bits (compare A. Helmer,
// P. Christensen, A. Kensler, "Stochastic generation of (t, s) sample sequences", EGSR 2021).
// Linear columns drawn by the key would not do: two of 500 points agree in their first bit once in
// 256.
std::uint32_t stratified_point(std::uint32_t index, std::uint64_t key);

}  // namespace oddroad::scenario
