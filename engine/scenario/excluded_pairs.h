// Which options of two parameters never come together, whatever is drawn.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/scenario/scenario.h"

namespace oddroad::scenario {

// By the names of two parameters, in either order: numbers of options of the first and the second,
// those of weight 0 not counted.
using ExcludedPairs =
    std::map<std::pair<std::string, std::string>, std::set<std::pair<std::size_t, std::size_t>>>;

// `names`: parameters with lists of options. What `forbid` and `require` say of them alone counts,
// what follows from several of those together, too; what they say of other parameters does not.
ExcludedPairs excluded_pairs(const Scenario& scenario, const std::vector<std::string>& names);

}  // namespace oddroad::scenario
