// For which traffic a signal or an object is there.
#pragma once

namespace oddroad::road {

// Lanes (OpenDRIVE ids, both ends included).
struct LaneValidity {
  int from = 0;
  int to = 0;
};

// For traffic running with s ("+"), against s ("-"), or both ("none").
enum class Orientation { kNone, kWithS, kAgainstS };

}  // namespace oddroad::road
