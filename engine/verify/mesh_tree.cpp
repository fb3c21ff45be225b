#include "engine/verify/mesh_tree.h"

#include <unordered_map>

#include "engine/core/check.h"
#include "engine/core/parallel.h"

namespace oddroad::verify {
namespace {

constexpr std::uint32_t kLeafTriangles = 4;

std::vector<FloatBox> boxes_of(const math::TriangleMesh& mesh,
                               const std::vector<math::Vec3f>& positions) {
  std::vector<FloatBox> boxes(mesh.triangles.size());
  for (std::size_t t = 0; t < boxes.size(); ++t) {
    for (const std::uint32_t v : mesh.triangles[t]) boxes[t].include(positions[v]);
  }
  return boxes;
}

}  // namespace

MeshTree::MeshTree(const math::TriangleMesh& mesh)
    : mesh_(mesh), tree_(build_box_tree(boxes_of(mesh, mesh.positions), kLeafTriangles)) {}

DeformingTree::DeformingTree(const MeshTree& rest, const world::DeformedStep& from,
                             const world::DeformedStep& to)
    : mesh_(rest.mesh()), from_(from), to_(to), tree_(rest.tree()) {
  std::vector<FloatBox> boxes = boxes_of(mesh_, from.positions);
  if (&from != &to) {
    const std::vector<FloatBox> other = boxes_of(mesh_, to.positions);
    for (std::size_t t = 0; t < boxes.size(); ++t) boxes[t].include(other[t]);
  }
  refit(tree_, boxes);
}

struct MeshTrees::State {
  std::unordered_map<const math::TriangleMesh*, std::unique_ptr<const MeshTree>> trees;
};

MeshTrees::MeshTrees() : state_(std::make_unique<State>()) {}
MeshTrees::~MeshTrees() = default;

void MeshTrees::prepare(const world::SceneWindow& window) {
  std::vector<const math::TriangleMesh*> missing;
  for (const world::Drawable& drawable : window.drawables) {
    if (state_->trees.try_emplace(drawable.mesh, nullptr).second) missing.push_back(drawable.mesh);
  }
  std::vector<std::unique_ptr<const MeshTree>> made(missing.size());
  core::parallel_for(missing.size(), [&](std::size_t i) {
    made[i] = std::make_unique<const MeshTree>(*missing[i]);
  });
  for (std::size_t i = 0; i < missing.size(); ++i) {
    state_->trees[missing[i]] = std::move(made[i]);
  }
}

const MeshTree& MeshTrees::get(const math::TriangleMesh* mesh) const {
  const auto it = state_->trees.find(mesh);
  ODDROAD_CHECK(it != state_->trees.end() && it->second != nullptr);
  return *it->second;
}

}  // namespace oddroad::verify
