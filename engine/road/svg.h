// A bird's-eye drawing in map metres, y up, written as SVG. Layers are added in drawing order, so a
// scenario drawing puts its actors over draw_roads().
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/math/bounds.h"

namespace oddroad::road {

struct SvgStyle {
  std::string fill = "none";  // CSS colour
  std::string stroke = "none";
  double stroke_width_m = 0;   // in metres on the map
  std::vector<double> dash_m;  // lengths of dash, gap, ...; empty: unbroken
  double opacity = 1;
  std::string title;  // shown on hovering
};

class SvgCanvas {
 public:
  // The part of the map that is seen (z is ignored) and the picture's longer side in pixels.
  SvgCanvas(const math::Aabb& view, double longer_side_px = 1600);

  void polygon(const std::vector<math::Vec2d>& points, const SvgStyle& style);
  void polyline(const std::vector<math::Vec2d>& points, const SvgStyle& style);
  void circle(const math::Vec2d& centre, double radius_m, const SvgStyle& style);
  // Height in metres on the map; anchor "start", "middle" or "end". Text gets a pale outline.
  void text(const math::Vec2d& at, const std::string& text, double height_m,
            const std::string& colour = "#222", const std::string& anchor = "middle");
  // A bar with its length written over it, in the lower left corner.
  void scale_bar();
  // One coloured square and name per entry, in the upper left corner.
  void legend(const std::vector<std::pair<std::string, std::string>>& colour_and_name);

  // Metres on the map that one pixel covers.
  [[nodiscard]] double metres_per_px() const { return metres_per_px_; }
  [[nodiscard]] const math::Aabb& view() const { return view_; }
  [[nodiscard]] std::string to_string() const;

  // Pictures below each other in one.
  static std::string stacked(const std::vector<SvgCanvas>& canvases);

 private:
  [[nodiscard]] math::Vec2d size_px() const;
  // Its top at y_px of a picture around it.
  [[nodiscard]] std::string placed(double y_px) const;
  void element(const std::string& name, const std::string& shape, const SvgStyle& style);
  // Position and size in pixels of the page.
  void page_text(const math::Vec2d& p, const std::string& text, double size_px,
                 const std::string& colour, const std::string& anchor);
  [[nodiscard]] std::string attributes(const SvgStyle& style) const;
  [[nodiscard]] std::string coordinates(const std::vector<math::Vec2d>& points) const;
  [[nodiscard]] math::Vec2d to_page(const math::Vec2d& p) const;

  math::Aabb view_;
  double metres_per_px_ = 1;
  std::string body_;
};

}  // namespace oddroad::road
