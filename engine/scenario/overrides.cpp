#include "engine/scenario/overrides.h"

namespace oddroad::scenario {

core::Result<core::YamlNode> apply_overrides(const core::YamlNode& root,
                                             const std::vector<std::string>& overrides) {
  core::YamlNode out = root;
  core::Diagnostics problems;
  for (const std::string& text : overrides) {
    const std::size_t equals = text.find('=');
    if (equals == 0 || equals == std::string::npos) {
      problems.error({"--set " + text, 0, 0}, "expected key.path=value");
      continue;
    }
    const std::string path = text.substr(0, equals);
    const std::string file = "--set " + path;
    const auto value = core::parse_yaml(text.substr(equals + 1), file);
    if (!value) {
      problems.append(value.error());
      continue;
    }
    const core::YamlNode placed = value->is_null() ? core::YamlNode::null({file, 1, 1}) : *value;
    const auto changed = core::with_value(out, path, placed);
    if (!changed) {
      problems.append(changed.error());
      continue;
    }
    out = *changed;
  }
  if (problems.has_errors()) return tl::unexpected<core::Diagnostics>(std::move(problems));
  return out;
}

}  // namespace oddroad::scenario
