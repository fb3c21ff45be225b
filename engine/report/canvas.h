// Drawing into RGB images: rectangles, lines, text, scaled pictures. Everything is cut at the
// edges. Coordinates are continuous pixels as everywhere: the first pixel spans 0 to 1.
#pragma once

#include <string>

#include "engine/capture/image.h"
#include "engine/math/affine.h"

namespace oddroad::report {

using capture::Rgb8;
using Picture = capture::Image<Rgb8>;

// Share `opacity` of `over`.
Rgb8 blend(Rgb8 under, Rgb8 over, double opacity);
Rgb8 lighter(Rgb8 color, double share);

void fill_rectangle(Picture& on, double left, double top, double right, double bottom, Rgb8 color,
                    double opacity = 1);
void draw_rectangle(Picture& on, double left, double top, double right, double bottom, Rgb8 color,
                    double thickness = 1);
// Anti-aliased; thickness in pixels.
void draw_line(Picture& on, math::Vec2d a, math::Vec2d b, Rgb8 color, double thickness = 1,
               double opacity = 1);
void draw_disc(Picture& on, math::Vec2d centre, double radius, Rgb8 color, double opacity = 1);

// x, y: top left of the first letter. scale: pixels a dot.
void draw_text(Picture& on, int x, int y, const std::string& text, Rgb8 color, int scale = 1);
int text_width(const std::string& text, int scale = 1);
int text_height(int scale = 1);

// Copies `picture` to (x, y).
void paste(Picture& on, const Picture& picture, int x, int y);

}  // namespace oddroad::report
