#include "engine/asset/head_mesh.h"

#include <cmath>
#include <numbers>

#include "engine/asset/clothing.h"

namespace oddroad::asset {

Vec3d head_direction(double azimuth, double elevation) {
  return {std::cos(elevation) * std::cos(azimuth), std::cos(elevation) * std::sin(azimuth),
          std::sin(elevation)};
}

namespace {

// Columns crowd on the face.
double azimuth_of(double w) {
  return std::numbers::pi * (.52 * w + .48 * w * w * w);
}

}  // namespace

TriangleMesh around(const HeadFrame& frame, const Radial& point, int columns, int rows,
                    std::uint16_t material) {
  std::vector<Ring> rings;
  for (int i = 0; i < rows; ++i) {
    const double w = -1 + 2.0 * (i + .35) / (rows - .3);
    const double elevation = (.80 * w + .20 * w * w * w) * std::numbers::pi / 2;
    Ring ring;
    for (int j = 0; j < columns; ++j) {
      const double azimuth = azimuth_of(-1 + 2.0 * j / columns);
      ring.push_back(frame(point(head_direction(azimuth, elevation))));
    }
    rings.push_back(std::move(ring));
  }
  LoftOptions options;
  options.crease_rad = 1.4f;
  return loft(rings, material, options);
}

void drop_if(TriangleMesh& mesh, const std::function<bool(std::uint32_t)>& hidden) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < mesh.triangles.size(); ++i) {
    const auto [a, b, c] = mesh.triangles[i];
    if (hidden(a) && hidden(b) && hidden(c)) continue;
    mesh.triangles[kept] = mesh.triangles[i];
    mesh.material[kept++] = mesh.material[i];
  }
  mesh.triangles.resize(kept);
  mesh.material.resize(kept);
}

}  // namespace oddroad::asset
