#include "sensors/lidar/model_file.h"

#include "engine/core/suggest.h"
#include "sensors/lidar/read_model.h"

namespace oddroad::lidar {

core::Result<LidarModel> load_lidar_model(const std::string& name, const core::SearchRoots& roots,
                                          const core::SourceLocation& where) {
  const auto path = core::resolve_path("assets/lidar/models.yaml", "", roots, where);
  if (!path) return core::forward_error(path);
  const auto root = core::load_yaml(*path);
  if (!root) return core::forward_error(root);
  const core::YamlNode* node = root->find(name);
  if (node != nullptr) return read_model(*node, name, *path);
  std::vector<std::string> names;
  for (const core::YamlEntry& entry : root->entries()) names.push_back(entry.key);
  return core::fail_at(where, "unknown LiDAR model '" + name + "'",
                       core::did_you_mean(name, names));
}

}  // namespace oddroad::lidar
