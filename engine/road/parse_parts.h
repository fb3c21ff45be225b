// The pieces of the OpenDRIVE parser. Internal to engine/road.
#pragma once

#include <optional>
#include <vector>

#include "engine/road/road_map.h"
#include "engine/road/xml_reader.h"

namespace oddroad::road {

// Usable records of a <planView>, ascending; may be empty.
std::vector<GeometryRecord> parse_plan_view(const XmlReader& xml, const pugi::xml_node& plan_view);
// Lane sections with offsets resolved to road s, gaps filled; never empty.
std::vector<LaneSection> parse_lane_sections(const XmlReader& xml, const pugi::xml_node& lanes,
                                             double road_length_m);
RoadMark parse_road_mark(const XmlReader& xml, const pugi::xml_node& node, int lane_id,
                         double section_s_m);
// What a <lateralProfile> says beyond superelevation.
LateralShape parse_lateral_shape(const XmlReader& xml, const pugi::xml_node& lateral,
                                 double road_length_m);
// Empty if nothing usable is left of the road.
std::optional<Road> parse_road(const XmlReader& xml, const pugi::xml_node& node);
Controller parse_controller(const XmlReader& xml, const pugi::xml_node& node);
// Objects, references to objects, bridges and tunnels, into a road whose length is known.
void parse_objects(const XmlReader& xml, const pugi::xml_node& objects, Road& road);
RoadSignal parse_signal(const XmlReader& xml, const pugi::xml_node& node);
SignalReference parse_signal_reference(const XmlReader& xml, const pugi::xml_node& node);
Junction parse_junction(const XmlReader& xml, const pugi::xml_node& node);
ContactPoint parse_contact(const XmlReader& xml, const pugi::xml_node& node);

}  // namespace oddroad::road
