// The strip that vehicles sweep along a lane, and where two strips overlap. Internal.
#pragma once

#include "engine/traffic/conflicts.h"

namespace oddroad::traffic {

// Roads that lie further above each other than this do not meet.
inline constexpr double kClearance_m = 3;

struct Strip {
  std::vector<math::Vec2d> centre;
  std::vector<double> z;
  std::vector<double> half[2];
  math::Vec2d low{1e300}, high{-1e300};
};

// Along the middle of what is swept: heavy vehicles cut towards the inside of bends.
Strip strip_of(const LaneTable& table, const Lane& lane, Swath swath);

struct Zone {
  Interval a, b;
};

// Runs of samples of `a` that overlap `b`, each with what it overlaps there.
std::vector<Zone> overlaps(const Strip& a, Swath sa, double spacing_a, const Strip& b, Swath sb,
                           double spacing_b);

}  // namespace oddroad::traffic
