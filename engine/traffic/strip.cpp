#include "engine/traffic/strip.h"

#include <algorithm>
#include <cmath>

namespace oddroad::traffic {
namespace {

// Half widths with what a driver leaves at each side.
constexpr double kHalfSwath_m[2] = {1.10, 1.45};
constexpr double kHeavyWheelbase_m = 6;
constexpr double kMostCut_m = 1.2;

using math::Vec2d;

}  // namespace

Strip strip_of(const LaneTable& table, const Lane& lane, Swath swath) {
  Strip out;
  const LaneSample* all = table.samples(lane);
  for (std::uint32_t i = 0; i < lane.samples; ++i) {
    const LaneSample& p = all[i];
    const double cut =
        swath == kLarge
            ? std::min(0.5 * std::abs(p.curvature_1pm) * kHeavyWheelbase_m * kHeavyWheelbase_m,
                       kMostCut_m)
            : 0.0;
    const double inside = (p.curvature_1pm > 0 ? 0.5 : -0.5) * cut;
    out.centre.emplace_back(p.x - inside * p.tangent_y, p.y + inside * p.tangent_x);
    out.z.push_back(p.z);
    const double half = std::min(kHalfSwath_m[swath], std::max(0.6, 1.0 * p.half_width_m));
    out.half[swath].push_back(half + 0.5 * cut);
    out.low = glm::min(out.low, out.centre.back() - 2.5);
    out.high = glm::max(out.high, out.centre.back() + 2.5);
  }
  return out;
}

std::vector<Zone> overlaps(const Strip& a, Swath sa, double spacing_a, const Strip& b, Swath sb,
                           double spacing_b) {
  std::vector<Zone> out;
  int last = -2;
  for (std::size_t i = 0; i < a.centre.size(); ++i) {
    const Vec2d& p = a.centre[i];
    if (p.x < b.low.x || p.y < b.low.y || p.x > b.high.x || p.y > b.high.y) continue;
    int first_j = -1;
    int last_j = -1;
    for (std::size_t j = 0; j < b.centre.size(); ++j) {
      const Vec2d d = b.centre[j] - p;
      const double reach = a.half[sa][i] + b.half[sb][j];
      if (glm::dot(d, d) >= reach * reach || std::abs(a.z[i] - b.z[j]) > kClearance_m) continue;
      if (first_j < 0) first_j = static_cast<int>(j);
      last_j = static_cast<int>(j);
    }
    if (first_j < 0) continue;
    // The overlap reaches beyond the samples that show it, by less than a step.
    const double last_a = static_cast<double>(a.centre.size() - 1) * spacing_a;
    const double last_b = static_cast<double>(b.centre.size() - 1) * spacing_b;
    const double at = static_cast<double>(i) * spacing_a;
    const auto begin = static_cast<float>(std::max(0.0, at - spacing_a));
    const auto end = static_cast<float>(std::min(last_a, at + spacing_a));
    const auto from = static_cast<float>(std::max(0.0, (first_j - 1) * spacing_b));
    const auto to = static_cast<float>(std::min(last_b, (last_j + 1) * spacing_b));
    if (static_cast<int>(i) == last + 1) {
      out.back().a.end_m = end;
      out.back().b.begin_m = std::min(out.back().b.begin_m, from);
      out.back().b.end_m = std::max(out.back().b.end_m, to);
    } else {
      out.push_back({{begin, end}, {from, to}});
    }
    last = static_cast<int>(i);
  }
  return out;
}

}  // namespace oddroad::traffic
