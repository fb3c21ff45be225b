// Outlines of pixel masks.
#pragma once

#include <vector>

#include "engine/exchange/segments.h"

namespace oddroad::exchange {

struct PixelCorner {
  int x = 0, y = 0;
  bool operator==(const PixelCorner&) const = default;
};
// Closed, without repeating the first corner; clockwise as seen on the screen; sides are level and
// upright in turn.
using PixelPolygon = std::vector<PixelCorner>;

// Along the edges of pixels round each part of `key` inside `box` that hangs together by sides,
// and, the other way, round each hole.
std::vector<PixelPolygon> borders(const capture::Image<SegmentKey>& keys, SegmentKey key,
                                  const PixelBox& box);

// Polygons along the edges of pixels that cover exactly the pixels of `key` inside `box`: one for
// each part that hangs together by sides. A part with holes is cut upright through them, since
// lists of polygons know no holes.
std::vector<PixelPolygon> outlines(const capture::Image<SegmentKey>& keys, SegmentKey key,
                                   const PixelBox& box);

// The same outline through the centres of the pixels at its border: what formats want whose
// polygons are filled with their borders included. Corners are numbers of pixels; a single pixel
// has one corner and a row of them two.
PixelPolygon through_centres(const PixelPolygon& outline);

// With corners repeated until there are three: fewer are no polygon to those who read them.
PixelPolygon with_three_corners(PixelPolygon polygon);

}  // namespace oddroad::exchange
