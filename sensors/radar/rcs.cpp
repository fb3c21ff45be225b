#include "sensors/radar/rcs.h"

#include <cmath>

#include "engine/core/map_reader.h"
#include "sensors/radar/signal.h"

namespace oddroad::radar {

double Reflector::object_rcs_m2(double aspect_rad) const {
  const double angle = std::abs(aspect_rad);
  if (angle <= aspect.front()[0]) return from_db(aspect.front()[1]);
  for (std::size_t k = 1; k < aspect.size(); ++k) {
    if (angle > aspect[k][0]) continue;
    const double u = (angle - aspect[k - 1][0]) / (aspect[k][0] - aspect[k - 1][0]);
    return from_db(aspect[k - 1][1] + u * (aspect[k][1] - aspect[k - 1][1]));
  }
  return from_db(aspect.back()[1]);
}

double Reflector::surface_rcs(double incidence_rad) const {
  const double lobe = incidence_rad / width_rad;
  return from_db(diffuse_db) + from_db(specular_db) * std::exp(-lobe * lobe);
}

double patch_gain(double spread, double uniform) {
  return spread == 0 ? 1 : std::pow(-std::log(uniform), spread) / std::tgamma(1 + spread);
}

namespace {

constexpr double kMostSpread = 5;

Reflector read_object(const core::YamlEntry& entry, core::Diagnostics& diagnostics) {
  Reflector out;
  out.object = true;
  core::MapReader map(entry.value, "object '" + entry.key + "'", diagnostics);
  out.mirror_db = map.number("mirror");
  if (const core::YamlNode* list = map.required("aspect")) {
    for (const core::YamlNode& item : list->items()) {
      const auto& pair = item.items();
      const auto angle =
          pair.size() == 2
              ? core::parse_quantity(pair[0].text(), core::kAngle, pair[0].text_location())
              : core::fail_at(item.location(), "expected [angle, dBsm]");
      if (!angle) {
        diagnostics.append(angle.error());
        continue;
      }
      const auto level = pair[1].as_double();
      if (!level) diagnostics.append(level.error());
      if (!out.aspect.empty() && *angle <= out.aspect.back()[0]) {
        diagnostics.error(item.location(), "angles of a table ascend");
      }
      out.aspect.push_back({*angle, level.value_or(0)});
    }
    if (out.aspect.empty()) diagnostics.error(list->location(), "the table has no point");
  }
  map.finish();
  return out;
}

Reflector read_surface(const core::YamlEntry& entry, core::Diagnostics& diagnostics) {
  Reflector out;
  core::MapReader map(entry.value, "surface '" + entry.key + "'", diagnostics);
  out.ground = map.boolean("ground").value_or(false);
  out.diffuse_db = map.required_number("diffuse").value_or(0);
  out.specular_db = map.required_number("specular").value_or(0);
  out.width_rad = map.required_quantity("width", core::kAngle).value_or(1);
  out.spread = map.number("spread").value_or(0);
  out.mirror_db = map.number("mirror");
  map.finish();
  if (!(out.spread >= 0 && out.spread <= kMostSpread)) {
    diagnostics.error(entry.where, "'spread' must be 0 to 5");
  }
  if (!(out.width_rad > 0)) diagnostics.error(entry.where, "'width' must be above 0");
  return out;
}

}  // namespace

core::Result<RcsTable> RcsTable::load(const core::SearchRoots& roots) {
  const auto path = core::resolve_path("assets/radar/rcs.yaml", "", roots);
  if (!path) return core::forward_error(path);
  const auto root = core::load_yaml(*path);
  if (!root) return core::forward_error(root);
  core::Diagnostics diagnostics;
  core::MapReader reader(*root, "table of cross sections", diagnostics);
  RcsTable out;
  if (const core::YamlNode* objects = reader.required("objects")) {
    for (const core::YamlEntry& entry : objects->entries()) {
      out.entries_.emplace_back(entry.key, read_object(entry, diagnostics));
    }
  }
  bool unknown = false;
  if (const core::YamlNode* surfaces = reader.required("surfaces")) {
    for (const core::YamlEntry& entry : surfaces->entries()) {
      out.entries_.emplace_back(entry.key, read_surface(entry, diagnostics));
      unknown = unknown || entry.key == "unknown";
    }
  }
  reader.finish();
  if (!unknown) diagnostics.error({*path}, "surfaces: 'unknown' is missing");
  if (diagnostics.has_errors()) return tl::unexpected(diagnostics);
  return out;
}

std::vector<Reflector> RcsTable::by_class(const capture::Ontology& ontology) const {
  Reflector unknown;
  for (const auto& [name, reflector] : entries_) {
    if (name == "unknown") unknown = reflector;
  }
  std::vector<Reflector> out(256, unknown);
  for (const auto& [name, reflector] : entries_) {
    if (const auto* found = ontology.find(name)) out[found->id.value] = reflector;
  }
  return out;
}

}  // namespace oddroad::radar
