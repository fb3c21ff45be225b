#include "engine/stage/power_line.h"

#include "engine/asset/mesh_tools.h"
#include "engine/asset/street_things.h"

namespace oddroad::stage {

math::TriangleMesh power_wires(const std::vector<math::Affine3d>& poles) {
  constexpr double kSag = .015;
  constexpr int kPieces = 10;
  math::TriangleMesh mesh;
  for (std::size_t k = 0; k + 1 < poles.size(); ++k) {
    for (const auto& [x, z] : asset::kWires) {
      const math::Vec3d a = poles[k].point({x, .11, z}), b = poles[k + 1].point({x, .11, z});
      const double sag = kSag * glm::length(b - a);
      std::vector<math::Vec3f> path;
      for (int i = 0; i <= kPieces; ++i) {
        const double u = static_cast<double>(i) / kPieces;
        path.emplace_back(glm::mix(a, b, u) - math::Vec3d(0, 0, 4 * sag * u * (1 - u)));
      }
      const float radius[] = {.009f};
      mesh.append(asset::tube(path, radius, 4, 0, false));
    }
  }
  return mesh;
}

}  // namespace oddroad::stage
