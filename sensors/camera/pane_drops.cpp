#include "sensors/camera/pane_drops.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/core/random.h"

namespace oddroad::camera {

using math::Vec2f;
using math::Vec3f;

namespace {

constexpr int kCoarse = 48;  // columns and rows of the blurred scene

struct Drop {
  Vec2f centre;
  float radius_px = 1;
  float depth = 0.5f;  // share of the light that passes the drop
};

// What a drop shows: the image in blocks.
class CoarseScene {
 public:
  explicit CoarseScene(const capture::Image<Vec3f>& image)
      : width_(image.width_px), height_(image.height_px), sums_(kCoarse * kCoarse, Vec3f(0)) {
    std::vector<float> counts(sums_.size(), 0);
    for (int y = 0; y < height_; y += 2) {
      for (int x = 0; x < width_; x += 2) {
        const int cell = (y * kCoarse / height_) * kCoarse + x * kCoarse / width_;
        sums_[cell] += image.at(x, y);
        counts[cell] += 1;
      }
    }
    for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] /= std::max(counts[i], 1.0f);
  }
  [[nodiscard]] Vec3f at(const Vec2f& p) const {
    const float x = std::clamp(p.x / width_ * kCoarse - 0.5f, 0.0f, kCoarse - 1.001f);
    const float y = std::clamp(p.y / height_ * kCoarse - 0.5f, 0.0f, kCoarse - 1.001f);
    const int i = static_cast<int>(x);
    const int j = static_cast<int>(y);
    const float u = x - i;
    const float v = y - j;
    const auto cell = [&](int a, int b) {
      return sums_[std::min(b, kCoarse - 1) * kCoarse + std::min(a, kCoarse - 1)];
    };
    return (cell(i, j) * (1 - u) + cell(i + 1, j) * u) * (1 - v) +
           (cell(i, j + 1) * (1 - u) + cell(i + 1, j + 1) * u) * v;
  }

 private:
  int width_, height_;
  std::vector<Vec3f> sums_;
};

std::vector<Drop> drops_at(double rain, std::int64_t stamp_ns, std::uint64_t key, int width,
                           int height) {
  const double period_s = std::clamp(2.0 - 1.3 * rain / 15, 0.7, 2.0);
  const double time_s = static_cast<double>(stamp_ns) * 1e-9;
  const double strokes = std::floor(time_s / period_s);
  const double since = time_s / period_s - strokes;
  core::RandomStream stream(core::hash64(static_cast<std::uint64_t>(strokes), key),
                            "camera/pane drops");
  const double most = 16 * (1 - std::exp(-0.1 * rain));
  const int count = static_cast<int>(most + stream.uniform());
  std::vector<Drop> out;
  for (int i = 0; i < count; ++i) {
    const double born = stream.uniform();
    const Vec2f centre(stream.uniform() * width, stream.uniform() * height);
    const double size = stream.uniform();
    if (born > since) continue;
    Drop drop{centre, static_cast<float>(width * (0.009 + 0.016 * size * size)),
              static_cast<float>(0.35 + 0.4 * size)};
    out.push_back(drop);
  }
  return out;
}

void draw(const Drop& drop, const CoarseScene& scene, capture::Image<Vec3f>& image) {
  const int x0 = std::max(static_cast<int>(drop.centre.x - drop.radius_px), 0);
  const int y0 = std::max(static_cast<int>(drop.centre.y - drop.radius_px), 0);
  const int x1 = std::min(static_cast<int>(drop.centre.x + drop.radius_px), image.width_px - 1);
  const int y1 = std::min(static_cast<int>(drop.centre.y + drop.radius_px), image.height_px - 1);
  const float widen = 0.42f * static_cast<float>(image.height_px) / drop.radius_px;
  for (int y = y0; y <= y1; ++y) {
    for (int x = x0; x <= x1; ++x) {
      const Vec2f off(x + 0.5f - drop.centre.x, y + 0.5f - drop.centre.y);
      const float r = glm::length(off) / drop.radius_px;
      if (r >= 1) continue;
      const float soft = std::clamp((1 - r) / 0.35f, 0.0f, 1.0f);
      const float share = drop.depth * soft * soft * (3 - 2 * soft);
      Vec3f& c = image.at(x, y);
      c = c * (1 - share) + scene.at(drop.centre - off * widen) * (share * 0.96f);
    }
  }
}

}  // namespace

void add_pane_drops(double rain, std::int64_t stamp_ns, std::uint64_t camera_key,
                    capture::Image<Vec3f>& radiance) {
  if (rain <= 0) return;
  const auto drops = drops_at(rain, stamp_ns, camera_key, radiance.width_px, radiance.height_px);
  if (drops.empty()) return;
  const CoarseScene scene(radiance);
  for (const Drop& drop : drops) draw(drop, scene, radiance);
}

}  // namespace oddroad::camera
