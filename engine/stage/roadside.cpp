#include "engine/stage/roadside.h"

#include <algorithm>

namespace oddroad::stage {

namespace {

template <typename Wanted>
std::size_t edge_of(const Run& run, bool left, const Wanted& wanted) {
  const std::size_t n = run.strips.size();
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t strip = left ? i : n - 1 - i;
    if (wanted(run.strips[strip])) return left ? strip : strip + 1;
  }
  return n + 1;
}

}  // namespace

Roadside::Roadside(const Run& run, std::size_t point, bool left)
    : run_(&run), point_(point), side_(left ? 1 : -1) {
  along_.push_back(0);
  for (std::size_t i = 1; i < run.stations.size(); ++i) {
    along_.push_back(along_.back() + glm::length(run.stations[i].points[point].position -
                                                 run.stations[i - 1].points[point].position));
  }
}

RoadsidePlace Roadside::at(double distance_m) const {
  const auto after = std::upper_bound(along_.begin() + 1, along_.end() - 1, distance_m);
  const auto i = static_cast<std::size_t>(after - along_.begin());
  const double span = along_[i] - along_[i - 1];
  const double u = span > 0 ? std::clamp((distance_m - along_[i - 1]) / span, 0.0, 1.0) : 0;
  const Station& a = run_->stations[i - 1];
  const Station& b = run_->stations[i];
  RoadsidePlace out;
  out.position = (1 - u) * a.points[point_].position + u * b.points[point_].position;
  const math::Vec2d left = glm::normalize((1 - u) * a.left + u * b.left);
  out.outward = side_ * left;
  out.forward = {left.y, -left.x};
  return out;
}

std::size_t paved_edge(const Run& run, bool left) {
  return edge_of(run, left, is_paved);
}

std::size_t carriageway_edge(const Run& run, bool left) {
  return edge_of(run, left, is_carriageway);
}

}  // namespace oddroad::stage
