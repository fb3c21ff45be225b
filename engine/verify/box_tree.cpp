#include "engine/verify/box_tree.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace oddroad::verify {
namespace {

constexpr int kBins = 16;
constexpr int kGreedyDepth = 40;  // below it halves: no path is longer than 40 + 32 nodes

float half_area(const FloatBox& b) {
  const math::Vec3f d = b.upper - b.lower;
  return d.x < 0 ? 0.0f : d.x * d.y + d.y * d.z + d.z * d.x;
}

struct Split {
  int axis = -1;
  int bin = 0;  // items in bins up to this one go left
  float cost = std::numeric_limits<float>::infinity();
};

class Builder {
 public:
  Builder(std::span<const FloatBox> boxes, std::uint32_t leaf_items)
      : boxes_(boxes), leaf_items_(leaf_items) {
    tree_.order.resize(boxes.size());
    std::iota(tree_.order.begin(), tree_.order.end(), 0u);
    centres_.reserve(boxes.size());
    for (const FloatBox& b : boxes) centres_.push_back(0.5f * b.lower + 0.5f * b.upper);
  }

  BoxTree build() {
    if (boxes_.empty()) return std::move(tree_);
    tree_.nodes.reserve(boxes_.size());
    tree_.nodes.emplace_back();
    split(0, 0, static_cast<std::uint32_t>(boxes_.size()), 0);
    return std::move(tree_);
  }

 private:
  void split(std::size_t node, std::uint32_t begin, std::uint32_t end, int depth) {
    FloatBox box, centres;
    for (std::uint32_t i = begin; i < end; ++i) {
      box.include(boxes_[tree_.order[i]]);
      centres.include(centres_[tree_.order[i]]);
    }
    tree_.nodes[node].box = box;
    const Split best = end - begin > 1 ? best_split(begin, end, centres) : Split{};
    const float leaf_cost = half_area(box) * static_cast<float>(end - begin);
    const bool small = end - begin <= leaf_items_;
    if (best.axis < 0 || (small && best.cost >= leaf_cost)) {
      tree_.nodes[node].first = begin;
      tree_.nodes[node].count = end - begin;
      return;
    }
    const auto first = tree_.order.begin() + begin;
    const auto last = tree_.order.begin() + end;
    std::uint32_t at = begin + (end - begin) / 2;
    if (depth < kGreedyDepth) {
      const auto middle = std::partition(first, last, [&](std::uint32_t i) {
        return bin_of(i, best.axis, centres) <= best.bin;
      });
      at = static_cast<std::uint32_t>(middle - tree_.order.begin());
    } else {
      std::nth_element(first, tree_.order.begin() + at, last,
                       [&](std::uint32_t i, std::uint32_t j) {
                         return centres_[i][best.axis] < centres_[j][best.axis];
                       });
    }
    const std::size_t child = tree_.nodes.size();
    tree_.nodes[node].first = static_cast<std::uint32_t>(child);
    tree_.nodes.resize(child + 2);
    split(child, begin, at, depth + 1);
    split(child + 1, at, end, depth + 1);
  }

  [[nodiscard]] int bin_of(std::uint32_t item, int axis, const FloatBox& centres) const {
    const float extent = centres.upper[axis] - centres.lower[axis];
    const float share = (centres_[item][axis] - centres.lower[axis]) / extent;
    return std::clamp(static_cast<int>(share * kBins), 0, kBins - 1);
  }

  [[nodiscard]] Split best_split(std::uint32_t begin, std::uint32_t end,
                                 const FloatBox& centres) const {
    Split best;
    for (int axis = 0; axis < 3; ++axis) {
      if (!(centres.upper[axis] > centres.lower[axis])) continue;
      std::array<FloatBox, kBins> bins;
      std::array<std::uint32_t, kBins> counts{};
      for (std::uint32_t i = begin; i < end; ++i) {
        const int bin = bin_of(tree_.order[i], axis, centres);
        bins[bin].include(boxes_[tree_.order[i]]);
        ++counts[bin];
      }
      consider(axis, bins, counts, best);
    }
    return best;
  }

  static void consider(int axis, const std::array<FloatBox, kBins>& bins,
                       const std::array<std::uint32_t, kBins>& counts, Split& best) {
    std::array<float, kBins> right{};  // cost of everything behind bin b
    FloatBox box;
    std::uint32_t count = 0;
    for (int b = kBins - 1; b > 0; --b) {
      box.include(bins[b]);
      count += counts[b];
      right[b - 1] = count == 0 ? std::numeric_limits<float>::infinity()
                                : half_area(box) * static_cast<float>(count);
    }
    box = {};
    count = 0;
    for (int b = 0; b + 1 < kBins; ++b) {
      box.include(bins[b]);
      count += counts[b];
      if (count == 0) continue;
      const float cost = half_area(box) * static_cast<float>(count) + right[b];
      if (cost < best.cost) best = {axis, b, cost};
    }
  }

  std::span<const FloatBox> boxes_;
  std::uint32_t leaf_items_;
  std::vector<math::Vec3f> centres_;
  BoxTree tree_;
};

}  // namespace

FloatBox round_outwards(const math::Vec3d& lower, const math::Vec3d& upper) {
  FloatBox box;
  for (int k = 0; k < 3; ++k) {
    box.lower[k] = std::nextafter(static_cast<float>(lower[k]), -1e38f);
    box.upper[k] = std::nextafter(static_cast<float>(upper[k]), 1e38f);
  }
  return box;
}

BoxTree build_box_tree(std::span<const FloatBox> boxes, std::uint32_t leaf_items) {
  return Builder(boxes, leaf_items).build();
}

void refit(BoxTree& tree, std::span<const FloatBox> boxes) {
  // Children come after their parent.
  for (std::size_t n = tree.nodes.size(); n-- > 0;) {
    BoxNode& node = tree.nodes[n];
    node.box = {};
    if (node.count == 0) {
      node.box.include(tree.nodes[node.first].box);
      node.box.include(tree.nodes[node.first + 1].box);
    }
    for (std::uint32_t i = 0; i < node.count; ++i) {
      node.box.include(boxes[tree.order[node.first + i]]);
    }
  }
}

}  // namespace oddroad::verify
