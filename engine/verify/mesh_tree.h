// The triangles of one mesh, ready for rays in the mesh's own frame.
#pragma once

#include <memory>
#include <vector>

#include "engine/verify/box_tree.h"
#include "engine/verify/ray.h"
#include "engine/verify/walk.h"
#include "engine/world/scene_window.h"

namespace oddroad::verify {

struct MeshHit {
  std::uint32_t triangle = 0;
  TriangleHit at;
};

// Borrows the mesh.
class MeshTree {
 public:
  explicit MeshTree(const math::TriangleMesh& mesh);

  [[nodiscard]] const BoxTree& tree() const { return tree_; }
  [[nodiscard]] const math::TriangleMesh& mesh() const { return mesh_; }
  // Calls found(hit) for the hits of the ray below `limit`; found may lower the limit.
  template <typename Found>
  void hits(const PreparedRay& ray, double& limit, const Found& found) const {
    walk(tree_, ray, limit, [&](std::uint32_t t) {
      const auto& corner = mesh_.triangles[t];
      const auto hit = hit_triangle(
          ray, {math::Vec3d(mesh_.positions[corner[0]]), math::Vec3d(mesh_.positions[corner[1]]),
                math::Vec3d(mesh_.positions[corner[2]])});
      if (hit && hit->t <= limit) found(MeshHit{t, *hit});
    });
  }

 private:
  const math::TriangleMesh& mesh_;
  BoxTree tree_;
};

// The same mesh between two 10 ms steps of a deforming thing: vertices move linearly from the first
// to the second. Borrows everything.
class DeformingTree {
 public:
  DeformingTree(const MeshTree& rest, const world::DeformedStep& from,
                const world::DeformedStep& to);

  // `share` of the way from the first step to the second.
  template <typename Found>
  void hits(const PreparedRay& ray, double share, double& limit, const Found& found) const {
    walk(tree_, ray, limit, [&](std::uint32_t t) {
      const auto& corner = mesh_.triangles[t];
      const auto hit = hit_triangle(
          ray, {vertex(corner[0], share), vertex(corner[1], share), vertex(corner[2], share)});
      if (hit && hit->t <= limit) found(MeshHit{t, *hit});
    });
  }
  [[nodiscard]] const FloatBox& bounds() const { return tree_.nodes.front().box; }

 private:
  [[nodiscard]] math::Vec3d vertex(std::uint32_t v, double share) const {
    return math::Vec3d(from_.positions[v]) * (1 - share) + math::Vec3d(to_.positions[v]) * share;
  }

  const math::TriangleMesh& mesh_;
  const world::DeformedStep& from_;
  const world::DeformedStep& to_;
  BoxTree tree_;  // around both steps
};

// Trees of the meshes of one clip, kept from window to window. Borrows the meshes.
class MeshTrees {
 public:
  MeshTrees();
  ~MeshTrees();
  // Makes the trees of all meshes of the window, in parallel; then get() only looks up.
  void prepare(const world::SceneWindow& window);
  [[nodiscard]] const MeshTree& get(const math::TriangleMesh* mesh) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace oddroad::verify
