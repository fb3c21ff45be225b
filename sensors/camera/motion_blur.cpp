#include "sensors/camera/motion_blur.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"

namespace oddroad::camera {
namespace {

using math::Vec2f;
using math::Vec3f;

constexpr int kTileCells = 4;
constexpr int kTilePx = kTileCells * kMotionCell;
constexpr int kMostSamples = 49;
constexpr float kSameDepth = 1.05f;
constexpr float kEvenPx = 1.5f;

Vec2f longer(const Vec2f& a, const Vec2f& b) {
  return glm::dot(b, b) > glm::dot(a, a) ? b : a;
}

// What moves in a tile and beside it.
struct Tile {
  Vec2f longest{0};
  Vec2f least{1e9f}, most{-1e9f};  // by axis

  void add(const Tile& other) {
    longest = longer(longest, other.longest);
    least = glm::min(least, other.least);
    most = glm::max(most, other.most);
  }
  // All of it goes the same way: there is nothing to be in front of or behind.
  [[nodiscard]] bool even() const { return glm::length(most - least) < kEvenPx; }
};

using Tiles = capture::Image<Tile>;

Tiles make_tiles(const ImageMotion& motion) {
  Tiles out((motion.width_px + kTileCells - 1) / kTileCells,
            (motion.height_px + kTileCells - 1) / kTileCells);
  for (int y = 0; y < motion.height_px; ++y) {
    for (int x = 0; x < motion.width_px; ++x) {
      const Vec2f& way = motion.at(x, y).displacement_px;
      out.at(x / kTileCells, y / kTileCells).add({way, way, way});
    }
  }
  return out;
}

// Each tile also knows its neighbours' ways.
Tiles spread(const Tiles& tiles) {
  Tiles out = tiles;
  for (int y = 0; y < tiles.height_px; ++y) {
    for (int x = 0; x < tiles.width_px; ++x) {
      for (int dy = std::max(y - 1, 0); dy <= std::min(y + 1, tiles.height_px - 1); ++dy) {
        for (int dx = std::max(x - 1, 0); dx <= std::min(x + 1, tiles.width_px - 1); ++dx) {
          out.at(x, y).add(tiles.at(dx, dy));
        }
      }
    }
  }
  return out;
}

int samples_of(const Vec2f& way) {
  return std::min(2 * static_cast<int>(std::ceil(glm::length(way) / 2)) + 1, kMostSamples);
}

// Where on its way, from -1/2 to 1/2, a sample lies.
float place_of(int sample, int samples) {
  return (static_cast<float>(sample) + 0.5f) / static_cast<float>(samples) - 0.5f;
}

class Blurrer {
 public:
  Blurrer(const ImageMotion& motion, const capture::Image<Vec3f>& sharp)
      : motion_(motion), sharp_(sharp) {}

  // The mean of what passes over pixel (x, y), where things move by up to `way`.
  [[nodiscard]] Vec3f pixel(int x, int y, const Vec2f& way) const {
    const CellMotion& own = cell(x, y);
    const float reach = glm::length(own.displacement_px) / 2 + 0.5f;
    const float length = glm::length(way);
    const int samples = samples_of(way);
    Vec3f sum(0);
    for (int k = 0; k < samples; ++k) {
      const float s = place_of(k, samples);
      sum += passing(x, y, own, reach, way, s, std::abs(s) * length);
    }
    return sum / static_cast<float>(samples);
  }

  // Pixels [x0, x1) of row y, all of one cell, where everything goes the cell's way.
  void even_pixels(int x0, int x1, int y, Vec3f* out) const {
    const Vec2f& way = cell(x0, y).displacement_px;
    const int samples = samples_of(way);
    for (int x = x0; x < x1; ++x) out[x] = Vec3f(0);
    for (int k = 0; k < samples; ++k) {
      const Vec2f off = way * place_of(k, samples);
      const int dx = static_cast<int>(std::lround(off.x));
      const Vec3f* from = &sharp_.at(0, row(static_cast<float>(y) + off.y));
      for (int x = x0; x < x1; ++x) out[x] += from[std::clamp(x + dx, 0, sharp_.width_px - 1)];
    }
    for (int x = x0; x < x1; ++x) out[x] /= static_cast<float>(samples);
  }

 private:
  [[nodiscard]] int column(float x) const {
    return std::clamp(static_cast<int>(std::lround(x)), 0, sharp_.width_px - 1);
  }
  [[nodiscard]] int row(float y) const {
    return std::clamp(static_cast<int>(std::lround(y)), 0, sharp_.height_px - 1);
  }
  [[nodiscard]] const CellMotion& cell(int x, int y) const {
    return motion_.at(x / kMotionCell, y / kMotionCell);
  }

  [[nodiscard]] const Vec3f& passing(int x, int y, const CellMotion& own, float reach,
                                     const Vec2f& way, float s, float away) const {
    const auto fx = static_cast<float>(x), fy = static_cast<float>(y);
    const int qx = column(fx + s * way.x), qy = row(fy + s * way.y);
    const CellMotion& other = cell(qx, qy);
    // What is there comes by here, in front of what is here.
    const bool comes = away <= glm::length(other.displacement_px) / 2 + 0.5f &&
                       other.distance <= own.distance * kSameDepth;
    if (comes) return sharp_.at(qx, qy);
    // Else what is here has moved on, and shows what lies along its own way, or stays.
    const int ox = column(fx + s * own.displacement_px.x);
    const int oy = row(fy + s * own.displacement_px.y);
    const bool behind = cell(ox, oy).distance * kSameDepth >= own.distance;
    return reach > 1 && behind ? sharp_.at(ox, oy) : sharp_.at(x, y);
  }

  const ImageMotion& motion_;
  const capture::Image<Vec3f>& sharp_;
};

}  // namespace

void blur_motion(const ImageMotion& motion, capture::Image<Vec3f>& radiance) {
  Tiles tiles = make_tiles(motion);
  float longest = 0;
  for (const Tile& tile : tiles.pixels) longest = std::max(longest, glm::length(tile.longest));
  if (longest < kLeastBlurPx) return;
  for (float reach = 0; reach < longest / 2 && reach < kMostSamples; reach += kTilePx) {
    tiles = spread(tiles);
  }
  const capture::Image<Vec3f> sharp = radiance;
  const Blurrer blurrer(motion, sharp);
  core::parallel_for(radiance.height_px, [&](int y) {
    for (int x0 = 0; x0 < radiance.width_px; x0 += kMotionCell) {
      const Tile& tile = tiles.at(x0 / kTilePx, y / kTilePx);
      if (glm::length(tile.longest) < kLeastBlurPx) continue;
      const int x1 = std::min(x0 + kMotionCell, radiance.width_px);
      if (tile.even()) {
        blurrer.even_pixels(x0, x1, y, &radiance.at(0, y));
        continue;
      }
      for (int x = x0; x < x1; ++x) radiance.at(x, y) = blurrer.pixel(x, y, tile.longest);
    }
  });
}

}  // namespace oddroad::camera
