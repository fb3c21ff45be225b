#include "sensors/lidar/cast_order.h"

#include <algorithm>
#include <cmath>
#include <numbers>

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

}  // namespace oddroad::lidar
