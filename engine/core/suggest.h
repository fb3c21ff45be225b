// "did you mean 'traffic'?": the nearest known word.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace oddroad::core {

// Insertions, deletions, substitutions and swaps of neighbours, each 1 (optimal string alignment).
int edit_distance(std::string_view a, std::string_view b);

// The nearest of `known`, or empty where none is near enough to be a slip of the keyboard. Of
// equally near words the first wins.
std::string nearest_word(std::string_view word, const std::vector<std::string>& known);

// "did you mean 'traffic'?", or empty.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

}  // namespace oddroad::core
