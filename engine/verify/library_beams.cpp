#include "engine/verify/library_beams.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numbers>
#include <sstream>

#include "engine/core/map_reader.h"
#include "engine/verify/files.h"

namespace oddroad::verify {
namespace {

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
  return cells;
}

std::vector<BeamRecord> read_table(const std::string& text) {
  constexpr double kDegree = std::numbers::pi / 180;
  std::vector<BeamRecord> beams;
  std::vector<std::string> columns;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    const auto cells = split(line);
    if (columns.empty()) {
      columns = cells;
      continue;
    }
    BeamRecord b;
    for (std::size_t k = 0; k < std::min(cells.size(), columns.size()); ++k) {
      const double value = std::strtod(cells[k].c_str(), nullptr);
      if (columns[k] == "elevation_deg") b.elevation_rad = value * kDegree;
      if (columns[k] == "azimuth_offset_deg") b.azimuth_offset_rad = value * kDegree;
      if (columns[k] == "vert_offset_m") b.vertical_offset_m = value;
      if (columns[k] == "horiz_offset_m") b.horizontal_offset_m = value;
      if (columns[k] == "fire_time_us") b.fire_time_ns = std::llround(value * 1000);
    }
    beams.push_back(b);
  }
  // Rings count from the lowest elevation; of equal ones the first in the table is lower.
  for (BeamRecord& b : beams) {
    b.ring = static_cast<int>(std::count_if(beams.begin(), beams.end(), [&](const BeamRecord& o) {
      return o.elevation_rad < b.elevation_rad || (o.elevation_rad == b.elevation_rad && &o < &b);
    }));
  }
  return beams;
}

}  // namespace

core::Result<void> add_library_beams(LidarRecord& lidar, const core::SearchRoots& roots) {
  const auto path = core::resolve_path("assets/lidar/models.yaml", "", roots);
  if (!path) return core::forward_error(path);
  const auto models = core::load_yaml(*path);
  if (!models) return core::forward_error(models);
  const core::YamlNode* model = models->find(lidar.model);
  if (model == nullptr) return core::fail("there is no LiDAR model '" + lidar.model + "'");
  core::Diagnostics problems;
  core::MapReader reader(*model, "LiDAR", problems);
  const std::string table = reader.required_text("table").value_or("");
  lidar.cycle_ns = std::llround(1e9 * reader.required_quantity("cycle", core::kTime).value_or(1));
  lidar.sweep_ns = std::llround(1e9 / reader.required_quantity("rate", core::kRate).value_or(10));
  lidar.noise_m = reader.required_quantity("noise", core::kLength).value_or(0);
  lidar.range_step_m = reader.required_quantity("range_step", core::kLength).value_or(0);
  if (const core::YamlNode* range = reader.required("range")) {
    core::MapReader limits(*range, "range", problems);
    lidar.range_min_m = limits.required_quantity("min", core::kLength).value_or(0);
    lidar.range_max_m = limits.required_quantity("max", core::kLength).value_or(0);
  }
  if (problems.has_errors()) return tl::unexpected(problems);
  const auto text = read_bytes(std::filesystem::path(*path).parent_path() / table);
  if (!text) return core::forward_error(text);
  lidar.beams = read_table(*text);
  return {};
}

}  // namespace oddroad::verify
