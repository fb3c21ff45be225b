#include <string>

#include "engine/road/parse_parts.h"

namespace oddroad::road {
namespace {

constexpr double kStandardWidth_m = 0.12;
constexpr double kBoldWidth_m = 0.25;
constexpr double kBrokenLength_m = 3;
constexpr double kBrokenSpace_m = 6;
// Shorter dashes and gaps are no pattern that anybody paints.
constexpr double kShortestPeriod_m = 0.02;
constexpr double kWidestStripe_m = 20;

MarkLine solid(double width_m, double t_offset_m) {
  return {0, 0, t_offset_m, 0, width_m};
}
MarkLine broken(double width_m, double t_offset_m) {
  return {kBrokenLength_m, kBrokenSpace_m, t_offset_m, 0, width_m};
}

// Stripes of a mark that the file describes by its type name alone. Of a double mark the first
// word is the inner stripe (towards lane 0); on lane 0 itself it is the left one.
std::vector<MarkLine> lines_of_type(const std::string& type, double width_m, int lane_id) {
  if (type == "solid") return {solid(width_m, 0)};
  if (type == "broken") return {broken(width_m, 0)};
  if (type == "botts dots") return {{0.1, 1.1, 0, 0, width_m}};
  const double first = lane_id > 0 ? -width_m : width_m;
  if (type == "solid solid") return {solid(width_m, first), solid(width_m, -first)};
  if (type == "solid broken") return {solid(width_m, first), broken(width_m, -first)};
  if (type == "broken solid") return {broken(width_m, first), solid(width_m, -first)};
  if (type == "broken broken") return {broken(width_m, first), broken(width_m, -first)};
  return {};
}

bool is_drawn(const std::string& type) {
  return type != "none" && type != "curb" && type != "grass" && type != "edge";
}

}  // namespace

RoadMark parse_road_mark(const XmlReader& xml, const pugi::xml_node& node, int lane_id,
                         double section_s_m) {
  RoadMark mark;
  mark.s_m = section_s_m + xml.number(node, "sOffset");
  mark.type = xml.text(node, "type");
  mark.weight = xml.text(node, "weight");
  mark.color = xml.text(node, "color");
  if (mark.color.empty()) mark.color = "standard";
  mark.width_m = xml.number(node, "width", mark.weight == "bold" ? kBoldWidth_m : kStandardWidth_m);
  if (!(mark.width_m > 0 && mark.width_m < kWidestStripe_m)) mark.width_m = kStandardWidth_m;
  mark.height_m = xml.number(node, "height");
  if (!is_drawn(mark.type)) return mark;
  for (const pugi::xml_node& type : node.children("type")) {
    const double type_width = xml.number(type, "width", mark.width_m);
    for (const pugi::xml_node& line : type.children("line")) {
      MarkLine out;
      out.length_m = xml.number(line, "length");
      out.space_m = xml.number(line, "space");
      out.t_offset_m = xml.number(line, "tOffset");
      out.s_offset_m = xml.number(line, "sOffset");
      out.width_m = xml.number(line, "width", type_width);
      if (!(out.width_m > 0 && out.width_m < kWidestStripe_m)) out.width_m = mark.width_m;
      // Without a space there is one unbroken stripe, whatever its period is called.
      const bool dashed = out.space_m > 0 && out.length_m > 0;
      if (!dashed || out.length_m + out.space_m < kShortestPeriod_m) {
        out.length_m = out.space_m = 0;
      }
      mark.lines.push_back(out);
    }
  }
  for (const pugi::xml_node& line : node.child("explicit").children("line")) {
    // A stripe that is not repeated: its period is longer than any road.
    mark.lines.push_back({xml.required(line, "length"), 1e7, xml.number(line, "tOffset"),
                          xml.number(line, "sOffset"), xml.number(line, "width", mark.width_m)});
  }
  if (mark.lines.empty()) mark.lines = lines_of_type(mark.type, mark.width_m, lane_id);
  if (mark.lines.empty()) {
    xml.warn(node, "unknown road mark \"" + mark.type + "\", drawn as a solid line");
    mark.lines = {solid(mark.width_m, 0)};
  }
  return mark;
}

}  // namespace oddroad::road
