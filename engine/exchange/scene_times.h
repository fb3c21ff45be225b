// When the scenes of one export begin. nuScenes' scenes are drives of one car: no two at one time,
// and its development kit cannot sort scenes that begin at one instant. Ours all begin at their
// scenarios' date, so the later ones wait.
#pragma once

#include <cstdint>
#include <map>

namespace oddroad::exchange {

class SceneTimes {
 public:
  // The first instant from `wanted_us` on at which `length_us` are free, and behind all that wanted
  // the same; they are taken from then on. Depends on the calls before it alone.
  std::int64_t take(std::int64_t wanted_us, std::int64_t length_us);

 private:
  std::map<std::int64_t, std::int64_t> taken_;  // begin to end
  std::map<std::int64_t, std::int64_t> next_;   // by what was wanted: where to look on
};

}  // namespace oddroad::exchange
