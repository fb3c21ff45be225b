#include "sensors/lidar/model_file.h"

#include <filesystem>
#include <set>

#include "engine/core/suggest.h"

namespace oddroad::lidar {

namespace fs = std::filesystem;

core::Result<LidarModel> load_lidar_model(const std::string& name, const core::SearchRoots& roots,
                                          const core::SourceLocation& where) {
  if (fs::path(name).extension() == ".yaml") {
    const auto path = core::resolve_path(name, where.file, roots, where);
    if (!path) return core::forward_error(path);
    return read_lidar_model(*path);
  }
  for (const fs::path& root : roots.directories) {
    const fs::path path = root / "assets" / "lidar" / (name + ".yaml");
    std::error_code ignored;
    if (fs::is_regular_file(path, ignored)) return read_lidar_model(path.string());
  }
  return core::fail_at(where, "unknown LiDAR model '" + name + "'",
                       core::did_you_mean(name, lidar_model_names(roots)));
}

std::vector<std::string> lidar_model_names(const core::SearchRoots& roots) {
  std::set<std::string> names;
  for (const fs::path& root : roots.directories) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(root / "assets" / "lidar", ignored)) {
      if (entry.path().extension() == ".yaml") names.insert(entry.path().stem().string());
    }
  }
  return {names.begin(), names.end()};
}

}  // namespace oddroad::lidar
