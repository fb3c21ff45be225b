#include "sensors/lidar/cast_order.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "sensors/lidar/chunks.h"

namespace oddroad::lidar {
namespace {

// Of a band, in shots of one ring; with two rings one packet of rays.
constexpr double kShotsAcross = 8;
constexpr int kRingsTogether = 2;

struct Place {
  int band = 0;
  int step = 0;  // along the band, which turns round at its end
  std::uint32_t shot = 0;
};

double band_width_rad(std::span<const Shot> shots) {
  std::vector<double> of_ring;
  for (const Shot& shot : shots) {
    if (of_ring.size() <= shot.ring) of_ring.resize(shot.ring + 1u, 0);
    ++of_ring[shot.ring];
  }
  return kShotsAcross * 2 * std::numbers::pi / *std::max_element(of_ring.begin(), of_ring.end());
}

}  // namespace

std::vector<std::uint32_t> cast_order(std::span<const Shot> shots) {
  std::vector<std::uint32_t> out;
  if (shots.empty()) return out;
  out.reserve(shots.size());
  const double width = band_width_rad(shots);
  std::vector<Place> chunk;
  for (std::size_t c = 0; c < chunks_of(shots.size()); ++c) {
    chunk.clear();
    for (std::size_t i = chunk_begin(c); i < chunk_end(c, shots.size()); ++i) {
      const math::Vec3f& d = shots[i].direction;
      const int band =
          static_cast<int>((std::atan2(double(d.y), double(d.x)) + std::numbers::pi) / width);
      const int rings = shots[i].ring / kRingsTogether;
      chunk.push_back({band, band % 2 == 0 ? rings : -rings, static_cast<std::uint32_t>(i)});
    }
    std::sort(chunk.begin(), chunk.end(), [](const Place& a, const Place& b) {
      if (a.band != b.band) return a.band < b.band;
      return a.step != b.step ? a.step < b.step : a.shot < b.shot;
    });
    for (const Place& p : chunk) out.push_back(p.shot);
  }
  return out;
}

void FieldOrder::set(std::span<const Shot> shots) {
  // One packet of rays is about a square of the field.
  constexpr float kAcross = 4, kMostBands = 512;
  constexpr std::uint32_t kSteps = 256;  // along a band
  math::Vec3f low(1), high(-1);
  for (const Shot& shot : shots) {
    low = glm::min(low, shot.direction);
    high = glm::max(high, shot.direction);
  }
  const math::Vec3f size = glm::max(high - low, 1e-6f);
  const float across = kAcross * std::sqrt(size.y * size.z / static_cast<float>(shots.size()));
  const float bands = std::clamp(std::floor(size.z / across), 1.0f, kMostBands);
  const float per_z = bands / size.z, per_y = kSteps / size.y;
  next_.assign(static_cast<std::size_t>(bands + 1) * kSteps, 0);
  cell_.resize(shots.size());
  for (std::size_t i = 0; i < shots.size(); ++i) {
    const auto band = static_cast<std::uint32_t>((shots[i].direction.z - low.z) * per_z);
    const auto step =
        std::min(static_cast<std::uint32_t>((shots[i].direction.y - low.y) * per_y), kSteps - 1);
    cell_[i] = band * kSteps + (band % 2 == 0 ? step : kSteps - 1 - step);
    ++next_[cell_[i]];
  }
  std::uint32_t before = 0;
  for (std::uint32_t& n : next_) before += std::exchange(n, before);
  shots_.resize(shots.size());
  for (std::size_t i = 0; i < shots.size(); ++i) {
    shots_[next_[cell_[i]]++] = static_cast<std::uint32_t>(i);
  }
}

}  // namespace oddroad::lidar
