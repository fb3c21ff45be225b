#include "engine/asset/foliage.h"

namespace oddroad::asset {

void add_leaf(TriangleMesh& mesh, const Leaf& leaf, std::uint16_t material) {
  Vec3f across = glm::cross(leaf.facing, leaf.direction);
  const float length = glm::length(across);
  if (length < 1e-4f) return;
  across /= length;
  const Vec3f up = glm::cross(leaf.direction, across);
  const Vec3f middle = leaf.base + 0.42f * leaf.length_m * leaf.direction;
  const Vec3f tip = leaf.base + leaf.length_m * leaf.direction - 0.12f * leaf.length_m * up;
  const Vec3f left = middle - 0.5f * leaf.width_m * across + 0.1f * leaf.width_m * up;
  const Vec3f right = middle + 0.5f * leaf.width_m * across + 0.1f * leaf.width_m * up;
  // Half face, half crown: stays on the upper side as long as `shading` does not oppose it.
  const float agree = glm::dot(leaf.shading, up);
  const Vec3f normal = glm::normalize(up + (agree > -0.5f ? 0.9f : 0.2f) * leaf.shading);
  const auto i = mesh.add_vertex(leaf.base, normal, {0, 0});
  mesh.add_vertex(left, normal, {-0.5f * leaf.width_m, 0.42f * leaf.length_m});
  mesh.add_vertex(tip, normal, {0, leaf.length_m});
  mesh.add_vertex(right, normal, {0.5f * leaf.width_m, 0.42f * leaf.length_m});
  mesh.add_triangle(i, i + 1, i + 2, material);
  mesh.add_triangle(i, i + 2, i + 3, material);
}

}  // namespace oddroad::asset
