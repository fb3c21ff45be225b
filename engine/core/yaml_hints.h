// What a reader of YAML means by its errors, in plain words.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"

namespace oddroad::core {

// A text that yaml-cpp refuses at `where` (of `lines`, which have no line ends) with `problem`: its
// error, with what to do about it where that can be told.
Diagnostic explain_yaml_error(const std::vector<std::string_view>& lines,
                              const SourceLocation& where, const std::string& problem);

}  // namespace oddroad::core
