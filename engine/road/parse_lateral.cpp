// <lateralProfile>: superelevation is read with the other profiles, what bends the cross section
// here.
#include <algorithm>
#include <string>
#include <utility>

#include "engine/road/parse_parts.h"

namespace oddroad::road {
namespace {

struct Crossfall {
  std::vector<Cubic> left, right;
};

Crossfall parse_crossfall(const XmlReader& xml, const pugi::xml_node& lateral) {
  Crossfall out;
  for (const pugi::xml_node& node : lateral.children("crossfall")) {
    const Cubic record = xml.cubic(node, "s", 0);
    const std::string side = xml.text(node, "side");
    const bool left = side == "left";
    const bool right = side == "right";
    if (!left && !right && !side.empty() && side != "both") {
      xml.warn(node, "unknown side \"" + side + "\" of <crossfall>, taken as both",
               "left, right or both");
    }
    if (!right) out.left.push_back(record);
    if (!left) out.right.push_back(record);
  }
  return out;
}

std::vector<ShapeRow> parse_shape(const XmlReader& xml, const pugi::xml_node& lateral) {
  // Cubic::s_m is t here; the records come sorted by s and then by t.
  std::vector<std::pair<double, Cubic>> records;
  bool ascending = true;
  for (const pugi::xml_node& node : lateral.children("shape")) {
    const double s = xml.required(node, "s");
    records.emplace_back(s, xml.cubic(node, "t", 0));
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

CubicProfile coefficients(const XmlReader& xml, const pugi::xml_node& parent, const char* name) {
  return xml.profile(parent.child(name), "coefficients", "s", 0);
}

CrossSectionSurface parse_surface(const XmlReader& xml, const pugi::xml_node& node) {
  CrossSectionSurface out;
  out.t_offset = coefficients(xml, node, "tOffset");
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
    to.width = coefficients(xml, strip, "width");
    const char* names[] = {"constant", "linear", "quadratic", "cubic"};
    for (std::size_t k = 0; k < to.over.size(); ++k)
      to.over[k] = coefficients(xml, strip, names[k]);
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

LateralShape parse_lateral_shape(const XmlReader& xml, const pugi::xml_node& lateral) {
  Crossfall crossfall = parse_crossfall(xml, lateral);
  CrossSectionSurface surface;
  if (const pugi::xml_node node = lateral.child("crossSectionSurface")) {
    surface = parse_surface(xml, node);
    if (lateral.child("shape") || lateral.child("superelevation")) {
      xml.warn(node,
               "<crossSectionSurface> beside <shape> or <superelevation>; their heights add up");
    }
  }
  return {CubicProfile(std::move(crossfall.left)), CubicProfile(std::move(crossfall.right)),
          parse_shape(xml, lateral), std::move(surface)};
}

}  // namespace oddroad::road
