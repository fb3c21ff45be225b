#include "sensors/lidar/effects.h"

#include "engine/core/map_reader.h"

namespace oddroad::lidar {

core::Result<Effects> read_effects(const core::YamlNode& node) {
  if (!node.is_map()) {
    if (node.text() == "all") return Effects{};
    if (node.text() == "none") return Effects::none();
    return core::fail_at(node.location(),
                         "'effects' must be 'all', 'none' or a map, found " + node.describe());
  }
  core::Diagnostics diagnostics;
  core::MapReader reader(node, "effects", diagnostics);
  Effects out;
  const auto read = [&](const char* key, bool& value) {
    value = reader.boolean(key).value_or(value);
  };
  read("noise", out.noise);
  read("detection", out.detection);
  read("false_alarms", out.false_alarms);
  read("divergence", out.divergence);
  read("glass", out.glass);
  read("mirrors", out.mirrors);
  read("retro", out.retro);
  read("air", out.air);
  read("ground", out.ground);
  read("ambient", out.ambient);
  reader.finish();
  if (diagnostics.has_errors()) return tl::unexpected(diagnostics);
  return out;
}

}  // namespace oddroad::lidar
