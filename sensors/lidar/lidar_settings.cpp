#include "sensors/lidar/lidar_settings.h"

#include <algorithm>

#include "engine/core/map_reader.h"
#include "engine/core/quantity.h"
#include "sensors/lidar/model_file.h"

namespace oddroad::lidar {

namespace {

// A window of the scene spans 120 ms, so a sweep may take 100 ms plus its widening.
constexpr double kSlowest_hz = 10;

void set_rate(double rate_hz, const core::YamlNode& node, LidarModel& model,
              core::Diagnostics& diagnostics) {
  if (rate_hz < kSlowest_hz) {
    diagnostics.error(node.location(),
                      "a LiDAR turns at 10 Hz or faster here, found " + node.text());
  } else if (!model.rates.contains(rate_hz)) {
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

}  // namespace

core::Result<LidarSettings> parse_lidar_settings(const core::YamlNode& settings,
                                                 const core::SearchRoots& roots) {
  core::Diagnostics diagnostics;
  core::MapReader reader(settings, "LiDAR", diagnostics);
  LidarSettings out;
  const auto name = reader.required_text("model");
  const auto rate = reader.quantity("rate", core::kRate);
  const auto columns = reader.integer("columns");
  out.noise = reader.boolean("noise").value_or(true);
  out.detection = reader.boolean("detection").value_or(true);
  reader.finish();
  if (name) {
    auto model = load_lidar_model(*name, roots, settings.find("model")->location());
    if (model) {
      out.model = std::move(*model);
      if (rate) set_rate(*rate, *settings.find("rate"), out.model, diagnostics);
      if (columns) set_columns(*columns, *settings.find("columns"), out.model, diagnostics);
      const double most = out.model.most_columns_per_s;
      if (most > 0 && out.model.columns * out.model.rate_hz > most) {
        diagnostics.error(settings.location(),
                          std::to_string(out.model.columns) + " columns at " +
                              core::format_quantity(out.model.rate_hz, core::kRate) +
                              " are more than '" + *name + "' can do");
      }
    } else {
      diagnostics.append(model.error());
    }
  }
  if (diagnostics.has_errors()) return tl::unexpected(diagnostics);
  return out;
}

}  // namespace oddroad::lidar
