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

using Ways = capture::Image<Vec2f>;

Vec2f longer(const Vec2f& a, const Vec2f& b) {
  return glm::dot(b, b) > glm::dot(a, a) ? b : a;
}

// The longest way in each tile.
Ways longest_ways(const ImageMotion& motion) {
  Ways out((motion.width_px + kTileCells - 1) / kTileCells,
           (motion.height_px + kTileCells - 1) / kTileCells, Vec2f(0));
  for (int y = 0; y < motion.height_px; ++y) {
    for (int x = 0; x < motion.width_px; ++x) {
      Vec2f& tile = out.at(x / kTileCells, y / kTileCells);
      tile = longer(tile, motion.at(x, y).displacement_px);
    }
  }
  return out;
}

// Each tile also knows its neighbours' ways.
Ways spread(const Ways& ways) {
  Ways out = ways;
  for (int y = 0; y < ways.height_px; ++y) {
    for (int x = 0; x < ways.width_px; ++x) {
      for (int dy = std::max(y - 1, 0); dy <= std::min(y + 1, ways.height_px - 1); ++dy) {
        for (int dx = std::max(x - 1, 0); dx <= std::min(x + 1, ways.width_px - 1); ++dx) {
          out.at(x, y) = longer(out.at(x, y), ways.at(dx, dy));
        }
      }
    }
  }
  return out;
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
    const int samples = std::min(2 * static_cast<int>(std::ceil(length / 2)) + 1, kMostSamples);
    Vec3f sum(0);
    for (int k = 0; k < samples; ++k) {
      const float s = (static_cast<float>(k) + 0.5f) / static_cast<float>(samples) - 0.5f;
      sum += passing(x, y, own, reach, way, s, std::abs(s) * length);
    }
    return sum / static_cast<float>(samples);
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
  Ways ways = longest_ways(motion);
  float longest = 0;
  for (const Vec2f& way : ways.pixels) longest = std::max(longest, glm::length(way));
  if (longest < kLeastBlurPx) return;
  for (float reach = 0; reach < longest / 2 && reach < kMostSamples; reach += kTilePx) {
    ways = spread(ways);
  }
  const capture::Image<Vec3f> sharp = radiance;
  const Blurrer blurrer(motion, sharp);
  core::parallel_for(ways.height_px, [&](int ty) {
    for (int y = ty * kTilePx; y < std::min((ty + 1) * kTilePx, radiance.height_px); ++y) {
      for (int x = 0; x < radiance.width_px; ++x) {
        const Vec2f& way = ways.at(x / kTilePx, ty);
        if (glm::dot(way, way) < kLeastBlurPx * kLeastBlurPx) continue;
        radiance.at(x, y) = blurrer.pixel(x, y, way);
      }
    }
  });
}

}  // namespace oddroad::camera
