// Small maps written in the test, and where the collected ones lie.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/road/road_map.h"

namespace oddroad::road::testing {

// One road of the given plan view, lanes and further elements.
inline std::string one_road(const std::string& length, const std::string& plan_view,
                            const std::string& lanes, const std::string& profiles = "",
                            const std::string& road_attributes = "") {
  return "<OpenDRIVE><header revMajor=\"1\" revMinor=\"6\"/><road id=\"1\" junction=\"-1\" "
         "length=\"" +
         length + "\" " + road_attributes + "><planView>" + plan_view + "</planView>" + profiles +
         "<lanes>" + lanes + "</lanes></road></OpenDRIVE>";
}

inline std::string geometry(const std::string& length, const std::string& shape,
                            const std::string& s = "0") {
  return "<geometry s=\"" + s + "\" x=\"0\" y=\"0\" hdg=\"0\" length=\"" + length + "\">" + shape +
         "</geometry>";
}

inline std::string width(const std::string& a, const std::string& b = "0") {
  return "<width sOffset=\"0\" a=\"" + a + "\" b=\"" + b + "\" c=\"0\" d=\"0\"/>";
}

// One driving lane each way, 3.5 m.
inline std::string two_lanes() {
  return "<laneSection s=\"0\"><left><lane id=\"1\" type=\"driving\">" + width("3.5") +
         "</lane></left><center><lane id=\"0\" type=\"none\"/></center><right><lane id=\"-1\" "
         "type=\"driving\">" +
         width("3.5") + "</lane></right></laneSection>";
}

inline RoadMap parsed(const std::string& text) {
  auto map = parse_opendrive(text, "test.xodr");
  EXPECT_TRUE(map.has_value()) << core::to_string(map.error());
  return map ? *map : RoadMap{};
}

inline std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> out;
  if (!std::filesystem::is_directory(folder)) return out;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".xodr") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

inline std::vector<std::filesystem::path> collected_maps() {
  return files_in(std::filesystem::path(ODDROAD_SHARED_DIR) / "data" / "xodr");
}
inline std::filesystem::path own_map(const std::string& name) {
  return std::filesystem::path(ODDROAD_SOURCE_DIR) / "scenarios" / "maps" / (name + ".xodr");
}

}  // namespace oddroad::road::testing
