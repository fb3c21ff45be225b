// The pieces of an <object>. Internal to engine/road.
#pragma once

#include "engine/road/road.h"
#include "engine/road/xml_reader.h"

namespace oddroad::road {

// False, with a warning, where a place is farther from its road than any thing of it can be.
bool near_road(const XmlReader& xml, const pugi::xml_node& node, double s_m, double t_m,
               const Road& road);
// <outline>, <outlines> and <skeleton>.
void parse_outlines(const XmlReader& xml, const pugi::xml_node& node, const Road& road,
                    RoadObject& out);
void parse_repeat(const XmlReader& xml, const pugi::xml_node& node, const Road& road,
                  RoadObject& object);
ObjectMarking parse_marking(const XmlReader& xml, const pugi::xml_node& node);

}  // namespace oddroad::road
