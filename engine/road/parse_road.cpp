#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "engine/road/parse_object_shape.h"
#include "engine/road/parse_parts.h"
#include "engine/road/stations.h"

namespace oddroad::road {
namespace {

constexpr double kLongestRoad_m = 4e5;

std::string junction_of(const std::string& id) {
  return id == "-1" ? std::string() : id;
}

RoadLink parse_link(const XmlReader& xml, const pugi::xml_node& node) {
  RoadLink link;
  if (!node) return link;
  const std::string type = xml.text(node, "elementType");
  link.id = xml.text(node, "elementId");
  if (type == "road") {
    link.kind = LinkKind::kRoad;
    if (!node.attribute("contactPoint").empty()) link.contact = parse_contact(xml, node);
    if (!node.attribute("elementS").empty()) link.side_s_m = xml.number(node, "elementS");
  } else if (type == "junction") {
    link.kind = LinkKind::kJunction;
  } else {
    xml.warn(node, "link to unknown element type \"" + type + "\" ignored", "road or junction");
  }
  if (link.kind != LinkKind::kNone && (link.id.empty() || link.id == "-1")) {
    xml.warn(node, "link without a usable elementId ignored");
    link = {};
  }
  return link;
}

void parse_profiles(const XmlReader& xml, const pugi::xml_node& node, Road& road) {
  road.elevation =
      xml.profile(node.child("elevationProfile"), "elevation", "s", 0, {1e5, 10, road.length_m});
  const pugi::xml_node lateral = node.child("lateralProfile");
  road.superelevation = xml.profile(lateral, "superelevation", "s", 0, {1.5, 1, road.length_m});
  road.lateral = parse_lateral_shape(xml, lateral, road.length_m);
  road.lane_offset =
      xml.profile(node.child("lanes"), "laneOffset", "s", 0, {1e3, 100, road.length_m});
}

// Length of the road: what it says, or what its geometry adds up to.
double road_length(const XmlReader& xml, const pugi::xml_node& node,
                   const std::vector<GeometryRecord>& records) {
  const double drawn = records.back().s_m + records.back().length_m;
  const double said = xml.required(node, "length", drawn);
  if (!(said > 1e-6)) {
    xml.warn(node, "road length " + xml.text(node, "length") +
                       " is not positive; taken from its "
                       "geometry");
    return drawn;
  }
  if (said > kLongestRoad_m) {
    xml.warn(node, "road length exceeds 400 km; taken from its geometry");
    return drawn;
  }
  if (std::abs(said - drawn) > 0.01) {
    xml.warn(node, "road is " + std::to_string(said) + " m long but its geometry ends at " +
                       std::to_string(drawn) + " m; its own length holds");
  }
  return said;
}

void parse_types(const XmlReader& xml, const pugi::xml_node& node, Road& road) {
  for (const pugi::xml_node& type : node.children("type")) {
    road.types.push_back(
        {xml.number(type, "s"), xml.text(type, "type"), xml.speed_mps(type.child("speed"))});
  }
  std::stable_sort(road.types.begin(), road.types.end(), [](const auto& a, const auto& b) {
    return a.s_m < b.s_m;
  });
}

}  // namespace

ContactPoint parse_contact(const XmlReader& xml, const pugi::xml_node& node) {
  const std::string contact = xml.text(node, "contactPoint");
  if (contact != "start" && contact != "end") {
    xml.warn(node, "contactPoint \"" + contact + "\" taken as start", "start or end");
  }
  return contact == "end" ? ContactPoint::kEnd : ContactPoint::kStart;
}

std::optional<Road> parse_road(const XmlReader& xml, const pugi::xml_node& node) {
  Road road;
  road.where = xml.locate(node);
  road.id = xml.text(node, "id");
  const XmlReader::Subject subject(xml, "road", road.id);
  road.name = xml.text(node, "name");
  road.junction_id = junction_of(xml.text(node, "junction"));
  if (road.id.empty()) {
    xml.warn(node, "road without id dropped");
    return std::nullopt;
  }
  const std::string rule = xml.text(node, "rule");
  if (!rule.empty() && rule != "RHT" && rule != "LHT") {
    xml.warn(node, "unknown rule \"" + rule + "\", taken as RHT", "RHT or LHT");
  }
  if (rule == "LHT") road.rule = TrafficRule::kLeftHand;
  const std::vector<GeometryRecord> records = parse_plan_view(xml, node.child("planView"));
  if (records.empty()) {
    xml.warn(node, "no usable plan view; dropped");
    return std::nullopt;
  }
  road.length_m = road_length(xml, node, records);
  road.reference = ReferenceLine(records);
  parse_types(xml, node, road);
  road.predecessor = parse_link(xml, node.child("link").child("predecessor"));
  road.successor = parse_link(xml, node.child("link").child("successor"));
  parse_profiles(xml, node, road);
  road.sections = parse_lane_sections(xml, node.child("lanes"), road.length_m);
  parse_objects(xml, node.child("objects"), road);
  for (const pugi::xml_node& signal : node.child("signals").children("signal")) {
    RoadSignal parsed = parse_signal(xml, signal);
    if (near_road(xml, signal, parsed.s_m, parsed.t_m, road)) {
      road.signals.push_back(std::move(parsed));
    }
  }
  for (const pugi::xml_node& reference : node.child("signals").children("signalReference")) {
    road.signal_references.push_back(parse_signal_reference(xml, reference));
  }
  road.breaks_m = find_breaks(road);
  return road;
}

}  // namespace oddroad::road
