#include "sensors/lidar/read_receiver.h"

#include <algorithm>

#include "engine/core/suggest.h"
#include "sensors/lidar/yaml_list.h"

namespace oddroad::lidar {

using core::Diagnostics;
using core::MapReader;
using core::YamlNode;

namespace {

void read_range(const YamlNode& node, LidarModel& model, Diagnostics& diagnostics) {
  MapReader reader(node, "range", diagnostics);
  const auto min = reader.required_quantity("min", core::kLength);
  const auto max = reader.required_quantity("max", core::kLength);
  const auto at_10 = reader.required_quantity("at_10_percent", core::kLength);
  const auto step = reader.required_quantity("step", core::kLength);
  reader.finish();
  if (!min || !max || !at_10 || !step) return;
  if (*min < 0 || *min >= *max || *at_10 <= 0 || *step <= 0) {
    diagnostics.error(node.location(), "expected 0 <= min < max, at_10_percent > 0, step > 0");
  }
  model.range_min_m = *min;
  model.range_max_m = *max;
  model.range_10_m = *at_10;
  model.range_step_m = *step;
}

void read_noise(const YamlNode& node, LidarModel& model, Diagnostics& diagnostics) {
  MapReader reader(node, "noise", diagnostics);
  model.noise_m = reader.required_quantity("floor", core::kLength).value_or(0);
  model.noise_per_m = reader.quantity("per_metre", core::kLength).value_or(0);
  reader.finish();
  if (model.noise_m < 0 || model.noise_per_m < 0) {
    diagnostics.error(node.location(), "expected noise of 0 m or more");
  }
}

void read_optics(const YamlNode& node, LidarOptics& optics, Diagnostics& diagnostics) {
  MapReader reader(node, "optics", diagnostics);
  const auto wavelength = reader.required_quantity("wavelength", core::kLength);
  const auto horizontal = reader.required_quantity("divergence_h", core::kAngle);
  const auto vertical = reader.required_quantity("divergence_v", core::kAngle);
  const auto exit = reader.required_quantity("exit", core::kLength);
  const auto pulse = reader.required_quantity("pulse", core::kTime);
  optics.false_alarm = reader.number("false_alarm").value_or(optics.false_alarm);
  reader.finish();
  if (!wavelength || !horizontal || !vertical || !exit || !pulse) return;
  optics.wavelength_nm = *wavelength * 1e9;
  optics.divergence_h_rad = *horizontal;
  optics.divergence_v_rad = *vertical;
  optics.exit_diameter_m = *exit;
  optics.pulse_ns = *pulse * 1e9;
  if (optics.wavelength_nm < 700 || optics.wavelength_nm > 2000) {
    diagnostics.error(node.location(), "expected a wavelength from 700 to 2000 nm");
  }
  const double least = std::min({*horizontal, *vertical, *exit, *pulse, optics.false_alarm});
  if (least < 0 || *horizontal > 0.5 || *vertical > 0.5 || optics.false_alarm >= 1) {
    diagnostics.error(node.location(),
                      "expected a divergence from 0 to 0.5 rad, exit and pulse of 0 or more, a "
                      "false_alarm from 0 to 1");
  }
}

void read_intensity(const YamlNode& node, IntensityScale& scale, Diagnostics& diagnostics) {
  MapReader reader(node, "intensity", diagnostics);
  scale.diffuse_code = reader.required_number("diffuse").value_or(scale.diffuse_code);
  scale.exponent = reader.number("exponent").value_or(1);
  scale.logarithmic_above = reader.word("above", {"linear", "logarithmic"}) != "linear";
  scale.saturation_reflectance = reader.required_number("saturation").value_or(1);
  reader.finish();
  if (scale.diffuse_code < 1 || scale.diffuse_code > 255 || scale.saturation_reflectance < 1 ||
      !(scale.exponent > 0 && scale.exponent <= 2)) {
    diagnostics.error(
        node.location(),
        "expected diffuse from 1 to 255, exponent above 0 to 2, saturation of 1 or more");
  }
}

void read_returns(const YamlNode& node, LidarModel& model, Diagnostics& diagnostics) {
  MapReader reader(node, "returns", diagnostics);
  const auto most = reader.required_integer("most");
  const YamlNode* modes = reader.required("modes");
  reader.finish();
  if (most && (*most < 1 || *most > 8)) {
    diagnostics.error(node.location(), "expected 1 to 8 returns");
  } else if (most) {
    model.returns_max = static_cast<int>(*most);
  }
  if (modes == nullptr) return;
  for (const std::string& word : read_words(*modes, diagnostics)) {
    if (const auto mode = return_mode(word)) {
      model.return_modes.push_back(*mode);
    } else {
      diagnostics.error(modes->location(), "unknown return mode '" + word + "'",
                        core::did_you_mean(word, return_mode_names()));
    }
  }
}

}  // namespace

void read_receiver(MapReader& reader, LidarModel& model) {
  Diagnostics& diagnostics = reader.diagnostics();
  if (const YamlNode* node = reader.required("range")) read_range(*node, model, diagnostics);
  if (const YamlNode* node = reader.required("noise")) read_noise(*node, model, diagnostics);
  if (const YamlNode* node = reader.required("optics")) {
    read_optics(*node, model.optics, diagnostics);
  }
  if (const YamlNode* node = reader.required("intensity")) {
    read_intensity(*node, model.intensity, diagnostics);
  }
  if (const YamlNode* node = reader.required("returns")) read_returns(*node, model, diagnostics);
}

}  // namespace oddroad::lidar
