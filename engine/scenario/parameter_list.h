// Lists of parameters by name: sample.cover, sample.first, rare.over.
#pragma once

#include <string>
#include <vector>

#include "engine/core/yaml.h"
#include "engine/scenario/names.h"

namespace oddroad::scenario {

// What a parameter must be for what is done with it.
enum class Needs {
  kVaries,   // drawn, or depending on what is
  kOwnDraw,  // drawn by itself
};

// Whether there is such a parameter and it is what is needed; reported where not.
bool check_parameter(const std::string& name, const core::SourceLocation& where, Needs needs,
                     Names& names);

// The names in the list of a key; wrong ones, and those that stand there before, are reported and
// left out.
std::vector<std::string> read_parameter_list(const core::YamlNode& list, const std::string& key,
                                             Needs needs, Names& names);

}  // namespace oddroad::scenario
