// What is wrong with a camera, and when. Times count from the start of the simulation; without
// `from` and `to` a fault is there all the time.
//   faults:
//     - {type: soiling, coverage: 15 %, opacity: 70 %}     # dirt on the glass, out of focus
//     - {type: scratches, count: 20}                       # fine lines that scatter light
//     - {type: frozen, from: 2 s, to: 3 s}                 # the picture before `from` again
//     - {type: dropped, from: 1 s, share: 20 %}            # frames without a picture
//     - {type: overexposed, from: 1 s, by: 3}              # exposure values beside the right one;
//                                                          # below 0: too dark
//     - {type: hot_pixels, share: 0.1 %}
//     - {type: row_dropout, share: 2 %}                    # rows without signal, other ones in
//                                                          # each frame
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "engine/core/map_reader.h"

namespace oddroad::camera {

enum class FaultType : std::uint8_t {
  kSoiling,
  kScratches,
  kFrozen,
  kDropped,
  kOverexposed,
  kHotPixels,
  kRowDropout
};

struct FaultSettings {
  FaultType type = FaultType::kSoiling;
  std::int64_t from_ns = 0;
  std::int64_t to_ns = std::numeric_limits<std::int64_t>::max();  // not included
  double amount = 0;     // coverage, count, share or exposure values
  double opacity = 0.7;  // soiling only

  [[nodiscard]] bool at(std::int64_t stamp_ns) const {
    return stamp_ns >= from_ns && stamp_ns < to_ns;
  }
};

// "soiling", "scratches", ...
const char* name_of(FaultType type);

// Reads `faults` of a camera. Errors go to the reader's diagnostics.
void read_faults(core::MapReader& camera, std::vector<FaultSettings>& out);

}  // namespace oddroad::camera
