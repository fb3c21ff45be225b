#include "sensors/lidar/beam_table.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>
#include <sstream>

#include "engine/core/quantity.h"
#include "engine/core/suggest.h"

namespace oddroad::lidar {

using capture::LidarBeam;

namespace {

constexpr double kDegree = std::numbers::pi / 180;

struct Cell {
  std::string text;
  core::SourceLocation where;
};
using Row = std::vector<Cell>;

std::vector<Row> split(const std::string& text, const std::string& file) {
  std::vector<Row> rows;
  std::istringstream in(text);
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty() || line[0] == '#') continue;
    Row row;
    for (std::size_t begin = 0; begin <= line.size();) {
      const std::size_t end = std::min(line.find(',', begin), line.size());
      row.push_back({line.substr(begin, end - begin), {file, number, static_cast<int>(begin) + 1}});
      begin = end + 1;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

class TableReader {
 public:
  TableReader(const Row& header, const BeamTableForm& form, core::Diagnostics& diagnostics)
      : form_(form), width_(header.size()), diagnostics_(diagnostics) {
    for (const Cell& cell : header) names_.push_back(cell.text);
    where_ = header.front().where;
    elevation_ = needed("elevation_deg");
    azimuth_ = needed("azimuth_offset_deg");
    for (const std::string& name : form.fire_times) times_.push_back(needed(name));
    vertical_ = find("vert_offset_m");
    horizontal_ = find("horiz_offset_m");
    forward_ = find("forward_offset_m");
  }

  // One beam for each state in which the laser fires.
  std::vector<LidarBeam> beams(const Row& row) {
    std::vector<LidarBeam> out;
    if (row.size() != width_) {
      diagnostics_.error(row.front().where,
                         std::to_string(row.size()) + " cells, expected " + std::to_string(width_));
      return out;
    }
    LidarBeam beam;
    beam.elevation_rad = number(row[*elevation_]) * kDegree;
    beam.azimuth_offset_rad = number(row[*azimuth_]) * (form_.clockwise ? -kDegree : kDegree);
    if (vertical_) beam.vertical_offset_m = number(row[*vertical_]);
    if (horizontal_) beam.horizontal_offset_m = number(row[*horizontal_]);
    if (forward_) beam.forward_offset_m = number(row[*forward_]);
    if (times_.empty()) return {beam};
    for (std::size_t s = 0; s < times_.size(); ++s) {
      const Cell& cell = row[*times_[s]];
      if (cell.text.empty() && times_.size() > 1) continue;
      beam.fire_time_ns = std::llround(number(cell) * 1000);
      beam.state = static_cast<std::uint16_t>(s);
      out.push_back(beam);
    }
    if (out.empty()) diagnostics_.error(row.front().where, "this laser never fires");
    return out;
  }

 private:
  std::optional<std::size_t> find(const std::string& name) const {
    const auto it = std::find(names_.begin(), names_.end(), name);
    if (it == names_.end()) return std::nullopt;
    return static_cast<std::size_t>(it - names_.begin());
  }
  std::optional<std::size_t> needed(const std::string& name) {
    const auto at = find(name);
    if (!at) {
      diagnostics_.error(where_, "no column '" + name + "'", core::did_you_mean(name, names_));
    }
    return at;
  }
  double number(const Cell& cell) {
    std::size_t end = 0;
    double value = 0;
    if (core::scan_number(cell.text, end, value) && end == cell.text.size() &&
        std::abs(value) <= 1e6) {
      return value;
    }
    diagnostics_.error(cell.where, "'" + cell.text + "' is no number");
    return 0;
  }

  const BeamTableForm& form_;
  std::size_t width_;
  core::Diagnostics& diagnostics_;
  std::vector<std::string> names_;
  core::SourceLocation where_;
  std::optional<std::size_t> elevation_, azimuth_, vertical_, horizontal_, forward_;
  std::vector<std::optional<std::size_t>> times_;
};

// `first[r]`: index of the first beam of row r; the last entry is the end.
void number_rings(const std::vector<std::size_t>& first, std::vector<LidarBeam>& beams) {
  std::vector<std::size_t> rows(first.size() - 1);
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
    return beams[first[a]].elevation_rad < beams[first[b]].elevation_rad;
  });
  for (std::size_t ring = 0; ring < rows.size(); ++ring) {
    for (std::size_t b = first[rows[ring]]; b < first[rows[ring] + 1]; ++b) {
      beams[b].ring = static_cast<std::uint16_t>(ring);
    }
  }
}

}  // namespace

core::Result<std::vector<LidarBeam>> parse_beam_table(const std::string& text,
                                                      const std::string& file,
                                                      const BeamTableForm& form) {
  const std::vector<Row> rows = split(text, file);
  if (rows.empty()) return core::fail_at({file}, "holds no beams");
  core::Diagnostics diagnostics;
  TableReader reader(rows[0], form, diagnostics);
  if (diagnostics.has_errors()) return tl::unexpected(diagnostics);
  std::vector<LidarBeam> beams;
  std::vector<std::size_t> first;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    first.push_back(beams.size());
    for (const LidarBeam& beam : reader.beams(rows[r])) beams.push_back(beam);
  }
  if (rows.size() == 1) diagnostics.error({file}, "holds no beams");
  if (rows.size() > 65536) diagnostics.error({file}, "holds more than 65535 beams");
  if (diagnostics.has_errors()) return tl::unexpected(diagnostics);
  first.push_back(beams.size());
  number_rings(first, beams);
  std::int64_t earliest = beams[0].fire_time_ns;
  for (const LidarBeam& b : beams) earliest = std::min(earliest, b.fire_time_ns);
  for (LidarBeam& b : beams) b.fire_time_ns -= earliest;
  std::stable_sort(beams.begin(), beams.end(), [](const LidarBeam& a, const LidarBeam& b) {
    return a.state != b.state ? a.state < b.state : a.fire_time_ns < b.fire_time_ns;
  });
  return beams;
}

}  // namespace oddroad::lidar
