#include "sensors/lidar/footprint.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace oddroad::lidar {

using math::Vec3d;

namespace {

std::array<math::Vec2d, kRingRays> ring_turns() {
  std::array<math::Vec2d, kRingRays> out;
  for (int k = 0; k < kRingRays; ++k) {
    const double turn = k * std::numbers::pi / 2;
    out[static_cast<std::size_t>(k)] = {std::cos(turn), std::sin(turn)};
  }
  return out;
}

}  // namespace

double ring_weight() {
  const double light = std::exp(-2 * kRingRadius * kRingRadius);
  return light / (1 + kRingRays * light);
}

double axis_weight(int rays_beside) {
  return 1 - rays_beside * ring_weight();
}

Ring::Ring(const Vec3d& axis, const LidarOptics& optics) : axis_(axis), optics_(&optics) {
  const double level = std::hypot(axis.x, axis.y);
  left_ = level > 1e-6 ? Vec3d(-axis.y, axis.x, 0) / level : Vec3d(0, 1, 0);
  up_ = glm::cross(axis, left_);
}

Vec3d Ring::ray(int k) const {
  static const std::array<math::Vec2d, kRingRays> kTurns = ring_turns();
  const math::Vec2d turn = kTurns[static_cast<std::size_t>(k)];
  return glm::normalize(axis_ + left_ * (turn.x * kRingRadius * 0.5 * optics_->divergence_h_rad) +
                        up_ * (turn.y * kRingRadius * 0.5 * optics_->divergence_v_rad));
}

namespace {

struct Place {
  double azimuth = 0;
  std::uint32_t shot = 0;
};

// For each shot of a ring the one of another ring that is nearest in azimuth; both sorted by it.
void match(const std::vector<Place>& ring, const std::vector<Place>& other, int slot,
           std::vector<std::array<std::uint32_t, 4>>& table) {
  std::size_t k = 0;
  for (const Place& p : ring) {
    while (k + 1 < other.size() &&
           std::abs(other[k + 1].azimuth - p.azimuth) <= std::abs(other[k].azimuth - p.azimuth)) {
      ++k;
    }
    if (k < other.size()) table[p.shot][static_cast<std::size_t>(slot)] = other[k].shot;
  }
}

}  // namespace

void Neighbours::set(std::span<const Shot> shots, bool rings) {
  rings_ = rings;
  table_.assign(shots.size(), {kNobody, kNobody, kNobody, kNobody});
  std::vector<std::uint32_t> last;  // of each ring
  for (std::uint32_t i = 0; i < shots.size(); ++i) {
    if (last.size() <= shots[i].ring) last.resize(shots[i].ring + 1u, kNobody);
    std::uint32_t& before = last[shots[i].ring];
    table_[i][0] = before;
    if (before != kNobody) table_[before][1] = i;
    before = i;
  }
  if (!rings) return;
  std::vector<std::vector<Place>> by_ring(last.size());
  for (std::uint32_t i = 0; i < shots.size(); ++i) {
    by_ring[shots[i].ring].push_back({std::atan2(shots[i].direction.y, shots[i].direction.x), i});
  }
  for (auto& ring : by_ring) {
    std::sort(ring.begin(), ring.end(), [](const Place& a, const Place& b) {
      return a.azimuth < b.azimuth || (a.azimuth == b.azimuth && a.shot < b.shot);
    });
  }
  for (std::size_t r = 0; r + 1 < by_ring.size(); ++r) {
    match(by_ring[r], by_ring[r + 1], 3, table_);
    match(by_ring[r + 1], by_ring[r], 2, table_);
  }
}

}  // namespace oddroad::lidar
