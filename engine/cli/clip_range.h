// "A..B" (both included), "A", or empty for all of a scenario's samples.
#pragma once

#include <cstdint>
#include <string>

#include "engine/core/result.h"

namespace oddroad::cli {

struct ClipRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

// `option` names it in messages: "--clips".
core::Result<ClipRange> parse_clip_range(const std::string& option, const std::string& text,
                                         std::uint32_t sample_count);

}  // namespace oddroad::cli
