// COCO's run lengths (maskApi of its API): pixels column by column, the first run counts zeros.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/exchange/segments.h"

namespace oddroad::exchange {

std::vector<std::uint32_t> run_lengths(const capture::Image<SegmentKey>& keys, SegmentKey key,
                                       const PixelBox& box);
// Five bits a character from '0' on, lowest first, bit 5: more follow; signed, and from the fourth
// run on the difference to the run two before.
std::string encode_runs(const std::vector<std::uint32_t>& runs);

}  // namespace oddroad::exchange
