// Which lane ends touch: what the file links, made symmetric, and what it forgot. Internal.
#pragma once

#include <vector>

#include "engine/core/result.h"
#include "engine/road/road_map.h"

namespace oddroad::road {

// One end of one lane; `at_end`: at the section's larger s.
struct LaneTip {
  int road = 0;
  int section = 0;
  int lane = 0;
  bool at_end = false;
  auto operator<=>(const LaneTip&) const = default;
};

struct TipJoin {
  LaneTip a;
  LaneTip b;
  double gap_m = 0;
  bool derived = false;
  bool through_junction = false;
};

// Centre of the lane's surface at that end.
math::Vec3d tip_position(const RoadMap& map, const LaneTip& tip);

// Joins between sections, over road links and through junctions; each pair once.
std::vector<TipJoin> find_joins(const RoadMap& map, core::Diagnostics& warnings);

}  // namespace oddroad::road
