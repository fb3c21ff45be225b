// Outcomes as tables.
#pragma once

#include <string>

#include "engine/explore/search.h"
#include "engine/scenario/sample_table.h"

namespace oddroad::explore {

// Every quantity that anybody has: how many samples fall into each class, how many of them are
// kept, and how many are wanted where that is said. Classes are those of the goal, or usual ones.
std::string to_text(const scenario::OutcomeRule& rule, const SearchResult& result);

// A line for each sample that was played: index, attempt, kept, outcomes, parameters.
std::string to_csv(const scenario::Scenario& scenario, const SearchResult& result);

// The kept samples with the classes of their outcomes as columns, then their parameters: for
// report::sample_page.
scenario::SampleTable to_table(const scenario::Scenario& scenario, const SearchResult& result);

}  // namespace oddroad::explore
