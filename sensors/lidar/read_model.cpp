#include "sensors/lidar/read_model.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <sstream>

#include "engine/core/map_reader.h"
#include "engine/core/suggest.h"
#include "sensors/lidar/beam_table.h"

namespace oddroad::lidar {

using core::MapReader;
using core::YamlNode;

namespace {

constexpr double kTurn = 2 * std::numbers::pi;

core::Result<std::string> read_text(const std::string& path, const core::SourceLocation& where) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  if (!(in && text << in.rdbuf())) return core::fail_at(where, "'" + path + "' cannot be read");
  return text.str();
}

std::vector<std::string> read_words(const YamlNode& node, core::Diagnostics& diagnostics) {
  std::vector<std::string> out;
  if (!node.is_sequence()) diagnostics.error(node.location(), "expected a list");
  for (const YamlNode& item : node.items()) {
    if (const auto word = item.as_string()) {
      out.push_back(*word);
    } else {
      diagnostics.append(word.error());
    }
  }
  return out;
}

std::vector<double> read_quantities(const YamlNode& node, core::Dimension dimension,
                                    core::Diagnostics& diagnostics) {
  std::vector<double> out;
  if (!node.is_sequence()) diagnostics.error(node.location(), "expected a list");
  for (const YamlNode& item : node.items()) {
    if (const auto value = core::parse_quantity(item.text(), dimension, item.text_location())) {
      out.push_back(*value);
    } else {
      diagnostics.append(value.error());
    }
  }
  return out;
}

class ModelReader {
 public:
  ModelReader(const YamlNode& node, std::string file, LidarModel& model,
              core::Diagnostics& diagnostics)
      : node_(node),
        file_(std::move(file)),
        model_(model),
        diagnostics_(diagnostics),
        reader_(node, "LiDAR model '" + model.name + "'", diagnostics) {}

  void run() {
    beams();
    timing();
    range();
    if (const YamlNode* node = reader_.required("optics")) optics(*node);
    if (const YamlNode* node = reader_.required("intensity")) intensity(*node);
    if (const YamlNode* node = reader_.required("returns")) returns(*node);
    reader_.finish();
    if (!diagnostics_.has_errors()) check_times();
  }

 private:
  void beams() {
    BeamTableForm form;
    const auto table = reader_.required_text("table");
    const auto sense = reader_.word("azimuth_offsets", {"counter_clockwise", "clockwise"});
    form.clockwise = sense == "clockwise";
    if (const YamlNode* node = reader_.optional("fire_times")) {
      form.fire_times = read_words(*node, diagnostics_);
    }
    model_.states = static_cast<std::uint16_t>(std::max<std::size_t>(form.fire_times.size(), 1));
    if (!table) return;
    const std::string path = (std::filesystem::path(file_).parent_path() / *table).string();
    const auto text = read_text(path, node_.find("table")->location());
    if (!text) return diagnostics_.append(text.error());
    auto beams = parse_beam_table(*text, path, form);
    if (!beams) return diagnostics_.append(beams.error());
    model_.beams = std::move(*beams);
  }

  void timing() {
    const auto cycle = reader_.quantity("cycle", core::kTime);
    const auto per_second = reader_.quantity("columns_per_s", core::kRate);
    const YamlNode* columns = reader_.optional("columns");
    if (cycle.has_value() + per_second.has_value() + (columns != nullptr) != 1) {
      diagnostics_.error(node_.location(), "expected one of cycle, columns_per_s and columns");
    }
    if (cycle) model_.cycle_ns = std::llround(positive("cycle", *cycle) * 1e9);
    if (per_second) model_.columns_per_s = positive("columns_per_s", *per_second);
    if (columns != nullptr) choices(*columns);
    model_.most_columns_per_s = reader_.quantity("most_columns_per_s", core::kRate).value_or(0);
    model_.turn_rad = reader_.quantity("turn", core::kAngle).value_or(kTurn);
    model_.field_rad = reader_.quantity("field", core::kAngle).value_or(model_.turn_rad);
    if (const YamlNode* node = reader_.required("rate")) rates(*node);
  }

  void choices(const YamlNode& node) {
    for (const double n : read_quantities(node, core::kNumber, diagnostics_)) {
      if (n >= 1 && n <= 1e5 && n == std::floor(n)) {
        model_.column_choices.push_back(static_cast<std::uint32_t>(n));
      } else {
        diagnostics_.error(node.location(), "columns are whole numbers from 1 to 100000");
      }
    }
    if (!model_.column_choices.empty()) model_.columns = model_.column_choices.front();
  }

  void rates(const YamlNode& node) {
    MapReader reader(node, "rate", diagnostics_);
    model_.rate_hz = reader.required_quantity("default", core::kRate).value_or(10);
    model_.rates.lowest_hz = reader.quantity("from", core::kRate).value_or(model_.rate_hz);
    model_.rates.highest_hz = reader.quantity("to", core::kRate).value_or(model_.rate_hz);
    if (const YamlNode* only = reader.optional("only")) {
      model_.rates.only_hz = read_quantities(*only, core::kRate, diagnostics_);
    }
    reader.finish();
    if (!diagnostics_.has_errors() &&
        !(model_.rate_hz > 0 && model_.rates.contains(model_.rate_hz))) {
      diagnostics_.error(node.location(), "the default is none of the rates it can be set to");
    }
  }

