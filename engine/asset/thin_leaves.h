// Leaves left out, and the others enlarged so that together they cover as much as before: R. Cook,
// J. Halstead, M. Planck and D. Ryu, "Stochastic Simplification of Aggregate Detail", ACM
// Transactions on Graphics 26 (3), 2007. Internal to this module.
#pragma once

#include <vector>

#include "engine/asset/model.h"

namespace oddroad::asset {

// Leaves are pieces of one or two triangles whose material has the pattern of leaves. They are
// thinned where there are at least kFewestLeaves of a material.
inline constexpr std::size_t kFewestLeaves = 64;

// Takes the leaves' triangles (`triangles` of each leaf; they share no vertex with anything else)
// and appends those of a thinned set to `out`; leaves grow from their middles by at most growth_m
// on average over the set and stay within `bounds`. Which go is drawn by chance keyed by `key`, a
// coarser level's remain a part of a finer level's.
void append_thinned(const math::TriangleMesh& mesh,
                    const std::vector<std::vector<std::uint32_t>>& leaves, double growth_m,
                    std::uint64_t key, math::TriangleMesh& out);

}  // namespace oddroad::asset
