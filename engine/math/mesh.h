// Triangle meshes: the only geometry there is. Camera and LiDAR see these same triangles.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/math/affine.h"
#include "engine/math/bounds.h"

namespace oddroad::math {

// Positions in metres in the mesh's own frame. Triangles wind counter-clockwise seen from outside
// (thin sheets such as leaves may be seen from both sides). normals and uvs are per vertex and as
// long as positions; a vertex on a crease is stored once per side. uvs count metres on the surface
// unless a material says otherwise. material[t] indexes the owner's material list.
struct TriangleMesh {
  std::vector<Vec3f> positions;
  std::vector<Vec3f> normals;
  std::vector<Vec2f> uvs;
  std::vector<std::array<std::uint32_t, 3>> triangles;
  std::vector<std::uint16_t> material;

  bool operator==(const TriangleMesh&) const = default;
  [[nodiscard]] std::size_t triangle_count() const { return triangles.size(); }
  [[nodiscard]] Aabb bounds() const;

  std::uint32_t add_vertex(const Vec3f& p, const Vec3f& n, const Vec2f& uv) {
    positions.push_back(p);
    normals.push_back(n);
    uvs.push_back(uv);
    return static_cast<std::uint32_t>(positions.size() - 1);
  }
  void add_triangle(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint16_t mat) {
    triangles.push_back({a, b, c});
    material.push_back(mat);
  }
  // A flat quad a-b-c-d (counter-clockwise) with its own four vertices and face normal; uv spans
  // metres along a-b and a-d.
  void add_quad(const Vec3f& a, const Vec3f& b, const Vec3f& c, const Vec3f& d, std::uint16_t mat);
  // Appends another mesh moved by T; its material indices are shifted by material_offset.
  void append(const TriangleMesh& other, const Affine3f& T = {}, std::uint16_t material_offset = 0);
  // Drops triangles with zero area (they have no normal and only cost time).
  void remove_degenerate();
};

// Recomputes vertex normals as the area-weighted mean of the faces that meet at the same position
// with an angle below crease_rad; splits vertices where needed.
void smooth_normals(TriangleMesh& mesh, float crease_rad);

}  // namespace oddroad::math
