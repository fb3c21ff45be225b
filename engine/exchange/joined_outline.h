// One polygon round a mask of many parts and with holes, for formats in which a polygon is a thing.
#pragma once

#include <cstdint>
#include <set>

#include "engine/exchange/polygons.h"

namespace oddroad::exchange {

struct JoinedOutline {
  // Through the centres of pixels, three corners or more. Filled with its border included, by the
  // even-odd rule, it covers the mask and its bridges.
  PixelPolygon polygon;
  std::int64_t crossed_px = 0;  // pixels of bridges on what had to be kept
};

// The borders of all parts and holes become one walk: from each to the next over a bridge, one
// pixel wide, that is walked there and back. Bridges run inside the mask and, between parts, over
// whatever is drawn over later; `kept` is not, and they cross it only where there is no other way
// near the thing. They are the shortest tree (Kruskal 1956) over the paths between
// neighbouring borders (Mehlhorn 1988).
JoinedOutline joined_outline(const capture::Image<SegmentKey>& keys, SegmentKey key,
                             const PixelBox& box, const std::set<SegmentKey>& kept);

}  // namespace oddroad::exchange
