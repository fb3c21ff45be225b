// Which clips train and which test.
#pragma once

#include <string>
#include <vector>

#include "engine/core/result.h"

namespace oddroad::exchange {

struct SplitShare {
  std::string name;  // letters, digits, '-' and '_'
  double share = 0;  // of the clips
  bool operator==(const SplitShare&) const = default;
};

// "train:0.8,val:0.2". Errors: another shape, a name twice, shares that do not add up to 1.
core::Result<std::vector<SplitShare>> parse_split(const std::string& text);

// By a hash of the clip's name: a clip is never cut, and stays where it is when others are added.
const std::string& split_of(const std::string& clip, const std::vector<SplitShare>& split);

}  // namespace oddroad::exchange
