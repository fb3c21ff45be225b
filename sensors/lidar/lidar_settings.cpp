#include "sensors/lidar/lidar_settings.h"

#include <algorithm>

#include "engine/core/map_reader.h"
#include "engine/core/quantity.h"
#include "sensors/lidar/model_file.h"
#include "sensors/lidar/unit.h"

namespace oddroad::lidar {

namespace {

void set_rate(double rate_hz, const core::YamlNode& node, LidarModel& model,
              core::Diagnostics& diagnostics) {
  if (!model.rates.contains(rate_hz)) {
    diagnostics.error(node.location(), "'" + model.name + "' turns at " + to_string(model.rates) +
                                           ", found " + node.text());
  } else {
    model.rate_hz = rate_hz;
  }
}

void set_columns(std::int64_t columns, const core::YamlNode& node, LidarModel& model,
                 core::Diagnostics& diagnostics) {
  for (const std::uint32_t choice : model.column_choices) {
    if (choice == columns) {
      model.columns = choice;
      return;
    }
  }
  std::string choices;
  for (const std::uint32_t choice : model.column_choices) {
    choices += (choices.empty() ? "" : ", ") + std::to_string(choice);
  }
  diagnostics.error(node.location(),
                    choices.empty()
                        ? "'" + model.name + "' has no choice of columns"
                        : "'" + model.name + "' has " + choices + " columns, found " + node.text());
}

void set_returns(const std::optional<std::string>& name, const core::YamlNode& settings,
                 LidarSettings& out, core::Diagnostics& diagnostics) {
  const auto& modes = out.model.return_modes;
  if (!modes.empty()) out.returns = modes.front();
  if (!name) return;
  out.returns = *return_mode(*name);
  if (std::find(modes.begin(), modes.end(), out.returns) == modes.end()) {
    diagnostics.error(settings.find("returns")->location(),
                      "'" + out.model.name + "' does not report '" + *name + "' returns");
  }
}

// `names` in the order of their enumeration.
template <typename Named>
void read_named(core::MapReader& reader, const char* key, const std::vector<std::string>& names,
                Named& out) {
  const auto word = reader.word(key, names);
  if (!word) return;
  out = static_cast<Named>(std::find(names.begin(), names.end(), *word) - names.begin());
}

void read_laws(core::MapReader& reader, WeatherLaws& laws) {
  read_named(reader, "rain_law", {"mie", "goodin"}, laws.rain);
  read_named(reader, "snow_law", {"gunn_marshall", "rasshofer"}, laws.snow);
  read_named(reader, "fog_law", {"mie", "hahner"}, laws.fog);
}

void set_unit(std::int64_t unit, const core::YamlNode& node, LidarModel& model,
              core::Diagnostics& diagnostics) {
  if (unit >= 0) return make_unit(unit, model);
  diagnostics.error(node.location(),
                    "a unit is 0 (as in the maker's table) or more, found " + node.text());
}

// What rate and columns do together.
void check_timing(const core::YamlNode& settings, const LidarModel& model,
                  core::Diagnostics& diagnostics) {
  const double per_second = model.columns * model.rate_hz;
  if (model.most_columns_per_s > 0 && per_second > model.most_columns_per_s) {
    diagnostics.error(settings.location(), std::to_string(model.columns) + " columns at " +
                                               core::format_quantity(model.rate_hz, core::kRate) +
                                               " are more than '" + model.name + "' can do");
  } else if (const auto problem = timing_problem(model)) {
    diagnostics.error(settings.location(), *problem);
  }
}

}  // namespace

core::Result<LidarSettings> parse_lidar_settings(const core::YamlNode& settings,
                                                 const core::SearchRoots& roots) {
  core::Diagnostics diagnostics;
  core::MapReader reader(settings, "LiDAR", diagnostics);
  LidarSettings out;
  const auto name = reader.required_text("model");
  const auto rate = reader.quantity("rate", core::kRate);
  const auto columns = reader.integer("columns");
  const auto unit = reader.integer("unit");
  const auto returns = reader.word("returns", return_mode_names());
  if (const core::YamlNode* node = reader.optional("effects")) {
    const auto effects = read_effects(*node);
    if (effects) out.effects = *effects;
    if (!effects) diagnostics.append(effects.error());
  }
  read_laws(reader, out.laws);
  read_named(reader, "ego_body", {capture::kEgoBodyNames.begin(), capture::kEgoBodyNames.end()},
             out.ego_body);
  read_faults(reader, out.faults);
  reader.finish();
  if (name) {
    auto model = load_lidar_model(*name, roots, settings.find("model")->location());
    if (model) {
      out.model = std::move(*model);
      if (rate) set_rate(*rate, *settings.find("rate"), out.model, diagnostics);
      set_returns(returns, settings, out, diagnostics);
      if (unit) set_unit(*unit, *settings.find("unit"), out.model, diagnostics);
      if (columns) set_columns(*columns, *settings.find("columns"), out.model, diagnostics);
      check_timing(settings, out.model, diagnostics);
    } else {
      diagnostics.append(model.error());
    }
  }
  if (diagnostics.has_errors()) return tl::unexpected(diagnostics);
  return out;
}

}  // namespace oddroad::lidar
