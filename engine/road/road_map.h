// A map: roads and junctions of one OpenDRIVE file (1.1 to 1.8), read tolerantly.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "engine/math/bounds.h"
#include "engine/road/junction.h"
#include "engine/road/road.h"

namespace oddroad::road {

struct MapHeader {
  int major = 1;
  int minor = 4;
  std::string name;
  std::string vendor;
  std::string geo_reference;  // PROJ string, empty if none
};

struct RoadMap {
  std::string source;  // path or name it was read from
  MapHeader header;
  std::vector<Road> roads;  // in file order; an index into this is a road's number everywhere
  std::vector<Junction> junctions;
  std::vector<Controller> controllers;
  core::Diagnostics warnings;  // what the file says wrongly and how it was taken

  // Makes the look-ups below quick; parse_opendrive has done it. Again after roads or junctions
  // were added, removed or renamed.
  void index_ids();
  [[nodiscard]] int road_index(std::string_view id) const;  // -1 if absent
  [[nodiscard]] const Road* find_road(std::string_view id) const;
  [[nodiscard]] const Junction* find_junction(std::string_view id) const;
  [[nodiscard]] const Controller* find_controller(std::string_view id) const;
  // Of all lane borders.
  [[nodiscard]] math::Aabb bounds() const;

 private:
  // The first of each id.
  std::map<std::string, int, std::less<>> road_of_id_, junction_of_id_, controller_of_id_;
};

// Fails only if the text is no XML, no OpenDRIVE, or holds no usable road. All else that is wrong
// is mended and told in RoadMap::warnings, with its place.
core::Result<RoadMap> load_opendrive(const std::filesystem::path& path);
core::Result<RoadMap> parse_opendrive(std::string_view text, std::string source_name);

}  // namespace oddroad::road
