#include "engine/traffic/network.h"

#include <algorithm>
#include <cmath>

namespace oddroad::traffic {
namespace {

constexpr double kCell_m = 20;
constexpr std::uint32_t kStretchSamples = 16;
constexpr double kReach_m = 4;  // half a wide lane and a margin
constexpr double kSameLevel_m = 3;
constexpr double kSeam_m = 1e-3;  // samples overlap by this, so that no point falls between two
constexpr int kMostCells = 4'000'000;

}  // namespace

Network::Network(const road::LaneGraph& graph) : graph_(&graph), lanes_(graph), conflicts_(lanes_) {
  controls_ = find_controls(graph, lanes_, conflicts_);
  decide_right_of_way(graph, lanes_, controls_, conflicts_);
  programs_ = plan_programs(graph, lanes_, conflicts_, controls_);
  for (std::uint32_t lane = 0; lane < lanes_.lanes().size(); ++lane) {
    movements_.push_back(movement_of(lanes_, lane));
  }
  index_lanes();
}

std::optional<SignalState> Network::state_of(std::string_view signal_id, double time_s) const {
  for (std::uint32_t i = 0; i < controls_.heads.size(); ++i) {
    if (controls_.heads[i].signal_id != signal_id) continue;
    return SignalState{controls_.heads[i].kind, head_state(i, time_s)};
  }
  return std::nullopt;
}

double Network::lane_km() const {
  double sum = 0;
  for (const Lane& lane : lanes_.lanes()) {
    if (lane.usable && !lane.for_bicycles) sum += lane.end_m - lane.begin_m;
  }
  return sum / 1000;
}

void Network::index_lanes() {
  math::Vec2d low(1e300);
  math::Vec2d high(-1e300);
  for (const Lane& lane : lanes_.lanes()) {
    for (std::uint32_t i = 0; i < lane.samples && lane.usable; ++i) {
      const LaneSample& p = lanes_.samples(lane)[i];
      low = glm::min(low, {p.x, p.y});
      high = glm::max(high, {p.x, p.y});
    }
  }
  if (high.x < low.x) return;
  grid_origin_ = low - kReach_m;
  const math::Vec2d size = high - low + 2 * kReach_m;
  grid_columns_ = static_cast<int>(size.x / kCell_m) + 1;
  grid_rows_ = static_cast<int>(size.y / kCell_m) + 1;
  if (static_cast<double>(grid_columns_) * grid_rows_ > kMostCells) {
    grid_columns_ = grid_rows_ = 1;  // a map of two far places: one cell, searched whole
  }
  std::vector<std::vector<Stretch>> cells(static_cast<std::size_t>(grid_columns_) *
                                          static_cast<std::size_t>(grid_rows_));
  for (std::uint32_t index = 0; index < lanes_.lanes().size(); ++index) {
    const Lane& lane = lanes_[index];
    for (std::uint32_t from = 0; lane.usable && from + 1 < lane.samples; from += kStretchSamples) {
      const std::uint32_t to = std::min(from + kStretchSamples, lane.samples - 1);
      math::Vec2d a(1e300);
      math::Vec2d b(-1e300);
      for (std::uint32_t i = from; i <= to; ++i) {
        const LaneSample& p = lanes_.samples(lane)[i];
        a = glm::min(a, {p.x, p.y});
        b = glm::max(b, {p.x, p.y});
      }
      const auto cell = [&](double v, double origin, int count) {
        return std::clamp(static_cast<int>((v - origin) / kCell_m), 0, count - 1);
      };
      for (int y = cell(a.y - kReach_m, grid_origin_.y, grid_rows_);
           y <= cell(b.y + kReach_m, grid_origin_.y, grid_rows_); ++y) {
        for (int x = cell(a.x - kReach_m, grid_origin_.x, grid_columns_);
             x <= cell(b.x + kReach_m, grid_origin_.x, grid_columns_); ++x) {
          cells[static_cast<std::size_t>(y * grid_columns_ + x)].push_back({index, from, to});
        }
      }
    }
  }
  for (const auto& cell : cells) {
    cell_first_.push_back(static_cast<std::uint32_t>(cell_stretches_.size()));
    cell_stretches_.insert(cell_stretches_.end(), cell.begin(), cell.end());
  }
  cell_first_.push_back(static_cast<std::uint32_t>(cell_stretches_.size()));
}

void Network::places(const math::Vec3d& point, double margin, std::vector<Place>& out) const {
  out.clear();
  if (grid_columns_ == 0) return;
  int x = static_cast<int>(std::floor((point.x - grid_origin_.x) / kCell_m));
  int y = static_cast<int>(std::floor((point.y - grid_origin_.y) / kCell_m));
  if (grid_columns_ * grid_rows_ == 1) x = y = 0;
  if (x < 0 || y < 0 || x >= grid_columns_ || y >= grid_rows_) return;
  const auto cell = static_cast<std::size_t>(y * grid_columns_ + x);
  for (std::uint32_t k = cell_first_[cell]; k < cell_first_[cell + 1]; ++k) {
    const Stretch& stretch = cell_stretches_[k];
    const Lane& lane = lanes_[stretch.lane];
    const LaneSample* all = lanes_.samples(lane);
    for (std::uint32_t i = stretch.from_sample; i < stretch.to_sample; ++i) {
      const math::Vec2d d(point.x - all[i].x, point.y - all[i].y);
      const double along = d.x * all[i].tangent_x + d.y * all[i].tangent_y;
      const bool first = i == 0;
      const bool last = i + 2 == lane.samples;
      if ((along < -kSeam_m && !first) || (along > lane.spacing_m + kSeam_m && !last)) continue;
      if (along < -margin || along > lane.spacing_m + margin) continue;
      const double lateral = d.y * all[i].tangent_x - d.x * all[i].tangent_y;
      if (std::abs(lateral) > all[i].half_width_m + margin) continue;
      if (std::abs(point.z - all[i].z) > kSameLevel_m) continue;
      if (!out.empty() && out.back().lane == stretch.lane) {
        if (std::abs(out.back().lateral_m) <= std::abs(lateral)) continue;
        out.pop_back();
      }
      out.push_back({stretch.lane, i * lane.spacing_m + along, lateral});
    }
  }
}

}  // namespace oddroad::traffic
