// A binary tree over boxes: the one acceleration structure of the proof. Over the triangles of a
// mesh, and over the drawables of a scene window.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/math/affine.h"

namespace oddroad::verify {

struct FloatBox {
  math::Vec3f lower{1e38f};
  math::Vec3f upper{-1e38f};

  void include(const math::Vec3f& p) {
    lower = glm::min(lower, p);
    upper = glm::max(upper, p);
  }
  void include(const FloatBox& b) {
    lower = glm::min(lower, b.lower);
    upper = glm::max(upper, b.upper);
  }
};

// The smallest float box around two double corners.
FloatBox round_outwards(const math::Vec3d& lower, const math::Vec3d& upper);

// count > 0: a leaf with the items order[first, first + count). Else the children are nodes first
// and first + 1.
struct BoxNode {
  FloatBox box;
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

struct BoxTree {
  std::vector<BoxNode> nodes;  // nodes[0] is the root; empty without items
  std::vector<std::uint32_t> order;
};

// Splits by the surface area heuristic in 16 bins; leaves hold at most `leaf_items` unless boxes
// coincide. Equal boxes give equal trees.
BoxTree build_box_tree(std::span<const FloatBox> boxes, std::uint32_t leaf_items);

// The same tree around other boxes of the same items.
void refit(BoxTree& tree, std::span<const FloatBox> boxes);

}  // namespace oddroad::verify
