#include <string>

#include "engine/road/parse_parts.h"

namespace oddroad::road {
namespace {

JunctionKind parse_kind(const XmlReader& xml, const pugi::xml_node& node) {
  const std::string type = xml.text(node, "type");
  for (const JunctionKind kind : {JunctionKind::kDefault, JunctionKind::kDirect,
                                  JunctionKind::kVirtual, JunctionKind::kCrossing}) {
    if (type == to_string(kind)) return kind;
  }
  if (!type.empty()) {
    xml.warn(node, "unknown junction type \"" + type + "\", taken as default",
             "default, direct, virtual or crossing");
  }
  return JunctionKind::kDefault;
}

JunctionConnection parse_connection(const XmlReader& xml, const pugi::xml_node& node) {
  JunctionConnection out;
  out.id = xml.text(node, "id");
  out.incoming_road = xml.text(node, "incomingRoad");
  out.connecting_road = xml.text(node, "connectingRoad");
  // Direct junctions lead straight onto another road.
  if (out.connecting_road.empty()) out.connecting_road = xml.text(node, "linkedRoad");
  out.contact = parse_contact(xml, node);
  for (const pugi::xml_node& link : node.children("laneLink")) {
    out.lane_links.push_back({xml.integer(link, "from", 0), xml.integer(link, "to", 0)});
  }
  out.where = xml.locate(node);
  return out;
}

CrossPath parse_cross_path(const XmlReader& xml, const pugi::xml_node& node) {
  CrossPath out;
  out.id = xml.text(node, "id");
  out.crossing_road = xml.text(node, "crossingRoad");
  out.start_road = xml.text(node, "roadAtStart");
  out.end_road = xml.text(node, "roadAtEnd");
  const pugi::xml_node start = node.child("startLaneLink");
  const pugi::xml_node end = node.child("endLaneLink");
  out.start_s_m = xml.number(start, "s");
  out.end_s_m = xml.number(end, "s");
  out.start_lanes = {xml.integer(start, "from", 0), xml.integer(start, "to", 0)};
  out.end_lanes = {xml.integer(end, "from", 0), xml.integer(end, "to", 0)};
  return out;
}

}  // namespace

std::string_view to_string(JunctionKind kind) {
  switch (kind) {
    case JunctionKind::kDirect:
      return "direct";
    case JunctionKind::kVirtual:
      return "virtual";
    case JunctionKind::kCrossing:
      return "crossing";
    default:
      return "default";
  }
}

Junction parse_junction(const XmlReader& xml, const pugi::xml_node& node) {
  Junction out;
  out.id = xml.text(node, "id");
  const XmlReader::Subject subject(xml, "junction", out.id);
  out.name = xml.text(node, "name");
  out.kind = parse_kind(xml, node);
  out.where = xml.locate(node);
  for (const pugi::xml_node& c : node.children("connection")) {
    // Virtual connections only say that traffic goes straight on, which it does anyway.
    if (xml.text(c, "type") == "virtual" && c.attribute("connectingRoad").empty()) continue;
    out.connections.push_back(parse_connection(xml, c));
  }
  for (const pugi::xml_node& p : node.children("priority")) {
    out.priorities.push_back({xml.text(p, "high"), xml.text(p, "low")});
  }
  for (const pugi::xml_node& c : node.children("controller")) {
    out.controller_ids.push_back(xml.text(c, "id"));
  }
  out.main_road = xml.text(node, "mainRoad");
  out.s0_m = xml.number(node, "sStart");
  out.s1_m = xml.number(node, "sEnd");
  for (const pugi::xml_node& path : node.children("crossPath")) {
    out.paths.push_back(parse_cross_path(xml, path));
  }
  for (const pugi::xml_node& section : node.children("roadSection")) {
    out.crossed.push_back(
        {xml.text(section, "roadId"), xml.number(section, "sStart"), xml.number(section, "sEnd")});
  }
  return out;
}

}  // namespace oddroad::road
