#include "engine/road/parse_parts.h"

namespace oddroad::road {
namespace {

std::vector<LaneValidity> parse_validities(const XmlReader& xml, const pugi::xml_node& node) {
  std::vector<LaneValidity> out;
  for (const pugi::xml_node& validity : node.children("validity")) {
    out.push_back({xml.integer(validity, "fromLane", 0), xml.integer(validity, "toLane", 0)});
  }
  return out;
}

}  // namespace

RoadSignal parse_signal(const XmlReader& xml, const pugi::xml_node& node) {
  RoadSignal out;
  out.id = xml.text(node, "id");
  out.type = xml.text(node, "type");
  out.subtype = xml.text(node, "subtype");
  out.country = xml.text(node, "country");
  out.name = xml.text(node, "name");
  out.orientation = xml.text(node, "orientation");
  out.dynamic = xml.flag(node, "dynamic");
  out.s_m = xml.number(node, "s");
  out.t_m = xml.number(node, "t");
  out.z_offset_m = xml.number(node, "zOffset");
  out.heading_rad = xml.number(node, "hOffset");
  out.value = xml.number(node, "value");
  out.unit = xml.text(node, "unit");
  out.width_m = xml.number(node, "width");
  out.height_m = xml.number(node, "height");
  out.validities = parse_validities(xml, node);
  out.raw = xml.raw(node);
  out.where = xml.locate(node);
  return out;
}

SignalReference parse_signal_reference(const XmlReader& xml, const pugi::xml_node& node) {
  return {xml.text(node, "id"),  xml.text(node, "orientation"), xml.number(node, "s"),
          xml.number(node, "t"), parse_validities(xml, node),   xml.locate(node)};
}

Controller parse_controller(const XmlReader& xml, const pugi::xml_node& node) {
  Controller out{
      xml.text(node, "id"), xml.text(node, "name"), xml.integer(node, "sequence", 0), {}};
  for (const pugi::xml_node& control : node.children("control")) {
    out.signal_ids.push_back(xml.text(control, "signalId"));
  }
  return out;
}

}  // namespace oddroad::road
