#include "engine/report/canvas.h"

#include <algorithm>
#include <cmath>

#include "engine/report/font.h"

namespace oddroad::report {
namespace {

int first_pixel(double from, int count) {
  return static_cast<int>(std::clamp(std::floor(from), 0.0, static_cast<double>(count)));
}
int end_pixel(double to, int count) {
  return static_cast<int>(std::clamp(std::ceil(to), 0.0, static_cast<double>(count)));
}

// Liang-Barsky: keeps only what may touch the picture, so that a line to far away costs nothing.
bool clip_line(const Picture& on, double margin, math::Vec2d& a, math::Vec2d& b) {
  const math::Vec2d d = b - a;
  const double edges[4][2] = {{-d.x, a.x + margin},
                              {d.x, on.width_px + margin - a.x},
                              {-d.y, a.y + margin},
                              {d.y, on.height_px + margin - a.y}};
  double enter = 0, leave = 1;
  for (const auto& [p, q] : edges) {
    if (p == 0 && q < 0) return false;
    if (p < 0) enter = std::max(enter, q / p);
    if (p > 0) leave = std::min(leave, q / p);
  }
  if (!(enter <= leave)) return false;
  b = a + leave * d;
  a = a + enter * d;
  return true;
}

}  // namespace

Rgb8 blend(Rgb8 under, Rgb8 over, double opacity) {
  Rgb8 out;
  for (int c = 0; c < 3; ++c) {
    out[c] = static_cast<std::uint8_t>(std::lround(under[c] * (1 - opacity) + over[c] * opacity));
  }
  return out;
}

Rgb8 lighter(Rgb8 color, double share) {
  return blend(color, Rgb8(255), share);
}

void fill_rectangle(Picture& on, double left, double top, double right, double bottom, Rgb8 color,
                    double opacity) {
  const int x1 = end_pixel(right, on.width_px), y1 = end_pixel(bottom, on.height_px);
  for (int y = first_pixel(top, on.height_px); y < y1; ++y) {
    for (int x = first_pixel(left, on.width_px); x < x1; ++x) {
      on.at(x, y) = blend(on.at(x, y), color, opacity);
    }
  }
}

void draw_rectangle(Picture& on, double left, double top, double right, double bottom, Rgb8 color,
                    double thickness) {
  fill_rectangle(on, left, top, right, top + thickness, color);
  fill_rectangle(on, left, bottom - thickness, right, bottom, color);
  fill_rectangle(on, left, top, left + thickness, bottom, color);
  fill_rectangle(on, right - thickness, top, right, bottom, color);
}

void draw_line(Picture& on, math::Vec2d a, math::Vec2d b, Rgb8 color, double thickness,
               double opacity) {
  if (!clip_line(on, thickness + 1, a, b)) return;
  const double half = 0.5 * thickness;
  const math::Vec2d d = b - a;
  const double length2 = std::max(glm::dot(d, d), 1e-12);
  const int x1 = end_pixel(std::max(a.x, b.x) + half + 1, on.width_px);
  const int y1 = end_pixel(std::max(a.y, b.y) + half + 1, on.height_px);
  const int x0 = first_pixel(std::min(a.x, b.x) - half - 1, on.width_px);
  for (int y = first_pixel(std::min(a.y, b.y) - half - 1, on.height_px); y < y1; ++y) {
    for (int x = x0; x < x1; ++x) {
      const math::Vec2d p(x + 0.5, y + 0.5);
      const double u = std::clamp(glm::dot(p - a, d) / length2, 0.0, 1.0);
      const double cover = std::clamp(half + 0.5 - glm::length(p - (a + u * d)), 0.0, 1.0);
      if (cover > 0) on.at(x, y) = blend(on.at(x, y), color, cover * opacity);
    }
  }
}

void draw_disc(Picture& on, math::Vec2d centre, double radius, Rgb8 color, double opacity) {
  draw_line(on, centre, centre, color, 2 * radius, opacity);
}

void draw_text(Picture& on, int x, int y, const std::string& text, Rgb8 color, int scale) {
  for (const char c : text) {
    const auto& rows = glyph(c);
    for (int row = 0; row < kGlyphHeight; ++row) {
      for (int column = 0; column < kGlyphWidth; ++column) {
        if ((rows[static_cast<std::size_t>(row)] >> (kGlyphWidth - 1 - column) & 1) == 0) continue;
        const int left = x + column * scale, top = y + row * scale;
        fill_rectangle(on, left, top, left + scale, top + scale, color);
      }
    }
    x += kGlyphAdvance * scale;
  }
}

int text_width(const std::string& text, int scale) {
  return static_cast<int>(text.size()) * kGlyphAdvance * scale;
}
int text_height(int scale) {
  return kLineHeight * scale;
}

void paste(Picture& on, const Picture& picture, int x, int y) {
  for (int row = std::max(0, -y); row < picture.height_px && y + row < on.height_px; ++row) {
    for (int column = std::max(0, -x); column < picture.width_px && x + column < on.width_px;
         ++column) {
      on.at(x + column, y + row) = picture.at(column, row);
    }
  }
}

}  // namespace oddroad::report
