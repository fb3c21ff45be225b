// What one sample came to.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/scenario/outcomes.h"
#include "engine/scenario/variant.h"

namespace oddroad::explore {

// By scenario::outcome_quantities(), SI:
//   min_ttc     least time until the outlines touch if both kept their velocities
//   min_gap     least free gap between the outlines
//   first_seen  free gap when the target shows itself first: kSeen_px pixels of it or more
//   occlusion   mean share of the target's pixels that something hides, over the looks at which it
//               would fill kSeen_px pixels or more alone
//   pixels      most pixels of it in any camera at any look
//   points      most beams of all LiDARs that end on it at any look, within their range; without
//               noise, weather and lost returns
// Looks end when the ego is nearest. Nothing where there is none: they never close in, it is never
// seen, the rig has no such sensor, nobody looked.
using OutcomeValues = std::vector<std::optional<double>>;

inline constexpr std::size_t kSeen_px = 10;

struct Outcome {
  std::uint32_t index = 0;
  scenario::Variant variant;
  OutcomeValues values;
};

}  // namespace oddroad::explore