  void range() {
    if (const YamlNode* node = reader_.required("range")) {
      MapReader limits(*node, "range", diagnostics_);
      model_.range_min_m = limits.required_quantity("min", core::kLength).value_or(0);
      model_.range_max_m = limits.required_quantity("max", core::kLength).value_or(0);
      model_.range_10_m = limits.required_quantity("at_10_percent", core::kLength).value_or(0);
      model_.range_step_m = limits.required_quantity("step", core::kLength).value_or(0);
      limits.finish();
      if (!diagnostics_.has_errors() &&
          !(0 <= model_.range_min_m && model_.range_min_m < model_.range_max_m &&
            model_.range_10_m > 0 && model_.range_step_m > 0)) {
        diagnostics_.error(node->location(),
                           "expected 0 <= min < max, at_10_percent > 0, step > 0");
      }
    }
    if (const YamlNode* node = reader_.required("noise")) {
      MapReader noise(*node, "noise", diagnostics_);
      model_.noise_m = noise.required_quantity("floor", core::kLength).value_or(0);
      model_.noise_per_m = noise.quantity("per_metre", core::kLength).value_or(0);
      noise.finish();
      if (model_.noise_m < 0 || model_.noise_per_m < 0) {
        diagnostics_.error(node->location(), "noise is not negative");
      }
    }
  }

  void optics(const YamlNode& node) {
    MapReader reader(node, "optics", diagnostics_);
    LidarOptics& o = model_.optics;
    o.wavelength_nm = reader.required_quantity("wavelength", core::kLength).value_or(1e-9) * 1e9;
    o.divergence_h_rad = reader.required_quantity("divergence_h", core::kAngle).value_or(0);
    o.divergence_v_rad = reader.required_quantity("divergence_v", core::kAngle).value_or(0);
    o.exit_diameter_m = reader.required_quantity("exit", core::kLength).value_or(0);
    o.pulse_ns = reader.required_quantity("pulse", core::kTime).value_or(0) * 1e9;
    o.false_alarm = reader.number("false_alarm").value_or(o.false_alarm);
    reader.finish();
    if (o.wavelength_nm < 700 || o.wavelength_nm > 2000 || o.divergence_h_rad < 0 ||
        o.divergence_v_rad < 0 || o.exit_diameter_m < 0 || o.pulse_ns < 0 || o.false_alarm < 0 ||
        o.false_alarm >= 1) {
      diagnostics_.error(
          node.location(),
          "expected a wavelength of 700 to 2000 nm, nothing negative, false_alarm < 1");
    }
  }

  void intensity(const YamlNode& node) {
    MapReader reader(node, "intensity", diagnostics_);
    IntensityScale& scale = model_.intensity;
    scale.diffuse_code = reader.required_number("diffuse").value_or(100);
    scale.logarithmic_above = reader.word("above", {"linear", "logarithmic"}) != "linear";
    scale.saturation_reflectance = reader.number("saturation").value_or(255 / scale.diffuse_code);
    reader.finish();
    if (scale.diffuse_code < 1 || scale.diffuse_code > 255 || scale.saturation_reflectance < 1) {
      diagnostics_.error(node.location(),
                         "expected diffuse from 1 to 255, saturation of 1 or more");
    }
  }

  void returns(const YamlNode& node) {
    MapReader reader(node, "returns", diagnostics_);
    model_.returns_max = static_cast<int>(reader.required_integer("most").value_or(1));
    const YamlNode* modes = reader.required("modes");
    reader.finish();
    if (model_.returns_max < 1 || model_.returns_max > 8) {
      diagnostics_.error(node.location(), "expected 1 to 8 returns");
    }
    if (modes == nullptr) return;
    for (const std::string& word : read_words(*modes, diagnostics_)) {
      if (const auto mode = return_mode(word)) {
        model_.return_modes.push_back(*mode);
      } else {
        diagnostics_.error(modes->location(), "unknown return mode '" + word + "'",
                           core::did_you_mean(word, return_mode_names()));
      }
    }
    if (model_.return_modes.empty()) diagnostics_.error(modes->location(), "expected a mode");
  }

  double positive(const std::string& key, double value) {
    if (value > 0) return value;
    diagnostics_.error(node_.find(key)->location(), "'" + key + "' must be above 0");
    return 1;
  }

  // A laser that fires when the next column has begun would break the order of shots.
  void check_times() {
    const capture::LidarScan scan = model_.scan();
    if (scan.columns == 0) {
      return diagnostics_.error(node_.location(), "no column fits into a sweep");
    }
    const std::int64_t column_ns = scan.columns_ns / scan.columns;
    for (const Beam& beam : model_.beams) {
      if (beam.fire_time_ns <= column_ns) continue;
      diagnostics_.error(node_.location(), "a laser fires " + std::to_string(beam.fire_time_ns) +
                                               " ns after its column, the next begins after " +
                                               std::to_string(column_ns) + " ns");
      return;
    }
  }

  const YamlNode& node_;
  std::string file_;
  LidarModel& model_;
  core::Diagnostics& diagnostics_;
  MapReader reader_;
};

}  // namespace

core::Result<LidarModel> read_model(const YamlNode& node, const std::string& name,
                                    const std::string& file) {
  core::Diagnostics diagnostics;
  LidarModel model;
  model.name = name;
  ModelReader(node, file, model, diagnostics).run();
  if (diagnostics.has_errors()) return tl::unexpected(diagnostics);
  return model;
}

}  // namespace oddroad::lidar
