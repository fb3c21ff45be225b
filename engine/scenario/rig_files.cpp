#include "engine/scenario/rig_files.h"

#include <algorithm>
#include <filesystem>

#include "engine/core/yaml.h"

namespace oddroad::scenario {

namespace fs = std::filesystem;

namespace {

void add(const std::string& name, const std::string& path, std::vector<RigFile>& files) {
  const fs::path below = fs::path(name).lexically_normal();
  if (below.empty() || below.is_absolute() || *below.begin() == "..") return;
  const RigFile file{below.generic_string(), fs::path(path).lexically_normal().string()};
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return;
  if (std::find(files.begin(), files.end(), file) == files.end()) files.push_back(file);
}

}  // namespace

std::vector<RigFile> rig_files(const std::string& rig_path) {
  std::vector<RigFile> files;
  const auto rig = core::load_yaml(rig_path);
  const core::YamlNode* sensors = rig ? rig->find("sensors") : nullptr;
  if (sensors == nullptr) return files;
  for (const core::YamlEntry& sensor : sensors->entries()) {
    const core::YamlNode* model = sensor.value.find("model");
    if (model == nullptr || fs::path(model->text()).extension() != ".yaml") continue;
    const fs::path path = fs::path(rig_path).parent_path() / model->text();
    add(model->text(), path.string(), files);
    const auto device = core::load_yaml(path.string());
    const core::YamlNode* table = device ? device->find("table") : nullptr;
    if (table == nullptr || table->text().empty()) continue;
    add((fs::path(model->text()).parent_path() / table->text()).string(),
        (path.parent_path() / table->text()).string(), files);
  }
  return files;
}

}  // namespace oddroad::scenario
