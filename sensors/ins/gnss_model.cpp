#include "sensors/ins/gnss_model.h"

#include "sensors/ins/models.h"

namespace oddroad::ins {
namespace {

FixErrors read_errors(core::MapReader& model, const char* key, core::Diagnostics& diagnostics) {
  FixErrors out;
  const core::YamlNode* node = model.required(key);
  if (node == nullptr) return out;
  core::MapReader map(*node, key, diagnostics);
  out.slow_h_m = map.required_quantity("horizontal", core::kLength).value_or(0);
  out.slow_v_m = map.required_quantity("vertical", core::kLength).value_or(0);
  out.white_m = map.required_quantity("white", core::kLength).value_or(0);
  out.tau_s = map.required_quantity("tau", core::kTime).value_or(100);
  map.finish();
  if (out.slow_h_m < 0 || out.slow_v_m < 0 || out.white_m < 0 || out.tau_s <= 0) {
    diagnostics.error(node->location(), std::string(key) + ": errors are not below 0, tau above");
  }
  return out;
}

void read_model(core::MapReader& reader, GnssModel& model, core::Diagnostics& diagnostics) {
  model.rate_hz = reader.required_quantity("rate", core::kRate).value_or(10);
  model.satellites = static_cast<int>(reader.required_integer("satellites").value_or(12));
  model.mask_rad = reader.required_quantity("mask", core::kAngle).value_or(0.17);
  model.latency_s = reader.required_quantity("latency", core::kTime).value_or(0);
  model.velocity_mps = reader.required_quantity("velocity", core::kSpeed).value_or(0);
  const auto mode = reader.word("mode", {"standard", "differential", "rtk"});
  using Mode = GnssModel::Mode;
  model.mode = mode == "rtk"            ? Mode::kRtk
               : mode == "differential" ? Mode::kDifferential
                                        : Mode::kStandard;
  model.standard = read_errors(reader, "standard", diagnostics);
  if (model.mode != Mode::kStandard) {
    model.differential = read_errors(reader, "differential", diagnostics);
  }
  if (model.mode == Mode::kRtk) {
    model.rtk_float = read_errors(reader, "rtk_float", diagnostics);
    model.rtk_fixed = read_errors(reader, "rtk_fixed", diagnostics);
    model.refix_s = reader.required_quantity("refix", core::kTime).value_or(10);
  }
  reader.finish();
  if (model.satellites < 4 || model.satellites > 60) {
    diagnostics.error({}, "GNSS model '" + model.name + "': 4 to 60 satellites are expected");
  }
}

}  // namespace

core::Result<GnssSettings> parse_gnss_settings(const core::YamlNode& settings,
                                               const core::SearchRoots& roots) {
  core::Diagnostics diagnostics;
  core::MapReader reader(settings, "GNSS", diagnostics);
  GnssSettings out;
  if (const auto found = find_model(reader, "gnss", roots)) {
    out.model.name = found->first;
    core::MapReader model(found->second, "GNSS model '" + found->first + "'", diagnostics);
    read_model(model, out.model, diagnostics);
  }
  read_rate(reader, 1, 50, out.model.rate_hz);
  out.noise = reader.boolean("noise").value_or(true);
  out.sky = reader.boolean("sky").value_or(true);
  reader.finish();
  if (diagnostics.has_errors()) return tl::unexpected(diagnostics);
  return out;
}

}  // namespace oddroad::ins
