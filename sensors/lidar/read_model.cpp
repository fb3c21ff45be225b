#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <sstream>

#include "engine/core/map_reader.h"
#include "sensors/lidar/beam_table.h"
#include "sensors/lidar/model_file.h"
#include "sensors/lidar/read_receiver.h"
#include "sensors/lidar/yaml_list.h"

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
    const auto schema = reader_.required_integer("schema");
    if (schema && *schema != 1) {
      diagnostics_.error(node_.find("schema")->location(), "this software knows schema 1");
    }
    beams();
    columns();
    rotation();
    if (const YamlNode* node = reader_.required("rate")) rates(*node);
    read_receiver(reader_, model_);
    reader_.finish();
    if (diagnostics_.has_errors()) return;
    if (const auto problem = timing_problem(model_)) {
      diagnostics_.error(node_.location(), *problem);
    }
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

  void columns() {
    const auto cycle = reader_.quantity("cycle", core::kTime);
    const auto per_second = reader_.quantity("columns_per_s", core::kRate);
    const YamlNode* choices = reader_.optional("columns");
    if ((node_.find("cycle") != nullptr) + (node_.find("columns_per_s") != nullptr) +
            (choices != nullptr) !=
        1) {
      diagnostics_.error(node_.location(), "expected one of cycle, columns_per_s and columns");
    }
    if (cycle) model_.cycle_ns = std::llround(positive("cycle", *cycle) * 1e9);
    if (per_second) model_.columns_per_s = positive("columns_per_s", *per_second);
    model_.most_columns_per_s = reader_.quantity("most_columns_per_s", core::kRate).value_or(0);
    if (choices == nullptr) return;
    for (const double n : read_quantities(*choices, core::kNumber, diagnostics_)) {
      if (n >= 1 && n <= 1e5 && n == std::floor(n)) {
        model_.column_choices.push_back(static_cast<std::uint32_t>(n));
      } else {
        diagnostics_.error(choices->location(), "columns are whole numbers from 1 to 100000");
      }
    }
    if (!model_.column_choices.empty()) model_.columns = model_.column_choices.front();
  }

  void rotation() {
    if (const YamlNode* node = reader_.optional("rotors")) {
      if (!node->is_sequence()) diagnostics_.error(node->location(), "expected a list");
      for (const YamlNode& item : node->items()) rotor(item);
    }
    const auto turn = reader_.quantity("turn", core::kAngle);
    const auto field = reader_.quantity("field", core::kAngle);
    model_.turn_rad = turn.value_or(model_.rotors.empty() ? kTurn : 0);
    model_.field_rad = field.value_or(model_.turn_rad);
    if (!model_.rotors.empty() && (turn || field)) {
      diagnostics_.error(node_.location(), "a head with rotors does not turn");
    } else if (model_.rotors.empty() &&
               !(0 < model_.field_rad && model_.field_rad <= model_.turn_rad &&
                 model_.turn_rad <= 10 * kTurn)) {
      diagnostics_.error(node_.location(), "expected 0 < field <= turn <= 3600 deg");
    }
  }

  void rotor(const YamlNode& node) {
    MapReader reader(node, "rotor", diagnostics_);
    capture::LidarRotor out;
    out.frequency_hz = reader.required_number("rpm").value_or(0) / 60;
    out.horizontal_rad = reader.required_quantity("horizontal", core::kAngle).value_or(0);
    out.vertical_rad = reader.required_quantity("vertical", core::kAngle).value_or(0);
    out.phase_rad = reader.quantity("phase", core::kAngle).value_or(0);
    reader.finish();
    if (std::max(std::abs(out.horizontal_rad), std::abs(out.vertical_rad)) > kTurn / 4) {
      diagnostics_.error(node.location(), "a rotor deflects by 90 deg at most");
    }
    if (std::abs(out.frequency_hz) > 1e4) {
      diagnostics_.error(node.location(), "a rotor turns at 600000 rpm at most");
    }
    model_.rotors.push_back(out);
  }

  void rates(const YamlNode& node) {
    MapReader reader(node, "rate", diagnostics_);
    const auto standard = reader.required_quantity("default", core::kRate);
    model_.rate_hz = standard.value_or(10);
    model_.rates.lowest_hz = reader.quantity("from", core::kRate).value_or(model_.rate_hz);
    model_.rates.highest_hz = reader.quantity("to", core::kRate).value_or(model_.rate_hz);
    if (const YamlNode* only = reader.optional("only")) {
      model_.rates.only_hz = read_quantities(*only, core::kRate, diagnostics_);
    }
    reader.finish();
    const auto& only = model_.rates.only_hz;
    const double slowest =
        only.empty() ? model_.rates.lowest_hz : *std::min_element(only.begin(), only.end());
    if (standard && !(*standard >= 1 && model_.rates.contains(*standard))) {
      diagnostics_.error(node.location(),
                         "expected a default of 1 Hz or more among the rates it can be set to");
      model_.rate_hz = 10;
    } else if (!(slowest >= 1)) {
      diagnostics_.error(node.location(), "a sweep takes a second at most: 1 Hz or more");
    }
  }

  double positive(const std::string& key, double value) {
    if (value > 0) return value;
    diagnostics_.error(node_.find(key)->location(), "'" + key + "' must be above 0");
    return 1;
  }

  const YamlNode& node_;
  std::string file_;
  LidarModel& model_;
  core::Diagnostics& diagnostics_;
  MapReader reader_;
};

}  // namespace

core::Result<LidarModel> read_lidar_model(const std::string& path) {
  const auto root = core::load_yaml(path);
  if (!root) return core::forward_error(root);
  core::Diagnostics diagnostics;
  LidarModel model;
  model.name = std::filesystem::path(path).stem().string();
  ModelReader(*root, path, model, diagnostics).run();
  if (diagnostics.has_errors()) return tl::unexpected(diagnostics);
  return model;
}

}  // namespace oddroad::lidar
