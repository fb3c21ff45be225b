// oddroad lidars: what rigs can name, and whether a device of one's own is well described.
#include <algorithm>
#include <filesystem>
#include <numbers>

#include "engine/cli/commands.h"
#include "sensors/lidar/model_file.h"

namespace oddroad::cli {
namespace {

// Name, rings, elevations, shots a second at the default rate, ranges, wavelength, rates.
std::string line_of(const lidar::LidarModel& model) {
  constexpr double kDegree = std::numbers::pi / 180;
  const auto [low, high] = std::minmax_element(model.beams.begin(), model.beams.end(),
                                               [](const lidar::Beam& a, const lidar::Beam& b) {
                                                 return a.elevation_rad < b.elevation_rad;
                                               });
  double reach = 0;  // of the rotors
  for (const auto& rotor : model.rotors) reach += rotor.vertical_rad;
  int rings = 0;
  for (const lidar::Beam& beam : model.beams) rings = std::max(rings, beam.ring + 1);
  const auto scan = model.scan();
  const double shots = double(scan.columns) / scan.states * double(model.beams.size());
  char text[200];
  std::snprintf(
      text, sizeof text,
      "%-28s %3d rings %6.1f to %5.1f deg %8.0f shots/s  %5.1f to %3.0f m, 10 %% at %3.0f m"
      "  %4.0f nm  %s",
      model.name.c_str(), rings, (low->elevation_rad - reach) / kDegree,
      (high->elevation_rad + reach) / kDegree, shots * model.rate_hz, model.range_min_m,
      model.range_max_m, model.range_10_m, model.optics.wavelength_nm,
      to_string(model.rates).c_str());
  return text;
}

}  // namespace

int lidars_command(const Context& context, const std::vector<std::string>& names) {
  core::Diagnostics problems;
  for (const std::string& name : names.empty() ? lidar::lidar_model_names(context.roots) : names) {
    const auto model = lidar::load_lidar_model(name, context.roots);
    if (model) {
      std::fprintf(context.out, "%s\n", line_of(*model).c_str());
    } else {
      problems.append(model.error());
    }
  }
  return problems.has_errors() ? fail(context, problems, kBadInput) : kDone;
}

}  // namespace oddroad::cli
