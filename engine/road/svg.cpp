#include "engine/road/svg.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "engine/core/markup.h"

namespace oddroad::road {
namespace {

using math::Vec2d;

// Shortest text with two decimals: "12.5", not "12.50". The locale never shows in it.
std::string number(double value) {
  std::array<char, 64> buffer{};
  const long long hundredths = std::llround(std::clamp(value, -1e12, 1e12) * 100);
  const long long whole = std::llabs(hundredths) / 100;
  const long long rest = std::llabs(hundredths) % 100;
  const char* sign = hundredths < 0 ? "-" : "";
  if (rest == 0) {
    std::snprintf(buffer.data(), buffer.size(), "%s%lld", sign, whole);
  } else if (rest % 10 == 0) {
    std::snprintf(buffer.data(), buffer.size(), "%s%lld.%lld", sign, whole, rest / 10);
  } else {
    std::snprintf(buffer.data(), buffer.size(), "%s%lld.%02lld", sign, whole, rest);
  }
  return buffer.data();
}

// The round length (1, 2 or 5 times a power of ten) next below a given one.
double round_length(double length_m) {
  const double power = std::pow(10, std::floor(std::log10(length_m)));
  for (const double factor : {5.0, 2.0}) {
    if (factor * power <= length_m) return factor * power;
  }
  return power;
}

}  // namespace

SvgCanvas::SvgCanvas(const math::Aabb& view, double longer_side_px) : view_(view) {
  if (view_.empty()) view_ = {math::Vec3d(0), math::Vec3d(1)};
  const math::Vec3d size = view_.size();
  metres_per_px_ = std::max({size.x, size.y, 1e-3}) / longer_side_px;
}

Vec2d SvgCanvas::to_page(const Vec2d& p) const {
  return {(p.x - view_.lower.x) / metres_per_px_, (view_.upper.y - p.y) / metres_per_px_};
}

std::string SvgCanvas::coordinates(const std::vector<Vec2d>& points) const {
  std::string out;
  for (const Vec2d& p : points) {
    const Vec2d q = to_page(p);
    if (!out.empty()) out += ' ';
    out += number(q.x) + "," + number(q.y);
  }
  return out;
}

std::string SvgCanvas::attributes(const SvgStyle& style) const {
  std::string out = " fill=\"" + core::markup_escaped(style.fill) + "\"";
  if (style.stroke != "none") {
    out += " stroke=\"" + core::markup_escaped(style.stroke) + "\" stroke-width=\"" +
           number(style.stroke_width_m / metres_per_px_) + "\"";
  }
  if (!style.dash_m.empty()) {
    out += " stroke-dasharray=\"";
    for (const double dash : style.dash_m) out += number(dash / metres_per_px_) + " ";
    out.back() = '"';
  }
  if (style.opacity != 1) out += " opacity=\"" + number(style.opacity) + "\"";
  if (style.title.empty()) return out + "/>\n";
  return out + "><title>" + core::markup_escaped(style.title) + "</title>";
}

void SvgCanvas::element(const std::string& name, const std::string& shape, const SvgStyle& style) {
  body_ += "<" + name + " " + shape + attributes(style);
  if (!style.title.empty()) body_ += "</" + name + ">\n";
}

void SvgCanvas::polygon(const std::vector<Vec2d>& points, const SvgStyle& style) {
  if (points.size() >= 3) element("polygon", "points=\"" + coordinates(points) + "\"", style);
}

void SvgCanvas::polyline(const std::vector<Vec2d>& points, const SvgStyle& style) {
  if (points.size() >= 2) element("polyline", "points=\"" + coordinates(points) + "\"", style);
}

void SvgCanvas::circle(const Vec2d& centre, double radius_m, const SvgStyle& style) {
  const Vec2d c = to_page(centre);
  element("circle",
          "cx=\"" + number(c.x) + "\" cy=\"" + number(c.y) + "\" r=\"" +
              number(radius_m / metres_per_px_) + "\"",
          style);
}

void SvgCanvas::text(const Vec2d& at, const std::string& text, double height_m,
                     const std::string& colour, const std::string& anchor) {
  const Vec2d p = to_page(at);
  page_text(p, text, height_m / metres_per_px_, colour, anchor);
}

void SvgCanvas::page_text(const Vec2d& p, const std::string& text, double size_px,
                          const std::string& colour, const std::string& anchor) {
  body_ += "<text x=\"" + number(p.x) + "\" y=\"" + number(p.y + 0.35 * size_px) +
           "\" font-family=\"sans-serif\" font-size=\"" + number(size_px) + "\" fill=\"" +
           core::markup_escaped(colour) + "\" text-anchor=\"" + core::markup_escaped(anchor) +
           "\" stroke=\"#ffffff\" stroke-opacity=\"0.8\" stroke-width=\"" + number(size_px / 5) +
           "\" paint-order=\"stroke\">" + core::markup_escaped(text) + "</text>\n";
}

void SvgCanvas::scale_bar() {
  const math::Vec3d size = view_.size();
  const double length_m = round_length(std::max(0.2 * std::max(size.x, size.y), 1e-3));
  const double bar_px = length_m / metres_per_px_;
  const double y = size.y / metres_per_px_ - 14;
  body_ += "<path d=\"M14," + number(y - 6) + " v6 h" + number(bar_px) +
           " v-6\" fill=\"none\" stroke=\"#222\" stroke-width=\"2\"/>\n";
  page_text({20, y - 12}, number(length_m) + " m", 14, "#222", "start");
}

void SvgCanvas::legend(const std::vector<std::pair<std::string, std::string>>& colour_and_name) {
  double y = 16;
  std::size_t longest = 0;
  for (const auto& [colour, name] : colour_and_name) longest = std::max(longest, name.size());
  if (!colour_and_name.empty()) {
    body_ += "<rect x=\"6\" y=\"4\" width=\"" + number(32 + 7.0 * static_cast<double>(longest)) +
             "\" height=\"" + number(8 + 17.0 * static_cast<double>(colour_and_name.size())) +
             "\" fill=\"#ffffff\" opacity=\"0.8\"/>\n";
  }
  for (const auto& [colour, name] : colour_and_name) {
    body_ += "<rect x=\"12\" y=\"" + number(y - 6) + "\" width=\"12\" height=\"12\" fill=\"" +
             core::markup_escaped(colour) + "\" stroke=\"#555\" stroke-width=\"0.5\"/>\n";
    page_text({30, y}, name, 12, "#222", "start");
    y += 17;
  }
}

Vec2d SvgCanvas::size_px() const {
  return Vec2d(view_.size()) / metres_per_px_;
}

std::string SvgCanvas::placed(double y_px) const {
  const std::string w = number(size_px().x);
  const std::string h = number(size_px().y);
  const std::string y = y_px > 0 ? " y=\"" + number(y_px) + "\"" : "";
  return "<svg xmlns=\"http://www.w3.org/2000/svg\"" + y + " width=\"" + w + "\" height=\"" + h +
         "\" viewBox=\"0 0 " + w + " " + h + "\">\n<rect width=\"" + w + "\" height=\"" + h +
         "\" fill=\"#eef0e8\"/>\n" + body_ + "</svg>\n";
}

std::string SvgCanvas::to_string() const {
  return placed(0);
}

std::string SvgCanvas::stacked(const std::vector<SvgCanvas>& canvases) {
  if (canvases.size() == 1) return canvases.front().to_string();
  constexpr double kGap_px = 12;
  std::string body;
  Vec2d size(1, 0);
  for (const SvgCanvas& canvas : canvases) {
    body += canvas.placed(size.y);
    size = {std::max(size.x, canvas.size_px().x), size.y + canvas.size_px().y + kGap_px};
  }
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(size.x) + "\" height=\"" +
         number(size.y) + "\">\n" + body + "</svg>\n";
}

}  // namespace oddroad::road
