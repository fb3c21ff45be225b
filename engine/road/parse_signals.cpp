#include "engine/road/parse_parts.h"

namespace oddroad::road {
namespace {

std::optional<PhysicalPosition> parse_position(const XmlReader& xml, const pugi::xml_node& signal) {
  if (const pugi::xml_node node = signal.child("positionRoad")) {
    return PhysicalPosition{xml.text(node, "roadId"),    xml.required(node, "s"),
                            xml.required(node, "t"),     xml.number(node, "zOffset"),
                            xml.number(node, "hOffset"), -xml.number(node, "pitch"),
                            xml.number(node, "roll")};
  }
  if (const pugi::xml_node node = signal.child("positionInertial")) {
    return PhysicalPosition{{},
                            xml.required(node, "x"),
                            xml.required(node, "y"),
                            xml.required(node, "z"),
                            xml.number(node, "hdg"),
                            -xml.number(node, "pitch"),
                            xml.number(node, "roll")};
  }
  return std::nullopt;
}

std::vector<SignalLink> parse_links(const XmlReader& xml, const pugi::xml_node& signal) {
  std::vector<SignalLink> out;
  for (const pugi::xml_node& node : signal.children("dependency")) {
    out.push_back({"dependency", xml.text(node, "id"), xml.text(node, "type")});
  }
  for (const pugi::xml_node& node : signal.children("reference")) {
    out.push_back(
        {xml.text(node, "elementType"), xml.text(node, "elementId"), xml.text(node, "type")});
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
  out.country_revision = xml.text(node, "countryRevision");
  out.name = xml.text(node, "name");
  out.text = xml.text(node, "text");
  out.orientation = xml.orientation(node);
  out.dynamic = xml.flag(node, "dynamic");
  out.s_m = xml.required(node, "s");
  out.t_m = xml.required(node, "t");
  out.z_offset_m = xml.number(node, "zOffset");
  out.heading_rad = xml.number(node, "hOffset");
  // The file's pitch turns about the axis to the left, which lowers what is ahead.
  out.pitch_rad = -xml.number(node, "pitch");
  out.roll_rad = xml.number(node, "roll");
  out.value = xml.number(node, "value");
  out.unit = xml.text(node, "unit");
  out.width_m = xml.size(node, "width");
  out.height_m = xml.size(node, "height");
  out.validities = xml.validities(node);
  out.stands_at = parse_position(xml, node);
  out.links = parse_links(xml, node);
  out.where = xml.locate(node);
  return out;
}

SignalReference parse_signal_reference(const XmlReader& xml, const pugi::xml_node& node) {
  return {xml.text(node, "id"),  xml.orientation(node), xml.number(node, "s"),
          xml.number(node, "t"), xml.validities(node),  xml.locate(node)};
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
