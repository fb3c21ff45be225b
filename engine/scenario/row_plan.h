// Rows that samples go through: from parameters and bounds to covering arrays and grids.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/scenario/covering.h"
#include "engine/scenario/scenario.h"

namespace oddroad::scenario {

struct RowRequest {
  std::vector<std::string> names;     // parameters that are drawn
  std::map<std::string, int> levels;  // so many equal stretches instead of options
  int ways = 2;
  core::SourceLocation where;  // for errors
};

// Bounds of the scenario on these parameters alone, as rules for rows.
std::vector<Constraint> constraints_of(const Scenario& scenario, const RowRequest& request);
// Options of each, or levels. Errors: a parameter that has neither.
core::Result<std::vector<int>> levels_of(const Scenario& scenario, const RowRequest& request);

// `grid`: all rows, else a covering array. Further errors: those of covering.h.
core::Result<RowPlan> make_row_plan(const Scenario& scenario, const RowRequest& request, bool grid,
                                    std::uint64_t key);

}  // namespace oddroad::scenario
