// The rows of a beam table as they stand in the file: a reader of its own, for tests.
#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace oddroad::tests {

using BeamRow = std::map<std::string, std::string>;

inline std::vector<BeamRow> beam_rows(const std::string& table) {
  std::string path = ODDROAD_SOURCE_DIR "/assets/lidar/";
  path += table;
  std::ifstream in(path);
  EXPECT_TRUE(in) << table;
  std::vector<BeamRow> rows;
  std::vector<std::string> names;
  std::string line;
  while (std::getline(in, line)) {
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string> cells;
    std::stringstream cut(line + ",");
    for (std::string cell; std::getline(cut, cell, ',');) cells.push_back(cell);
    if (names.empty()) {
      names = cells;
      continue;
    }
    EXPECT_EQ(cells.size(), names.size()) << line;
    BeamRow row;
    for (std::size_t k = 0; k < names.size(); ++k) row[names[k]] = cells[k];
    rows.push_back(row);
  }
  return rows;
}

inline double cell(const BeamRow& row, const std::string& name) {
  const auto it = row.find(name);
  return it == row.end() || it->second.empty() ? 0 : std::stod(it->second);
}

}  // namespace oddroad::tests
