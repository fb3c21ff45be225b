// Walks a box tree along a ray, near boxes first.
#pragma once

#include <array>
#include <limits>
#include <utility>

#include "engine/verify/box_tree.h"
#include "engine/verify/ray.h"

namespace oddroad::verify {

// Calls visit(item) for every item whose leaf the ray enters before `limit`; visit may lower the
// limit. Some items that the ray misses are visited too.
template <typename Visit>
void walk(const BoxTree& tree, const PreparedRay& ray, double& limit, const Visit& visit) {
  if (tree.nodes.empty()) return;
  struct Waiting {
    std::uint32_t node;
    double enter;
  };
  std::array<Waiting, 128> stack;  // deeper than any tree of build_box_tree
  std::size_t count = 0;
  const auto enter = [&](std::uint32_t n) {
    const FloatBox& box = tree.nodes[n].box;
    return enter_box(ray, box.lower, box.upper, limit);
  };
  Waiting at{0, enter(0)};
  for (;;) {
    if (at.enter <= limit && at.enter < std::numeric_limits<double>::infinity()) {
      const BoxNode& node = tree.nodes[at.node];
      if (node.count == 0) {
        Waiting near{node.first, enter(node.first)};
        Waiting far{node.first + 1, enter(node.first + 1)};
        if (far.enter < near.enter) std::swap(near, far);
        if (far.enter < std::numeric_limits<double>::infinity()) stack[count++] = far;
        at = near;
        continue;
      }
      for (std::uint32_t i = 0; i < node.count; ++i) visit(tree.order[node.first + i]);
    }
    if (count == 0) return;
    at = stack[--count];
  }
}

}  // namespace oddroad::verify
