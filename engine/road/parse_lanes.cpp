#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "engine/road/parse_parts.h"

namespace oddroad::road {
namespace {

constexpr int kNoId = std::numeric_limits<int>::min();
constexpr double kWidest_m = 500;   // lane
constexpr double kHighest_m = 100;  // kerb
constexpr double kNegativeWidth_m = 0.001;
constexpr int kWidthSamples = 8;
// Real roads have a quarter of it.
constexpr std::size_t kMostLanes = 64;
// Nearer to the road's end than this no lane section can begin.
constexpr double kShortestSection_m = 1e-6;

struct SectionSpan {
  double s_m = 0;
  double end_m = 0;
};

std::optional<int> parse_link(const XmlReader& xml, const pugi::xml_node& lane, const char* name) {
  const pugi::xml_node link = lane.child("link").child(name);
  if (!link) return std::nullopt;
  const int id = xml.integer(link, "id", kNoId);
  if (id == kNoId) return std::nullopt;
  return id;
}

LaneDirection parse_direction(const XmlReader& xml, const pugi::xml_node& node) {
  const std::string direction = xml.text(node, "direction");
  if (direction == "reversed") return LaneDirection::kReversed;
  if (direction == "both" || xml.text(node, "type") == "bidirectional") {
    return LaneDirection::kBoth;
  }
  return LaneDirection::kStandard;
}

// Tells where a width runs below 0, which is then taken as 0.
void check_widths(const XmlReader& xml, const pugi::xml_node& node, const Lane& lane,
                  double section_end_m) {
  const auto& records = lane.width.records();
  for (std::size_t i = 0; i < records.size(); ++i) {
    const double end = i + 1 < records.size() ? records[i + 1].s_m : section_end_m;
    for (int k = 0; k <= kWidthSamples; ++k) {
      const double s = records[i].s_m + (end - records[i].s_m) * k / kWidthSamples;
      if (s > section_end_m || !(records[i].value(s) < -kNegativeWidth_m)) continue;
      xml.warn(node, "lane " + std::to_string(lane.id) + " is " +
                         std::to_string(records[i].value(s)) +
                         " m wide at s = " + std::to_string(s) + "; taken as 0 m there");
      return;
    }
  }
}

Lane parse_lane(const XmlReader& xml, const pugi::xml_node& node, int id,
                const SectionSpan& section) {
  const double section_s_m = section.s_m;
  Lane lane;
  lane.id = id;
  lane.type_name = xml.text(node, "type");
  lane.type = lane_type_from(lane.type_name);
  // Nobody needs the type of the centre lane, and many writers leave it out.
  if (id != 0 && lane.type == LaneType::kOther && lane.type_name != "other") {
    xml.warn(node, "unknown lane type \"" + lane.type_name + "\"");
  }
  lane.level = xml.flag(node, "level");
  lane.direction = parse_direction(xml, node);
  lane.predecessor = parse_link(xml, node, "predecessor");
  lane.successor = parse_link(xml, node, "successor");
  const ProfileLimits limits{kWidest_m, 100, section.end_m};
  lane.width = xml.profile(node, "width", "sOffset", section_s_m, limits);
  lane.border = xml.profile(node, "border", "sOffset", section_s_m, limits);
  check_widths(xml, node, lane, section.end_m);
  if (id != 0 && lane.width.empty() && lane.border.empty()) {
    xml.warn(node, "lane " + std::to_string(id) + " has neither width nor border; taken as 0 m");
  }
  for (const pugi::xml_node& h : node.children("height")) {
    lane.heights.push_back({section_s_m + xml.number(h, "sOffset"),
                            std::clamp(xml.number(h, "inner"), -kHighest_m, kHighest_m),
                            std::clamp(xml.number(h, "outer"), -kHighest_m, kHighest_m)});
  }
  for (const pugi::xml_node& m : node.children("roadMark")) {
    lane.marks.push_back(parse_road_mark(xml, m, id, section_s_m));
  }
  for (const pugi::xml_node& s : node.children("speed")) {
    lane.speeds.push_back({section_s_m + xml.number(s, "sOffset"), xml.speed_mps(s)});
  }
  const auto by_s = [](const auto& a, const auto& b) {
    return a.s_m < b.s_m;
  };
  std::stable_sort(lane.heights.begin(), lane.heights.end(), by_s);
  std::stable_sort(lane.marks.begin(), lane.marks.end(), by_s);
  std::stable_sort(lane.speeds.begin(), lane.speeds.end(), by_s);
  return lane;
}

void parse_side(const XmlReader& xml, const pugi::xml_node& side, int sign, double section_end_m,
                LaneSection& section) {
  std::size_t count = 0;
  for (const pugi::xml_node& node : side.children("lane")) {
    if (++count > kMostLanes) {
      xml.warn(node, "more than " + std::to_string(kMostLanes) +
                         " lanes on one side; the rest is dropped");
      return;
    }
    const int id = xml.integer(node, "id", sign == 0 ? 0 : kNoId);
    if (id == kNoId || (id > 0) - (id < 0) != sign) {
      xml.warn(node, "lane id \"" + xml.text(node, "id") + "\" does not belong into <" +
                         side.name() + ">; lane dropped");
      continue;
    }
    if (section.find(id) != nullptr) {
      xml.warn(node, "lane " + std::to_string(id) + " occurs twice; the second is dropped");
      continue;
    }
    section.lanes.push_back(parse_lane(xml, node, id, {section.s_m, section_end_m}));
  }
}

// A single-sided section describes one side; the other goes on as it was.
void complete_single_side(LaneSection& section, const LaneSection& before) {
  const bool has_left = section.leftmost_id() > 0;
  const bool has_right = section.rightmost_id() < 0;
  for (const Lane& lane : before.lanes) {
    if ((lane.id > 0 && !has_left) || (lane.id < 0 && !has_right)) {
      Lane copy = lane;
      copy.predecessor = copy.id;
      section.lanes.push_back(std::move(copy));
    }
  }
}

void sort_lanes(LaneSection& section) {
  std::stable_sort(section.lanes.begin(), section.lanes.end(), [](const Lane& a, const Lane& b) {
    return a.id > b.id;
  });
}

LaneSection parse_section(const XmlReader& xml, const pugi::xml_node& node, double road_length_m) {
  LaneSection section;
  section.s_m = xml.required(node, "s");
  if (section.s_m < 0) {
    xml.warn(node, "lane section begins before the road; taken as beginning at s = 0");
    section.s_m = 0;
  }
  double end = road_length_m;
  if (const pugi::xml_node next = node.next_sibling("laneSection")) {
    const double next_s = next.attribute("s").as_double(road_length_m);
    if (next_s > section.s_m && next_s < end) end = next_s;
  }
  section.single_side = xml.flag(node, "singleSide");
  parse_side(xml, node.child("left"), 1, end, section);
  parse_side(xml, node.child("center"), 0, end, section);
  parse_side(xml, node.child("right"), -1, end, section);
  if (section.find(0) == nullptr) {
    xml.warn(node, "lane section without centre lane; one is assumed");
    section.lanes.push_back(Lane{});
  }
  sort_lanes(section);
  int expected = section.leftmost_id();
  for (const Lane& lane : section.lanes) {
    if (lane.id != expected) {
      xml.warn(node, "lane ids are not contiguous: " + std::to_string(lane.id) + " instead of " +
                         std::to_string(expected));
      break;
    }
    --expected;
  }
  return section;
}

}  // namespace

std::vector<LaneSection> parse_lane_sections(const XmlReader& xml, const pugi::xml_node& lanes,
                                             double road_length_m) {
  std::vector<LaneSection> sections;
  for (const pugi::xml_node& node : lanes.children("laneSection")) {
    LaneSection section = parse_section(xml, node, road_length_m);
    if (section.s_m > std::max(0.0, road_length_m - kShortestSection_m)) {
      xml.warn(node, "lane section begins beyond the road's end; dropped");
      continue;
    }
    sections.push_back(std::move(section));
  }
  std::stable_sort(sections.begin(), sections.end(),
                   [](const LaneSection& a, const LaneSection& b) {
                     return a.s_m < b.s_m;
                   });
  if (sections.empty()) {
    xml.warn(lanes, "road without lane section; it has no lanes");
    LaneSection empty;
    empty.lanes.push_back(Lane{});
    sections.push_back(std::move(empty));
  }
  if (sections.front().s_m != 0) {
    xml.warn(lanes, "the first lane section does not begin at s = 0; it is extended");
    sections.front().s_m = 0;
  }
  for (std::size_t i = 0; i < sections.size(); ++i) {
    if (i > 0 && sections[i].single_side) {
      complete_single_side(sections[i], sections[i - 1]);
      sort_lanes(sections[i]);
    }
    sections[i].end_m = i + 1 < sections.size() ? sections[i + 1].s_m : road_length_m;
  }
  // Two sections at one place: the later holds; an empty one has no surface and no lanes to link.
  std::erase_if(sections, [](const LaneSection& s) {
    return !(s.end_m - s.s_m > 1e-9);
  });
  return sections;
}

}  // namespace oddroad::road
