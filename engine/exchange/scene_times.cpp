#include "engine/exchange/scene_times.h"

#include <algorithm>
#include <iterator>

namespace oddroad::exchange {

std::int64_t SceneTimes::take(std::int64_t wanted_us, std::int64_t length_us) {
  std::int64_t& start = next_.try_emplace(wanted_us, wanted_us).first->second;
  auto other = taken_.upper_bound(start);
  if (other != taken_.begin()) --other;
  for (; other != taken_.end() && other->first < start + length_us; ++other) {
    start = std::max(start, other->second);
  }
  taken_[start] = start + length_us;
  const std::int64_t mine = start;
  start += length_us;
  return mine;
}

}  // namespace oddroad::exchange
