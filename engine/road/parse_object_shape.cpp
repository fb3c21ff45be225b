#include "engine/road/parse_object_shape.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace oddroad::road {
namespace {

// A place farther from its road than this is a broken number.
constexpr double kFarthest_m = 1e4;
// Shorter dashes and gaps are no pattern that anybody paints.
constexpr double kShortestPeriod_m = 0.02;

ObjectOutline parse_outline(const XmlReader& xml, const pugi::xml_node& node) {
  ObjectOutline out;
  out.id = xml.integer(node, "id", 0);
  out.closed = node.attribute("closed").empty() || xml.flag(node, "closed");
  out.outer = node.attribute("outer").empty() || xml.flag(node, "outer");
  out.fill_type = xml.text(node, "fillType");
  for (const pugi::xml_node& corner : node.children()) {
    const std::string name = corner.name();
    const bool local = name == "cornerLocal" || name == "vertexLocal";
    if (!local && name != "cornerRoad" && name != "vertexRoad") continue;
    const char* keys[2][3] = {{"s", "t", "dz"}, {"u", "v", "z"}};
    const auto& key = keys[local ? 1 : 0];
    out.corners.push_back({xml.integer(corner, "id", static_cast<int>(out.corners.size())), local,
                           xml.required(corner, key[0]), xml.required(corner, key[1]),
                           xml.number(corner, key[2]), xml.size(corner, "height")});
  }
  return out;
}

// Empty unless the file says one of the two ends; the other end is then alike.
std::optional<LinearValue> parse_linear(const XmlReader& xml, const pugi::xml_node& node,
                                        const std::string& name, bool is_size) {
  const std::string keys[] = {name + "Start", name + "End"};
  const bool has[] = {!node.attribute(keys[0].c_str()).empty(),
                      !node.attribute(keys[1].c_str()).empty()};
  if (!has[0] && !has[1]) return std::nullopt;
  const auto value = [&](int i) {
    const char* key = keys[has[i] ? i : 1 - i].c_str();
    return is_size ? xml.size(node, key) : xml.number(node, key);
  };
  return LinearValue{value(0), value(1)};
}

ObjectMarking::Side parse_side(const XmlReader& xml, const pugi::xml_node& node) {
  const std::string side = xml.text(node, "side");
  if (side == "front") return ObjectMarking::Side::kFront;
  if (side == "rear") return ObjectMarking::Side::kRear;
  if (side == "left") return ObjectMarking::Side::kLeft;
  if (side == "right") return ObjectMarking::Side::kRight;
  if (!side.empty()) xml.warn(node, "unknown side \"" + side + "\" of <marking>");
  return ObjectMarking::Side::kNone;
}

}  // namespace

bool near_road(const XmlReader& xml, const pugi::xml_node& node, double s_m, double t_m,
               const Road& road) {
  if (s_m >= -kFarthest_m && s_m <= road.length_m + kFarthest_m && std::abs(t_m) <= kFarthest_m) {
    return true;
  }
  xml.warn(node, "<" + std::string(node.name()) + "> lies more than 10 km off the road; dropped");
  return false;
}

void parse_outlines(const XmlReader& xml, const pugi::xml_node& node, const Road& road,
                    RoadObject& out) {
  const auto add = [&](const pugi::xml_node& outline, bool open) {
    ObjectOutline one = parse_outline(xml, outline);
    if (open) one.closed = false;
    if (one.corners.size() < 2) {
      xml.warn(outline, "outline of object \"" + out.id + "\" has fewer than two corners; dropped");
      return;
    }
    for (const OutlineCorner& c : one.corners) {
      const double s = c.local ? out.s_m + c.first_m : c.first_m;
      if (!near_road(xml, outline, s, c.second_m, road)) return;
    }
    out.outlines.push_back(std::move(one));
  };
  for (const pugi::xml_node& outline : node.children("outline")) add(outline, false);
  for (const pugi::xml_node& group : node.children("outlines")) {
    for (const pugi::xml_node& outline : group.children("outline")) add(outline, false);
  }
  for (const pugi::xml_node& line : node.child("skeleton").children("polyline")) add(line, true);
}

void parse_repeat(const XmlReader& xml, const pugi::xml_node& node, const Road& road,
                  RoadObject& object) {
  ObjectRepeat out;
  out.s_m = xml.number(node, "s", object.s_m);
  out.length_m = xml.number(node, "length");
  out.distance_m = xml.number(node, "distance");
  out.t_m = parse_linear(xml, node, "t", false).value_or(LinearValue{object.t_m, object.t_m});
  out.z_offset_m = parse_linear(xml, node, "zOffset", false)
                       .value_or(LinearValue{object.z_offset_m, object.z_offset_m});
  out.width_m = parse_linear(xml, node, "width", true);
  out.height_m = parse_linear(xml, node, "height", true);
  out.length_of_m = parse_linear(xml, node, "length", true);
  out.radius_m = parse_linear(xml, node, "radius", true);
  out.detached = xml.flag(node, "detachFromReferenceLine");
  if (!(out.length_m >= 0) || !(out.distance_m >= 0)) {
    xml.warn(node,
             "repeat of object \"" + object.id + "\" has a negative length or distance; dropped");
    return;
  }
  if (!near_road(xml, node, out.s_m, out.t_m.start, road) ||
      !near_road(xml, node, out.s_m, out.t_m.end, road)) {
    return;
  }
  const double room = std::max(0.0, road.length_m - out.s_m);
  if (out.length_m > room + 0.01) {
    xml.warn(node, "repeat of object \"" + object.id + "\" runs beyond the road's end; cut there");
    const double u = out.length_m > 0 ? room / out.length_m : 0;
    for (LinearValue* value : {&out.t_m, &out.z_offset_m}) value->end = value->at(u);
    for (auto* value : {&out.width_m, &out.height_m, &out.length_of_m, &out.radius_m}) {
      if (*value) (*value)->end = (*value)->at(u);
    }
    out.length_m = room;
  }
  object.repeats.push_back(out);
}

ObjectMarking parse_marking(const XmlReader& xml, const pugi::xml_node& node) {
  ObjectMarking out;
  out.side = parse_side(xml, node);
  for (const pugi::xml_node& reference : node.children("cornerReference")) {
    out.corner_ids.push_back(xml.integer(reference, "id", 0));
  }
  out.color = xml.text(node, "color");
  if (out.color.empty()) out.color = "white";
  if (const double width = xml.size(node, "width"); width > 0) out.width_m = width;
  out.z_offset_m = xml.number(node, "zOffset", out.z_offset_m);
  out.line_m = xml.size(node, "lineLength");
  out.space_m = xml.size(node, "spaceLength");
  if (out.line_m + out.space_m < kShortestPeriod_m) out.line_m = out.space_m = 0;
  out.start_offset_m = xml.size(node, "startOffset");
  out.stop_offset_m = xml.size(node, "stopOffset");
  return out;
}

}  // namespace oddroad::road
