// What a scenario draws, as a page to look at.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/scenario/sample_table.h"

namespace oddroad::report {

// One HTML file that needs nothing else: facts, a histogram of every column, and a matrix of all
// pairs: points below the diagonal, share of the pairs of classes that occur above it. `facts` are
// pairs of a name and a text, told at the top. Of more than 16 columns the matrix has the first 16.
std::string sample_page(const scenario::SampleTable& table,
                        const std::vector<std::pair<std::string, std::string>>& facts);

}  // namespace oddroad::report
