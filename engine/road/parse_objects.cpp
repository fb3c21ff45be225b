#include <algorithm>
#include <string>

#include "engine/road/parse_object_shape.h"
#include "engine/road/parse_parts.h"

namespace oddroad::road {
namespace {

void parse_sizes(const XmlReader& xml, const pugi::xml_node& node, RoadObject& out) {
  out.z_offset_m = xml.number(node, "zOffset");
  out.heading_rad = xml.number(node, "hdg");
  // The file's pitch turns about the axis to the left, which lowers the front.
  out.pitch_rad = -xml.number(node, "pitch");
  out.roll_rad = xml.number(node, "roll");
  out.square_to_road = xml.flag(node, "perpToRoad");
  out.length_m = xml.size(node, "length");
  out.width_m = xml.size(node, "width");
  out.height_m = xml.size(node, "height");
  out.radius_m = xml.size(node, "radius");
  out.valid_length_m = xml.size(node, "validLength");
}

void parse_object(const XmlReader& xml, const pugi::xml_node& node, Road& road) {
  RoadObject out;
  out.where = xml.locate(node);
  out.id = xml.text(node, "id");
  out.type = xml.text(node, "type");
  out.subtype = xml.text(node, "subtype");
  out.name = xml.text(node, "name");
  out.kind = object_kind_from(out.type, out.subtype, out.name);
  if (out.kind == ObjectKind::kOther && !is_known_object_type(out.type)) {
    xml.warn(node,
             "object \"" + out.id + "\" has the unknown type \"" + out.type + "\"; kept as other");
  }
  out.orientation = xml.orientation(node);
  out.s_m = xml.required(node, "s");
  out.t_m = xml.required(node, "t");
  if (!near_road(xml, node, out.s_m, out.t_m, road)) return;
  parse_sizes(xml, node, out);
  out.validities = xml.validities(node);
  parse_outlines(xml, node, road, out);
  for (const pugi::xml_node& repeat : node.children("repeat")) {
    parse_repeat(xml, repeat, road, out);
  }
  for (const pugi::xml_node& marking : node.child("markings").children("marking")) {
    out.markings.push_back(parse_marking(xml, marking));
  }
  out.material = xml.text(node.child("material"), "surface");
  out.parking_access = xml.text(node.child("parkingSpace"), "access");
  out.parking_restrictions = xml.text(node.child("parkingSpace"), "restrictions");
  road.objects.push_back(std::move(out));
}

ObjectReference parse_reference(const XmlReader& xml, const pugi::xml_node& node) {
  return {xml.text(node, "id"),        xml.orientation(node),
          xml.number(node, "s"),       xml.number(node, "t"),
          xml.number(node, "zOffset"), xml.size(node, "validLength"),
          xml.validities(node),        xml.locate(node)};
}

void parse_structure(const XmlReader& xml, const pugi::xml_node& node, RoadStructure::Kind kind,
                     Road& road) {
  RoadStructure out;
  out.kind = kind;
  out.id = xml.text(node, "id");
  out.name = xml.text(node, "name");
  out.type = xml.text(node, "type");
  const double s0 = xml.required(node, "s");
  const double s1 = s0 + xml.required(node, "length");
  out.s_m = std::clamp(s0, 0.0, road.length_m);
  out.length_m = std::clamp(s1, out.s_m, road.length_m) - out.s_m;
  if (!(out.length_m > 0)) {
    xml.warn(node, "<" + std::string(node.name()) + "> covers nothing of the road; dropped");
    return;
  }
  if (s0 < -0.01 || s1 > road.length_m + 0.01) {
    xml.warn(node, "<" + std::string(node.name()) + "> runs beyond the road's end; cut there");
  }
  out.lighting = std::clamp(xml.number(node, "lighting"), 0.0, 1.0);
  out.daylight = std::clamp(xml.number(node, "daylight"), 0.0, 1.0);
  out.validities = xml.validities(node);
  out.where = xml.locate(node);
  road.structures.push_back(std::move(out));
}

}  // namespace

void parse_objects(const XmlReader& xml, const pugi::xml_node& objects, Road& road) {
  for (const pugi::xml_node& node : objects.children()) {
    const std::string name = node.name();
    if (name == "object") parse_object(xml, node, road);
    if (name == "objectReference") road.object_references.push_back(parse_reference(xml, node));
    if (name == "bridge") parse_structure(xml, node, RoadStructure::Kind::kBridge, road);
    if (name == "tunnel") parse_structure(xml, node, RoadStructure::Kind::kTunnel, road);
  }
  std::stable_sort(road.structures.begin(), road.structures.end(),
                   [](const RoadStructure& a, const RoadStructure& b) {
                     return a.s_m < b.s_m;
                   });
}

}  // namespace oddroad::road
