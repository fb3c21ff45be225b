#include "sensors/radar/radar_model.h"

#include <cmath>

#include "engine/core/map_reader.h"
#include "engine/core/suggest.h"

namespace oddroad::radar {
namespace {

// One map of a scan: keys with their dimensions.
class Part {
 public:
  Part(core::MapReader& scan, const char* key, core::Diagnostics& diagnostics)
      : node_(scan.required(key)),
        reader_(node_ ? *node_ : core::YamlNode::map({}, {}), key, diagnostics) {}
  double get(const char* key, core::Dimension unit) {
    return node_ ? reader_.required_quantity(key, unit).value_or(0) : 0;
  }
  double maybe(const char* key, core::Dimension unit) {
    return node_ ? reader_.quantity(key, unit).value_or(0) : 0;
  }
  ~Part() { reader_.finish(); }
  Part(const Part&) = delete;

 private:
  const core::YamlNode* node_;
  core::MapReader reader_;
};

void read_pattern(core::MapReader& scan, Scan& out, core::Diagnostics& diagnostics) {
  const core::YamlNode* node = scan.required("pattern");
  if (node == nullptr) return;
  for (const core::YamlNode& item : node->items()) {
    const auto& pair = item.items();
    if (pair.size() != 2) {
      diagnostics.error(item.location(), "a point of the pattern is [angle, dB]");
      continue;
    }
    const auto angle = core::parse_quantity(pair[0].text(), core::kAngle, pair[0].text_location());
    const auto gain = pair[1].as_double();
    if (!angle) diagnostics.append(angle.error());
    if (!gain) diagnostics.append(gain.error());
    if (angle && gain) out.pattern.push_back({*angle, *gain});
  }
  for (std::size_t k = 1; k < out.pattern.size(); ++k) {
    if (out.pattern[k][0] > out.pattern[k - 1][0]) continue;
    diagnostics.error(node->location(), "the angles of the pattern ascend");
  }
  if (out.pattern.empty()) diagnostics.error(node->location(), "the pattern has no point");
}

Scan read_scan(const core::YamlEntry& entry, core::Diagnostics& diagnostics) {
  Scan s;
  s.name = entry.key;
  core::MapReader scan(entry.value, "scan '" + entry.key + "'", diagnostics);
  s.offset_ns = std::llround(1e9 * scan.required_quantity("offset", core::kTime).value_or(0));
  {
    Part field(scan, "field", diagnostics), range(scan, "range", diagnostics);
    s.azimuth_max_rad = field.get("azimuth", core::kAngle);
    s.elevation_max_rad = field.get("elevation", core::kAngle);
    s.range_min_m = range.get("min", core::kLength);
    s.range_max_m = range.get("max", core::kLength);
    Part resolution(scan, "resolution", diagnostics), velocity(scan, "velocity", diagnostics);
    s.range_resolution_m = resolution.get("range", core::kLength);
    s.azimuth_resolution_rad = resolution.get("azimuth", core::kAngle);
    s.elevation_resolution_rad = resolution.maybe("elevation", core::kAngle);
    s.velocity_resolution_mps = resolution.get("velocity", core::kSpeed);
    s.velocity_min_mps = velocity.get("min", core::kSpeed);
    s.velocity_max_mps = velocity.get("max", core::kSpeed);
    Part accuracy(scan, "accuracy", diagnostics), reference(scan, "reference", diagnostics);
    s.range_floor_m = accuracy.get("range", core::kLength);
    s.azimuth_floor_rad = accuracy.get("azimuth", core::kAngle);
    s.azimuth_floor_45_rad = accuracy.get("azimuth_45", core::kAngle);
    s.elevation_floor_rad = accuracy.maybe("elevation", core::kAngle);
    s.velocity_floor_mps = accuracy.get("velocity", core::kSpeed);
    s.reference_rcs_dbsm = reference.get("rcs", core::kNumber);
    s.reference_snr_db = reference.get("snr", core::kNumber);
    s.reference_range_m = reference.get("range", core::kLength);
    Part rays(scan, "rays", diagnostics);
    s.ray_azimuth_rad = rays.get("azimuth", core::kAngle);
    s.ray_elevation_rad = rays.get("elevation", core::kAngle);
  }
  read_pattern(scan, s, diagnostics);
  s.elevation_3db_rad = scan.required_quantity("elevation", core::kAngle).value_or(0);
  scan.finish();
  const auto above = [&](double value, const char* what) {
    if (!(value > 0)) diagnostics.error(entry.where, std::string(what) + " must be above 0");
  };
  above(s.azimuth_max_rad, "field.azimuth");
  above(s.elevation_max_rad, "field.elevation");
  above(s.range_max_m - s.range_min_m, "range.max - range.min");
  above(s.range_resolution_m, "resolution.range");
  above(s.azimuth_resolution_rad, "resolution.azimuth");
  above(s.velocity_resolution_mps, "resolution.velocity");
  above(s.velocity_max_mps - s.velocity_min_mps, "velocity.max - velocity.min");
  above(s.elevation_3db_rad, "elevation");
  above(s.reference_range_m, "reference.range");
  above(s.ray_azimuth_rad, "rays.azimuth");
  above(s.ray_elevation_rad, "rays.elevation");
  if (s.azimuth_max_rad > 1.55) diagnostics.error(entry.where, "field.azimuth is below 89 deg");
  return s;
}

RadarModel read_model(const std::string& name, const core::YamlNode& node,
                      core::Diagnostics& diagnostics) {
  RadarModel out;
  out.name = name;
  core::MapReader model(node, "radar model '" + name + "'", diagnostics);
  out.rate_hz = model.required_quantity("rate", core::kRate).value_or(10);
  out.frequency_hz = model.required_quantity("frequency", core::kRate).value_or(77e9);
  out.false_alarm = model.required_number("false_alarm").value_or(1e-6);
  out.detections = static_cast<std::size_t>(model.required_integer("detections").value_or(250));
  if (const core::YamlNode* scans = model.required("scans")) {
    for (const core::YamlEntry& entry : scans->entries()) {
      out.scans.push_back(read_scan(entry, diagnostics));
    }
  }
  model.finish();
  if (out.scans.empty()) diagnostics.error(node.location(), "a radar has one scan at least");
  if (!(out.false_alarm > 0 && out.false_alarm < 0.1)) {
    diagnostics.error(node.location(), "'false_alarm' is a probability below 0.1");
  }
  return out;
}

void find_model(core::MapReader& entry, const core::SearchRoots& roots, RadarModel& out) {
  core::Diagnostics& diagnostics = entry.diagnostics();
  const core::YamlNode* named = entry.required("model");
  if (named == nullptr) return;
  const auto path = core::resolve_path("assets/radar/models.yaml", "", roots, named->location());
  if (!path) return diagnostics.append(path.error());
  const auto root = core::load_yaml(*path);
  if (!root) return diagnostics.append(root.error());
  const core::YamlNode* node = root->find(named->text());
  if (node != nullptr) {
    out = read_model(named->text(), *node, diagnostics);
    return;
  }
  std::vector<std::string> names;
  for (const core::YamlEntry& known : root->entries()) names.push_back(known.key);
  diagnostics.error(named->location(), "unknown radar model '" + named->text() + "'",
                    core::did_you_mean(named->text(), names));
}

}  // namespace

core::Result<RadarSettings> parse_radar_settings(const core::YamlNode& settings,
                                                 const core::SearchRoots& roots) {
  core::Diagnostics diagnostics;
  core::MapReader reader(settings, "radar", diagnostics);
  RadarSettings out;
  find_model(reader, roots, out.model);
  if (const auto rate = reader.quantity("rate", core::kRate)) {
    if (*rate < 1 || *rate > 50) {
      diagnostics.error(settings.find("rate")->location(),
                        "a radar runs at 1 to 50 Hz, found " + settings.find("rate")->text());
    }
    out.model.rate_hz = *rate;
  }
  out.noise = reader.boolean("noise").value_or(true);
  out.fluctuation = reader.boolean("fluctuation").value_or(true);
  out.clutter = reader.boolean("clutter").value_or(true);
  out.multipath = reader.boolean("multipath").value_or(true);
  out.weather = reader.boolean("weather").value_or(true);
  out.tracks = reader.boolean("tracks").value_or(true);
  reader.finish();
  if (diagnostics.has_errors()) return tl::unexpected(diagnostics);
  return out;
}

capture::RadarCalibration calibration(const std::string& name, const math::Pose& T_ego_radar,
                                      const RadarSettings& s) {
  capture::RadarCalibration out{name,
                                s.model.name,
                                T_ego_radar,
                                std::llround(1e9 / s.model.rate_hz),
                                s.model.frequency_hz,
                                s.model.false_alarm,
                                s.noise,
                                s.fluctuation,
                                s.clutter,
                                s.multipath,
                                s.weather,
                                {}};
  for (const Scan& scan : s.model.scans) out.scans.push_back(scan);
  return out;
}

}  // namespace oddroad::radar
