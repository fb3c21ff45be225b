#include "sensors/camera/enclosure.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"

namespace oddroad::camera {
namespace {

using math::Vec3f;

constexpr int kBlock = 4;
constexpr int kRays = 4;
constexpr float kBefore_m = .5f;
constexpr float kReach_m = 1000;

// One 4x4 block of pixels, standing for them by one of its samples.
struct Block {
  std::uint32_t sample = 0;
  float depth = 0;  // 0: only sky
  float open = 1;   // share of the rays that get out
};

class Blocks {
 public:
  Blocks(int width_px, int height_px)
      : columns_((width_px + kBlock - 1) / kBlock),
        rows_((height_px + kBlock - 1) / kBlock),
        width_px_(width_px),
        height_px_(height_px),
        blocks_(static_cast<std::size_t>(columns_) * rows_) {}

  void choose(std::span<const Place> places, std::span<const scene::ShadeSample> samples) {
    for (int by = 0; by < rows_; ++by) {
      for (int bx = 0; bx < columns_; ++bx) {
        Block& block = at(bx, by);
        // The pixel in the middle, else any that is not sky.
        for (const int k : {5, 10, 6, 9, 0, 3, 12, 15}) {
          const int x = std::min(bx * kBlock + k % kBlock, width_px_ - 1);
          const int y = std::min(by * kBlock + k / kBlock, height_px_ - 1);
          const auto i = static_cast<std::uint32_t>(y * width_px_ + x);
          if (samples[i].drawable == 0) continue;
          block.sample = i;
          block.depth = places[i].depth;
          break;
        }
      }
    }
  }

  void trace(const scene::CameraView& view, const scene::RayCaster& caster,
             std::span<const Place> places, std::span<const scene::ShadeSample> samples) {
    const auto pattern = sky_pattern();
    scene::RayBatch rays;
    rays.resize(blocks_.size() * kRays);
    core::parallel_for(rows_, [&](int by) {
      for (int bx = 0; bx < columns_; ++bx) {
        const Block& block = at(bx, by);
        const Place& place = places[block.sample];
        const Vec3f from = place.point + kBefore_m * place.normal;
        const std::int64_t stamp = view.stamp_of_row(static_cast<int>(samples[block.sample].v_px));
        const int turn = (by & 1) * 2 + (bx & 1);
        for (int k = 0; k < kRays; ++k) {
          const std::size_t n = (static_cast<std::size_t>(by) * columns_ + bx) * kRays + k;
          rays.set(n, from, pattern[turn * kRays + k], stamp, block.depth > 0 ? kReach_m : 0.f);
        }
      }
    });
    std::vector<std::uint8_t> dark;
    caster.occluded(rays, scene::RayKind::kShadow, false, dark);
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      int out = 0;
      for (int k = 0; k < kRays; ++k) out += dark[b * kRays + k] ? 0 : 1;
      blocks_[b].open = static_cast<float>(out) / kRays;
    }
  }

  // Means over 4x4 blocks at about the same distance: each direction of the pattern four times.
  void smooth() {
    std::vector<float> out(blocks_.size());
    core::parallel_for(rows_, [&](int by) {
      for (int bx = 0; bx < columns_; ++bx) {
        const float depth = at(bx, by).depth;
        float sum = 0;
        float count = 0;
        for (int j = std::max(by - 2, 0); j <= std::min(by + 1, rows_ - 1); ++j) {
          for (int i = std::max(bx - 2, 0); i <= std::min(bx + 1, columns_ - 1); ++i) {
            if (!alike(at(i, j).depth, depth)) continue;
            sum += at(i, j).open;
            count += 1;
          }
        }
        out[static_cast<std::size_t>(by) * columns_ + bx] = count > 0 ? sum / count : 1;
      }
    });
    for (std::size_t b = 0; b < blocks_.size(); ++b) blocks_[b].open = out[b];
  }

  // Between the middles of the blocks around.
  [[nodiscard]] float open_at(int x, int y, float depth) const {
    const float u = (static_cast<float>(x) + .5f) / kBlock - .5f;
    const float v = (static_cast<float>(y) + .5f) / kBlock - .5f;
    const int bx = static_cast<int>(std::floor(u));
    const int by = static_cast<int>(std::floor(v));
    float sum = 0;
    float weight = 0;
    for (int j = 0; j < 2; ++j) {
      for (int i = 0; i < 2; ++i) {
        const Block& block =
            at(std::clamp(bx + i, 0, columns_ - 1), std::clamp(by + j, 0, rows_ - 1));
        if (!alike(block.depth, depth)) continue;
        const float fu = u - static_cast<float>(bx);
        const float fv = v - static_cast<float>(by);
        const float w = (i == 1 ? fu : 1 - fu) * (j == 1 ? fv : 1 - fv) + 1e-3f;
        sum += w * block.open;
        weight += w;
      }
    }
    return weight > 0 ? sum / weight : at(x / kBlock, y / kBlock).open;
  }

 private:
  [[nodiscard]] Block& at(int bx, int by) {
    return blocks_[static_cast<std::size_t>(by) * columns_ + bx];
  }
  [[nodiscard]] const Block& at(int bx, int by) const {
    return blocks_[static_cast<std::size_t>(by) * columns_ + bx];
  }
  static bool alike(float a, float b) { return a > 0 && std::abs(a - b) < .2f * b; }

  int columns_, rows_, width_px_, height_px_;
  std::vector<Block> blocks_;
};

// What is open to the sky by a quarter still gets three quarters of its light, by way of what
// stands around; where next to nothing is seen of the sky, that is dark as well.
float share_of(float open) {
  constexpr float kHalf = .12f;
  constexpr float kDeep = .2f;
  return open * (1 + kHalf) / (open + kHalf) * std::min(1.f, open / kDeep);
}

}  // namespace

std::vector<float> open_shares(const scene::CameraView& view, const scene::RayCaster& caster,
                               int width_px, int height_px, std::span<const Place> places,
                               std::span<const scene::ShadeSample> samples) {
  Blocks blocks(width_px, height_px);
  blocks.choose(places, samples);
  blocks.trace(view, caster, places, samples);
  blocks.smooth();
  std::vector<float> out(static_cast<std::size_t>(width_px) * height_px, 1);
  core::parallel_for(height_px, [&](int y) {
    for (int x = 0; x < width_px; ++x) {
      const std::size_t i = static_cast<std::size_t>(y) * width_px + x;
      if (samples[i].drawable != 0) out[i] = share_of(blocks.open_at(x, y, places[i].depth));
    }
  });
  return out;
}

}  // namespace oddroad::camera
