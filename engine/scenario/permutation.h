// A shuffled order of whole numbers that can be asked for one place at a time.
#pragma once

#include <cstdint>

namespace oddroad::scenario {

// A one-to-one function of [0, count) onto itself, another one for each key: a Feistel network over
// the next power of four, walked until it falls below `count`. index < count.
std::uint32_t permuted(std::uint32_t index, std::uint32_t count, std::uint64_t key);

}  // namespace oddroad::scenario
