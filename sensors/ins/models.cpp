#include "sensors/ins/models.h"

#include "engine/core/suggest.h"

namespace oddroad::ins {

std::optional<std::pair<std::string, core::YamlNode>> find_model(core::MapReader& entry,
                                                                 const std::string& kind,
                                                                 const core::SearchRoots& roots) {
  core::Diagnostics& diagnostics = entry.diagnostics();
  const core::YamlNode* named = entry.required("model");
  if (named == nullptr) return std::nullopt;
  const auto path = core::resolve_path("assets/ins/models.yaml", "", roots, named->location());
  if (!path) {
    diagnostics.append(path.error());
    return std::nullopt;
  }
  const auto root = core::load_yaml(*path);
  if (!root) {
    diagnostics.append(root.error());
    return std::nullopt;
  }
  const core::YamlNode* section = root->find(kind);
  const core::YamlNode* model = section ? section->find(named->text()) : nullptr;
  if (model != nullptr) return std::pair(named->text(), *model);
  std::vector<std::string> names;
  if (section != nullptr) {
    for (const core::YamlEntry& known : section->entries()) names.push_back(known.key);
  }
  diagnostics.error(named->location(), "unknown " + kind + " model '" + named->text() + "'",
                    core::did_you_mean(named->text(), names));
  return std::nullopt;
}

void read_rate(core::MapReader& entry, double lowest_hz, double highest_hz, double& rate_hz) {
  const core::YamlNode* node = entry.optional("rate");
  const auto rate = entry.quantity("rate", core::kRate);
  if (!rate) return;
  rate_hz = *rate;
  if (*rate >= lowest_hz && *rate <= highest_hz) return;
  entry.diagnostics().error(node->location(), "a rate of " + std::to_string(int(lowest_hz)) +
                                                  " to " + std::to_string(int(highest_hz)) +
                                                  " Hz is expected, found " + node->text());
}

}  // namespace oddroad::ins
