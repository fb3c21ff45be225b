#include "engine/road/road_map.h"

#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <utility>

#include "engine/road/parse_parts.h"
#include "engine/road/split_sections.h"
#include "engine/road/stations.h"
#include "engine/road/xml_reader.h"

namespace oddroad::road {
namespace {

constexpr double kLongestMap_m = 1e7;

MapHeader parse_header(const XmlReader& xml, const pugi::xml_node& root) {
  MapHeader out;
  const pugi::xml_node header = root.child("header");
  if (!header) {
    xml.warn(root, "no <header>; read as OpenDRIVE 1.4");
    return out;
  }
  out.major = xml.integer(header, "revMajor", 1);
  out.minor = xml.integer(header, "revMinor", 4);
  if (out.major != 1 || out.minor > 8) {
    xml.warn(header, "revision " + std::to_string(out.major) + "." + std::to_string(out.minor) +
                         " is not known; read as 1.8");
  }
  out.name = xml.text(header, "name");
  out.vendor = xml.text(header, "vendor");
  out.geo_reference = header.child_value("geoReference");
  return out;
}

void parse_roads(const XmlReader& xml, const pugi::xml_node& root, RoadMap& map) {
  std::set<std::string> seen;
  double total_m = 0;
  for (const pugi::xml_node& node : root.children("road")) {
    auto road = parse_road(xml, node);
    if (!road) continue;
    if (!seen.insert(road->id).second) {
      xml.warn(node, "road \"" + road->id + "\" occurs twice; the second is dropped");
      continue;
    }
    total_m += road->length_m;
    if (total_m > kLongestMap_m) {
      xml.warn(node, "the map has more than 10,000 km of roads; the rest is dropped");
      break;
    }
    map.roads.push_back(std::move(*road));
  }
}

void parse_junctions(const XmlReader& xml, const pugi::xml_node& root, RoadMap& map) {
  std::set<std::string> seen;
  for (const pugi::xml_node& node : root.children("junction")) {
    Junction junction = parse_junction(xml, node);
    if (!seen.insert(junction.id).second) {
      xml.warn(node, "junction \"" + junction.id + "\" occurs twice; the second is dropped");
      continue;
    }
    map.junctions.push_back(std::move(junction));
  }
}

}  // namespace

core::Result<RoadMap> parse_opendrive(std::string_view text, std::string source_name) {
  RoadMap map;
  map.source = source_name;
  const XmlReader xml(text, std::move(source_name), map.warnings);
  pugi::xml_document document;
  const pugi::xml_parse_result parsed =
      document.load_buffer(text.data(), text.size(), pugi::parse_default);
  if (!parsed) {
    return core::fail_at(xml.locate(parsed.offset),
                         "not well-formed XML: " + std::string(parsed.description()));
  }
  const pugi::xml_node root = document.child("OpenDRIVE");
  if (!root) {
    return core::fail_at(xml.locate(document.document_element()),
                         "no <OpenDRIVE> element; this is no OpenDRIVE map");
  }
  map.header = parse_header(xml, root);
  parse_roads(xml, root, map);
  parse_junctions(xml, root, map);
  for (const pugi::xml_node& node : root.children("controller")) {
    map.controllers.push_back(parse_controller(xml, node));
  }
  if (map.roads.empty()) {
    core::Diagnostics all = map.warnings;
    all.error(xml.locate(root), "the map holds no usable road");
    return tl::unexpected<core::Diagnostics>(std::move(all));
  }
  map.index_ids();
  split_at_side_links(map);
  return map;
}

core::Result<RoadMap> load_opendrive(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path)) {
    return core::fail_at({path.string(), 0, 0}, "cannot read the map file");
  }
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  return parse_opendrive(text, path.string());
}

void RoadMap::index_ids() {
  const auto index = [](const auto& things, auto& of_id) {
    of_id.clear();
    for (std::size_t i = 0; i < things.size(); ++i) {
      of_id.emplace(things[i].id, static_cast<int>(i));
    }
  };
  index(roads, road_of_id_);
  index(junctions, junction_of_id_);
  index(controllers, controller_of_id_);
}

int RoadMap::road_index(std::string_view id) const {
  const auto found = road_of_id_.find(id);
  return found == road_of_id_.end() ? -1 : found->second;
}

const Road* RoadMap::find_road(std::string_view id) const {
  const int index = road_index(id);
  return index < 0 ? nullptr : &roads[static_cast<std::size_t>(index)];
}

const Junction* RoadMap::find_junction(std::string_view id) const {
  const auto found = junction_of_id_.find(id);
  if (found == junction_of_id_.end()) return nullptr;
  return &junctions[static_cast<std::size_t>(found->second)];
}

const Controller* RoadMap::find_controller(std::string_view id) const {
  const auto found = controller_of_id_.find(id);
  if (found == controller_of_id_.end()) return nullptr;
  return &controllers[static_cast<std::size_t>(found->second)];
}

math::Aabb RoadMap::bounds() const {
  math::Aabb out;
  for (const Road& road : roads) {
    for (std::size_t i = 0; i < road.sections.size(); ++i) {
      const int section = static_cast<int>(i);
      const LaneSection& cross = road.sections[i];
      for (const double s : section_stations(road, section, {.lateral_chord_m = 0.1})) {
        for (const int lane : {cross.leftmost_id(), cross.rightmost_id()}) {
          out.include(road.lane_point(section, lane, s, 1));
        }
      }
    }
  }
  return out;
}

}  // namespace oddroad::road
