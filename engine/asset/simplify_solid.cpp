#include "engine/asset/simplify_solid.h"

#include <meshoptimizer.h>

namespace oddroad::asset {
namespace {

constexpr std::uint32_t kNone = ~0u;
// meshoptimizer bounds a mean of squared distances: points were seen at 2.4 times its root.
constexpr double kMargin = 0.4;

// The vertices that triangles name, and the triangles in their numbers.
struct Surface {
  std::vector<std::uint32_t> vertices;  // of the mesh
  std::vector<math::Vec3f> positions;
  std::vector<unsigned> indices;
};

Surface surface_of(const math::TriangleMesh& mesh, const std::vector<std::uint32_t>& triangles) {
  Surface out;
  std::vector<std::uint32_t> number(mesh.positions.size(), kNone);
  for (const std::uint32_t t : triangles) {
    for (const std::uint32_t v : mesh.triangles[t]) {
      if (number[v] == kNone) {
        number[v] = static_cast<std::uint32_t>(out.vertices.size());
        out.vertices.push_back(v);
        out.positions.push_back(mesh.positions[v]);
      }
      out.indices.push_back(number[v]);
    }
  }
  return out;
}

std::vector<unsigned> simplified(const Surface& surface, double error_m, bool locked) {
  const float* positions = &surface.positions.front().x;
  const std::size_t count = surface.positions.size();
  const float extent_m = meshopt_simplifyScale(positions, count, sizeof(math::Vec3f));
  std::vector<unsigned> out(surface.indices.size());
  out.resize(meshopt_simplify(out.data(), surface.indices.data(), surface.indices.size(), positions,
                              count, sizeof(math::Vec3f), 0, static_cast<float>(error_m) / extent_m,
                              locked ? unsigned{meshopt_SimplifyLockBorder} : 0u, nullptr));
  return out;
}

}  // namespace

void append_simplified(const math::TriangleMesh& mesh, const std::vector<std::uint32_t>& triangles,
                       double error_m, bool locked, math::TriangleMesh& out) {
  if (triangles.empty()) return;
  const std::uint16_t material = mesh.material[triangles.front()];
  const Surface surface = surface_of(mesh, triangles);
  std::vector<unsigned> indices = simplified(surface, kMargin * error_m, locked);
  // What is smaller than the error stays: lamps and plates may be, and a mesh is never empty.
  if (indices.empty()) indices = surface.indices;
  std::vector<std::uint32_t> number(surface.vertices.size(), kNone);
  const auto vertex = [&](unsigned v) {
    if (number[v] == kNone) {
      const std::uint32_t from = surface.vertices[v];
      number[v] = out.add_vertex(mesh.positions[from], mesh.normals[from], mesh.uvs[from]);
    }
    return number[v];
  };
  for (std::size_t i = 0; i < indices.size(); i += 3) {
    const std::uint32_t a = vertex(indices[i]), b = vertex(indices[i + 1]);
    out.add_triangle(a, b, vertex(indices[i + 2]), material);
  }
}

}  // namespace oddroad::asset
