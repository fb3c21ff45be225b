// <lateralProfile>: superelevation is read with the other profiles, what bends the cross section
// here.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "engine/road/parse_parts.h"

namespace oddroad::road {
namespace {

// What a shape's cubic may reach within this width of a road.
constexpr double kShapeReach_m = 50;
constexpr double kHighest_m = 100;

CubicProfile parse_crossfall(const XmlReader& xml, const pugi::xml_node& lateral,
                             const std::string& wanted, double road_length_m) {
  // The records of the other side must not hold here.
  std::vector<Cubic> records;
  for (const pugi::xml_node& node : lateral.children("crossfall")) {
    const std::string side = xml.text(node, "side");
    if (side == (wanted == "left" ? "right" : "left")) continue;
    Cubic c = xml.cubic(node, "s", 0);
    const double l = std::max(0.0, road_length_m - c.s_m);
    if (std::abs(c.b) * l + std::abs(c.c) * l * l + std::abs(c.d) * l * l * l > 1e4) {
      xml.warn(node, "<crossfall> leads to values that no road has; taken as constant");
      c = {c.s_m, c.a, 0, 0, 0};
    }
    records.push_back(c);
  }
  return CubicProfile(std::move(records));
}

void check_sides(const XmlReader& xml, const pugi::xml_node& lateral) {
  for (const pugi::xml_node& node : lateral.children("crossfall")) {
    const std::string side = xml.text(node, "side");
    if (side.empty() || side == "left" || side == "right" || side == "both") continue;
    xml.warn(node, "unknown side \"" + side + "\" of <crossfall>, taken as both",
             "left, right or both");
  }
}

std::vector<ShapeRow> parse_shape(const XmlReader& xml, const pugi::xml_node& lateral) {
  // Cubic::s_m is t here; the records come sorted by s and then by t.
  std::vector<std::pair<double, Cubic>> records;
  bool ascending = true;
  for (const pugi::xml_node& node : lateral.children("shape")) {
    const double s = xml.required(node, "s");
    Cubic c = xml.cubic(node, "t", 0);
    const double l = kShapeReach_m;
    if (std::abs(c.a) > kHighest_m ||
        l * (std::abs(c.b) + l * (std::abs(c.c) + l * std::abs(c.d))) > 1e6) {
      xml.warn(node, "<shape> leads to heights that no road has; taken as level");
      c = {c.s_m, std::clamp(c.a, -kHighest_m, kHighest_m), 0, 0, 0};
    }
    records.emplace_back(s, c);
    if (records.size() < 2) continue;
    const auto& [last_s, last] = records[records.size() - 2];
    ascending = ascending && (s > last_s || (s == last_s && records.back().second.s_m > last.s_m));
  }
  if (!ascending) xml.warn(lateral, "<shape> records are not in ascending order; sorted");
  std::stable_sort(records.begin(), records.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first, a.second.s_m) < std::pair(b.first, b.second.s_m);
  });
  std::vector<ShapeRow> rows;
  for (const auto& [s, piece] : records) {
    if (rows.empty() || s > rows.back().s_m + 1e-6) rows.push_back({s, {}});
    rows.back().pieces.push_back(piece);
  }
  return rows;
}

CubicProfile coefficients(const XmlReader& xml, const pugi::xml_node& parent, const char* name,
                          double road_length_m) {
  return xml.profile(parent.child(name), "coefficients", "s", 0, {kHighest_m, 10, road_length_m});
}

CrossSectionSurface parse_surface(const XmlReader& xml, const pugi::xml_node& node,
                                  double road_length_m) {
  CrossSectionSurface out;
  out.t_offset = coefficients(xml, node, "tOffset", road_length_m);
  for (const pugi::xml_node& strip : node.child("surfaceStrips").children("strip")) {
    const int id = xml.integer(strip, "id", 0);
    if (id == 0 || id < -2 || id > 2) {
      xml.warn(strip, "surface strip id \"" + xml.text(strip, "id") + "\" ignored",
               "-2, -1, 1 or 2");
      continue;
    }
    SurfaceStrip& to = out.strips[id > 0 ? 1 : 0][id == 1 || id == -1 ? 0 : 1];
    if (to.present) {
      xml.warn(strip, "surface strip " + std::to_string(id) + " occurs twice; the later holds");
    }
    to.present = true;
    to.relative = xml.text(strip, "mode") == "relative";
    to.width = coefficients(xml, strip, "width", road_length_m);
    const char* names[] = {"constant", "linear", "quadratic", "cubic"};
    for (std::size_t k = 0; k < to.over.size(); ++k)
      to.over[k] = coefficients(xml, strip, names[k], road_length_m);
  }
  for (auto& side : out.strips) {
    if (side[1].present && (!side[0].present || side[0].width.empty())) {
      xml.warn(node, "outer surface strip without an inner one of a width; it begins at t = 0");
      side[0].present = true;
    }
  }
  return out;
}

}  // namespace

LateralShape parse_lateral_shape(const XmlReader& xml, const pugi::xml_node& lateral,
                                 double road_length_m) {
  check_sides(xml, lateral);
  CrossSectionSurface surface;
  if (const pugi::xml_node node = lateral.child("crossSectionSurface")) {
    surface = parse_surface(xml, node, road_length_m);
    if (lateral.child("shape") || lateral.child("superelevation")) {
      xml.warn(node,
               "<crossSectionSurface> beside <shape> or <superelevation>; their heights add up");
    }
  }
  return {parse_crossfall(xml, lateral, "left", road_length_m),
          parse_crossfall(xml, lateral, "right", road_length_m), parse_shape(xml, lateral),
          std::move(surface)};
}

}  // namespace oddroad::road
