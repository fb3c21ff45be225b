#include "sensors/camera/soiling.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/core/random.h"
#include "engine/math/affine.h"
#include "sensors/camera/coarse_image.h"

namespace oddroad::camera {
namespace {

using math::Vec2d;

// Of an out-of-focus edge, cells.
constexpr double kSoftCells = 3;
constexpr double kScratchOpacity = 0.25;

capture::Image<float> empty_cover(int width_px, int height_px) {
  return {(width_px + kCoarse - 1) / kCoarse, (height_px + kCoarse - 1) / kCoarse, 0.0f};
}

// Raises the cover to what a shape at a signed distance (cells, below 0 inside) makes of it.
template <typename Distance>
void stamp(capture::Image<float>& cover, const Vec2d& centre, double reach, float most,
           const Distance& distance) {
  const int x0 = std::max(0, static_cast<int>(centre.x - reach));
  const int x1 = std::min(cover.width_px, static_cast<int>(centre.x + reach) + 2);
  const int y0 = std::max(0, static_cast<int>(centre.y - reach));
  const int y1 = std::min(cover.height_px, static_cast<int>(centre.y + reach) + 2);
  for (int y = y0; y < y1; ++y) {
    for (int x = x0; x < x1; ++x) {
      const double inside = 0.5 - distance(Vec2d(x + 0.5, y + 0.5) - centre) / (2 * kSoftCells);
      const double u = std::clamp(inside, 0.0, 1.0);
      float& cell = cover.at(x, y);
      cell = std::max(cell, most * static_cast<float>(u * u * (3 - 2 * u)));
    }
  }
}

double share_above(const capture::Image<float>& cover, float limit) {
  const auto n = std::count_if(cover.pixels.begin(), cover.pixels.end(), [&](float v) {
    return v > limit;
  });
  return static_cast<double>(n) / static_cast<double>(cover.pixels.size());
}

}  // namespace

capture::Image<float> soiling_cover(int width_px, int height_px, double coverage, double opacity,
                                    std::uint64_t key) {
  auto cover = empty_cover(width_px, height_px);
  core::RandomStream random(key, "soiling");
  const auto most = static_cast<float>(opacity);
  if (most <= 0) return cover;
  for (int k = 0; k < 4000 && share_above(cover, most / 2) < coverage; ++k) {
    // Few large splashes, many small ones; lobes make them ragged.
    const double u = random.uniform();
    const double radius = cover.height_px * (0.012 + 0.12 * u * u * u);
    const Vec2d centre(random.uniform(0, cover.width_px), random.uniform(0, cover.height_px));
    const double phase = random.uniform(0, 2 * std::numbers::pi);
    const double lobes = 3 + random.below(4);
    const double ragged = random.uniform(0.1, 0.35);
    const auto depth = most * static_cast<float>(random.uniform(0.6, 1));
    stamp(cover, centre, 1.4 * radius + kSoftCells, depth, [&](const Vec2d& off) {
      const double edge =
          radius * (1 + ragged * std::sin(lobes * std::atan2(off.y, off.x) + phase));
      return glm::length(off) - edge;
    });
  }
  return cover;
}

capture::Image<float> scratches_cover(int width_px, int height_px, int count, std::uint64_t key) {
  auto cover = empty_cover(width_px, height_px);
  core::RandomStream random(key, "scratches");
  for (int k = 0; k < count; ++k) {
    const double length = cover.width_px * random.uniform(0.03, 0.3);
    const double angle = random.uniform(0, std::numbers::pi);
    const Vec2d along(std::cos(angle), std::sin(angle));
    const Vec2d centre(random.uniform(0, cover.width_px), random.uniform(0, cover.height_px));
    const auto depth = static_cast<float>(kScratchOpacity * random.uniform(0.3, 1));
    stamp(cover, centre, length / 2 + kSoftCells, depth, [&](const Vec2d& off) {
      const double at = std::clamp(glm::dot(off, along), -length / 2, length / 2);
      return glm::length(off - at * along) * 2 - kSoftCells / 2;
    });
  }
  return cover;
}

}  // namespace oddroad::camera
