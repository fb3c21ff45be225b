// Covering arrays: few rows in which every combination of options of any `ways` factors occurs.
// Greedy, row by row, the best of many candidates each time (as AETG does: D. M. Cohen et al., "The
// AETG system", IEEE Trans. Softw. Eng. 23, 1997).
#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/result.h"

namespace oddroad::scenario {

// Which combinations of some factors may stand in one row.
struct Constraint {
  std::vector<int> factors;
  std::vector<bool> allowed;  // the options of the first factor count fastest
};

struct CoverRequest {
  std::vector<int> levels;  // options of each factor, 1 or more
  int ways = 2;             // 1 or more, at most as many as there are factors
  std::vector<Constraint> constraints;
  std::uint64_t key = 0;  // of the choices among equals
};

struct CoveringArray {
  std::vector<std::vector<int>> rows;  // option of each factor, counted from 0
  std::size_t combinations = 0;        // that occur in the rows: all that are possible
  std::size_t impossible = 0;          // that no allowed row has
};

// No array has fewer rows: the product of the `ways` largest numbers of options.
std::size_t fewest_rows(const std::vector<int>& levels, int ways);

// Errors: more than 200,000 combinations or 5,000 rows; no row is allowed.
core::Result<CoveringArray> cover_combinations(const CoverRequest& request);
// Every allowed row, the last factor fastest. Errors: more than 100,000; none is allowed.
core::Result<std::vector<std::vector<int>>> all_rows(const std::vector<int>& levels,
                                                     const std::vector<Constraint>& constraints);
// Share of the possible combinations of `ways` factors that occur in the rows.
double coverage(const std::vector<std::vector<int>>& rows, const CoverRequest& request);

}  // namespace oddroad::scenario
