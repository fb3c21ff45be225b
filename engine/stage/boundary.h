// What closes gardens and yards off: hedges, fences, walls, railings, in pieces along the edge.
#pragma once

#include "engine/stage/placer.h"

namespace oddroad::stage {

enum class Boundary { kNone, kHedge, kPickets, kWall, kRailing };

struct BoundaryLine {
  Boundary kind = Boundary::kHedge;
  double height_m = 1.1;
  double offset_m = .5;    // beyond the edge
  std::uint64_t seed = 0;  // of its paint or bricks
};

// Between two places along a side, as far as it is free; a rest shorter than a piece stays open.
void add_boundary(Placer& to, const Roadside& side, double from_m, double to_m,
                  const BoundaryLine& line);

}  // namespace oddroad::stage
