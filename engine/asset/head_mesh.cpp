#include "engine/asset/head_mesh.h"

#include <array>
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

struct GridSize {
  int columns, rows;
};
constexpr std::array<GridSize, 4> kSizes{{{40, 34}, {40, 22}, {30, 18}, {34, 26}}};

using Spots = std::vector<HeadSpot>;  // row by row, from below

Spots trace(const HeadShape& head, const GridSize& size) {
  Spots out;
  for (int i = 0; i < size.rows; ++i) {
    const double w = -1 + 2.0 * (i + .35) / (size.rows - .3);
    const double elevation = (.80 * w + .20 * w * w * w) * std::numbers::pi / 2;
    for (int j = 0; j < size.columns; ++j) {
      const double azimuth = azimuth_of(-1 + 2.0 * j / size.columns);
      const Vec3d d = head_direction(azimuth, elevation);
      out.push_back({d, head.towards(d)});
    }
  }
  return out;
}

// All grown men have one canonical head, and all women.
const Spots& grown_spots(bool female, std::size_t grid) {
  static const auto kSpots = [] {
    std::array<std::array<Spots, kSizes.size()>, 2> out;
    for (const bool woman : {false, true}) {
      const HeadShape head(0, woman);
      for (std::size_t k = 0; k < kSizes.size(); ++k) out[woman][k] = trace(head, kSizes[k]);
    }
    return out;
  }();
  return kSpots[female][grid];
}

TriangleMesh surface(const HeadFrame& frame, const Spots& spots, int columns,
                     const std::function<Vec3d(const HeadSpot&)>& point, std::uint16_t material) {
  std::vector<Ring> rings;
  for (std::size_t i = 0; i < spots.size(); ++i) {
    if (i % columns == 0) rings.emplace_back();
    rings.back().push_back(frame(point(spots[i])));
  }
  LoftOptions options;
  options.crease_rad = 1.4f;
  return loft(rings, material, options);
}

}  // namespace

TriangleMesh around(const HeadFrame& frame, const HeadShape& head, HeadGrid grid,
                    const std::function<Vec3d(const HeadSpot&)>& point, std::uint16_t material) {
  const auto k = static_cast<std::size_t>(grid);
  const int columns = kSizes[k].columns;
  if (head.childlike() > 0) {
    return surface(frame, trace(head, kSizes[k]), columns, point, material);
  }
  return surface(frame, grown_spots(head.female(), k), columns, point, material);
}

void drop_if(TriangleMesh& mesh, const std::function<bool(std::uint32_t)>& hidden) {
  std::vector<bool> gone;  // of each vertex: they are shared by six triangles
  for (std::uint32_t v = 0; v < mesh.positions.size(); ++v) gone.push_back(hidden(v));
  std::size_t kept = 0;
  for (std::size_t i = 0; i < mesh.triangles.size(); ++i) {
    const auto [a, b, c] = mesh.triangles[i];
    if (gone[a] && gone[b] && gone[c]) continue;
    mesh.triangles[kept] = mesh.triangles[i];
    mesh.material[kept++] = mesh.material[i];
  }
  mesh.triangles.resize(kept);
  mesh.material.resize(kept);
}

}  // namespace oddroad::asset
