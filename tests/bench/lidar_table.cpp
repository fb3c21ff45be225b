#include "tests/bench/lidar_table.h"

#include <cstdio>
#include <fstream>

namespace oddroad::bench {
namespace {

std::string processor() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("model name", 0) == 0) return line.substr(line.find(": ") + 2);
  }
  return "unknown";
}

}  // namespace

void print_lidar_table(const std::string& scene, const world::SceneWindow& window,
                       const std::vector<LidarRow>& rows) {
  std::size_t triangles = 0;
  for (const world::Drawable& d : window.drawables) triangles += d.mesh->triangles.size();
  std::printf("\nOne core of an %s; %s, %.2f million triangles in %zu drawables.\n\n",
              processor().c_str(), scene.c_str(), 1e-6 * static_cast<double>(triangles),
              window.drawables.size());
  std::printf(
      "| device | shots a sweep | weather | rays a shot | points a shot | bare M axes/s | bare M "
      "rays/s | "
      "labelled M points/s | ratio | over axes | core ms a sweep | load of two cores |\n"
      "|---|---|---|---|---|---|---|---|---|---|---|---|\n");
  for (const LidarRow& r : rows) {
    std::printf(
        "| `%s` | %.0f | %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.0f | %.2f |\n",
        r.device.c_str(), r.shots, r.condition.c_str(), r.rays_per_shot, r.points_per_shot,
        1e-6 * r.bare_axes_per_s, 1e-6 * r.bare_rays_per_s, 1e-6 * r.points_per_s, r.ratio,
        r.ratio_of_axes, 1e3 * r.sweep_core_s, r.load_of_two_cores);
  }
  std::printf("\n");
  std::fflush(stdout);
}

}  // namespace oddroad::bench
