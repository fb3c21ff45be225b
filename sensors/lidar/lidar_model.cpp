#include "sensors/lidar/lidar_model.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <numeric>
#include <sstream>

#include "engine/core/map_reader.h"
#include "engine/core/suggest.h"

namespace oddroad::lidar {

std::int64_t LidarModel::sweep_ns() const { return std::llround(1e9 / rate_hz); }

namespace {

core::Result<std::string> read_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  if (!(in && text << in.rdbuf())) return core::fail_at({path}, "cannot be read");
  return text.str();
}

void read_model(const core::YamlNode& node, const std::string& directory, LidarModel& model,
                core::Diagnostics& diagnostics) {
  core::MapReader reader(node, "LiDAR model '" + model.name + "'", diagnostics);
  const auto table = reader.required_text("table");
  model.cycle_ns = std::llround(reader.required_quantity("cycle", core::kTime).value_or(1) * 1e9);
  model.rate_hz = reader.required_quantity("rate", core::kRate).value_or(10);
  model.noise_m = reader.required_quantity("noise", core::kLength).value_or(0);
  model.range_step_m = reader.required_quantity("range_step", core::kLength).value_or(0);
  if (const core::YamlNode* range = reader.required("range")) {
    core::MapReader limits(*range, "range", diagnostics);
    model.range_min_m = limits.required_quantity("min", core::kLength).value_or(0);
    model.range_max_m = limits.required_quantity("max", core::kLength).value_or(0);
    model.range_10_m = limits.required_quantity("at_10_percent", core::kLength).value_or(0);
    limits.finish();
  }
  reader.finish();
  if (model.cycle_ns <= 0) diagnostics.error(node.location(), "'cycle' must be above 0 s");
  if (!table) return;
  const std::string path = (std::filesystem::path(directory) / *table).string();
  const auto text = read_text(path);
  if (!text) return diagnostics.append(text.error());
  auto beams = parse_beam_table(*text, path);
  if (!beams) return diagnostics.append(beams.error());
  model.beams = std::move(*beams);
}

}  // namespace

core::Result<LidarModel> load_lidar_model(const std::string& name, const core::SearchRoots& roots,
                                          const core::SourceLocation& where) {
  const auto path = core::resolve_path("assets/lidar/models.yaml", "", roots, where);
  if (!path) return core::forward_error(path);
  const auto root = core::load_yaml(*path);
  if (!root) return core::forward_error(root);
  const core::YamlNode* node = root->find(name);
  if (!node) {
    std::vector<std::string> names;
    for (const core::YamlEntry& entry : root->entries()) names.push_back(entry.key);
    return core::fail_at(where, "unknown LiDAR model '" + name + "'",
                         core::did_you_mean(name, names));
  }
  core::Diagnostics diagnostics;
  LidarModel model;
  model.name = name;
  read_model(*node, std::filesystem::path(*path).parent_path().string(), model, diagnostics);
  if (diagnostics.has_errors()) return tl::unexpected(diagnostics);
  return model;
}

core::Result<LidarSettings> parse_lidar_settings(const core::YamlNode& settings,
                                                 const core::SearchRoots& roots) {
  core::Diagnostics diagnostics;
  core::MapReader reader(settings, "LiDAR", diagnostics);
  LidarSettings out;
  const auto name = reader.required_text("model");
  const auto rate = reader.quantity("rate", core::kRate);
  out.noise = reader.boolean("noise").value_or(true);
  out.detection = reader.boolean("detection").value_or(true);
  reader.finish();
  if (name) {
    auto model = load_lidar_model(*name, roots, settings.find("model")->location());
    if (model) {
      out.model = std::move(*model);
    } else {
      diagnostics.append(model.error());
    }
  }
  if (rate) {
    // A window of the scene spans 120 ms, so a sweep may take 100 ms plus its widening.
    if (*rate < 10 || *rate > 20) {
      diagnostics.error(settings.find("rate")->location(),
                        "a LiDAR turns at 10 to 20 Hz here, found " + settings.find("rate")->text());
    }
    out.model.rate_hz = *rate;
  }
  if (diagnostics.has_errors()) return tl::unexpected(diagnostics);
  return out;
}

core::Result<std::vector<Beam>> parse_beam_table(const std::string& text,
                                                 const std::string& file) {
  std::istringstream in(text);
  std::string line;
  std::vector<std::string> columns;
  std::vector<Beam> beams;
  core::Diagnostics diagnostics;
  constexpr double kDegree = std::numbers::pi / 180;
  for (int number = 1; std::getline(in, line); ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string> cells(1);
    for (const char c : line) {
      if (c == ',') cells.emplace_back();
      else cells.back() += c;
    }
    if (columns.empty()) {
      columns = cells;
      for (const char* needed : {"elevation_deg", "azimuth_offset_deg", "fire_time_us"}) {
        if (std::find(columns.begin(), columns.end(), needed) == columns.end()) {
          diagnostics.error({file, number, 1}, std::string("no column '") + needed + "'");
        }
      }
      if (diagnostics.has_errors()) return tl::unexpected(diagnostics);
      continue;
    }
    if (cells.size() != columns.size()) {
      diagnostics.error({file, number, 1}, std::to_string(cells.size()) + " cells, expected " +
                                               std::to_string(columns.size()));
      continue;
    }
    Beam beam;
    for (std::size_t k = 0; k < cells.size(); ++k) {
      char* end = nullptr;
      const double value = std::strtod(cells[k].c_str(), &end);
      const bool wanted = columns[k] == "elevation_deg" || columns[k] == "azimuth_offset_deg" ||
                          columns[k] == "fire_time_us" || columns[k] == "vert_offset_m" ||
                          columns[k] == "horiz_offset_m";
      if (!wanted) continue;
      if (cells[k].empty() || *end != '\0' || !std::isfinite(value)) {
        diagnostics.error({file, number, 1},
                          "'" + cells[k] + "' in column " + columns[k] + " is no number");
        continue;
      }
      if (columns[k] == "elevation_deg") beam.elevation_rad = value * kDegree;
      if (columns[k] == "azimuth_offset_deg") beam.azimuth_offset_rad = value * kDegree;
      if (columns[k] == "fire_time_us") beam.fire_time_ns = std::llround(value * 1000);
      if (columns[k] == "vert_offset_m") beam.vertical_offset_m = value;
      if (columns[k] == "horiz_offset_m") beam.horizontal_offset_m = value;
    }
    beams.push_back(beam);
  }
  if (beams.empty()) diagnostics.error({file}, "holds no beams");
  if (diagnostics.has_errors()) return tl::unexpected(diagnostics);
  std::vector<std::size_t> by_elevation(beams.size());
  std::iota(by_elevation.begin(), by_elevation.end(), std::size_t{0});
  std::stable_sort(by_elevation.begin(), by_elevation.end(), [&](std::size_t a, std::size_t b) {
    return beams[a].elevation_rad < beams[b].elevation_rad;
  });
  for (std::size_t r = 0; r < by_elevation.size(); ++r) {
    beams[by_elevation[r]].ring = static_cast<std::uint16_t>(r);
  }
  std::stable_sort(beams.begin(), beams.end(),
                   [](const Beam& a, const Beam& b) { return a.fire_time_ns < b.fire_time_ns; });
  return beams;
}

}  // namespace oddroad::lidar
