#include "sensors/camera/develop.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/core/random.h"

namespace oddroad::camera {

using math::Vec3f;

namespace {

constexpr double kAdaptationS = 0.4;

float luminance(const Vec3f& c) {
  return 0.2126f * c.x + 0.7152f * c.y + 0.0722f * c.z;
}

// Linear up to the middle tones, then a shoulder towards white:
// what cameras do to keep highlights (an exponential soft clip).
float tone(float x) {
  constexpr float kKnee = 0.55f;
  if (x <= kKnee) return x;
  return kKnee + (1 - kKnee) * (1 - std::exp(-(x - kKnee) / (1 - kKnee)));
}

// sRGB opto-electronic transfer (IEC 61966-2-1) as a table over [0, 1].
class SrgbTable {
 public:
  SrgbTable() {
    for (std::size_t i = 0; i < table_.size(); ++i) {
      const double x = static_cast<double>(i) / (table_.size() - 1);
      const double s = x <= 0.0031308 ? 12.92 * x : 1.055 * std::pow(x, 1 / 2.4) - 0.055;
      table_[i] = static_cast<float>(255 * s);
    }
  }
  [[nodiscard]] float operator()(float x) const {
    const float at = std::clamp(x, 0.0f, 1.0f) * static_cast<float>(table_.size() - 1);
    const auto i = std::min(static_cast<std::size_t>(at), table_.size() - 2);
    const float u = at - static_cast<float>(i);
    return table_[i] * (1 - u) + table_[i + 1] * u;
  }

 private:
  std::array<float, 4096> table_{};
};

// Sum of four uniform bytes: close to normal, one Philox block serves four pixels' channels.
float cheap_normal(std::uint32_t bits) {
  const int sum =
      static_cast<int>((bits & 255) + ((bits >> 8) & 255) + ((bits >> 16) & 255) + (bits >> 24));
  return (static_cast<float>(sum) - 510.0f) / 147.8f;
}

}  // namespace

double AutoExposure::update(const capture::Image<Vec3f>& radiance, std::int64_t stamp_ns) {
  // Highlights count at most four times the middle so that the sun does not black out the street.
  double sum = 0;
  std::size_t count = 0;
  const int first = radiance.height_px / 3;
  double rough = 0;
  for (int pass = 0; pass < 2; ++pass) {
    sum = 0;
    count = 0;
    for (int y = first; y < radiance.height_px; y += 2) {
      for (int x = 0; x < radiance.width_px; x += 2) {
        const double l = luminance(radiance.at(x, y));
        sum += pass == 0 ? l : std::min(l, 4 * rough);
        ++count;
      }
    }
    rough = sum / static_cast<double>(std::max<std::size_t>(count, 1));
  }
  // A street averages somewhat above mid-grey when rendered as people expect it.
  const double wanted = std::log2(std::max(rough, 1e-4) / 0.125) - 0.25;
  if (!started_) {
    started_ = true;
    ev_ = wanted;
  } else {
    const double dt = static_cast<double>(stamp_ns - last_ns_) * 1e-9;
    ev_ += (wanted - ev_) * (1 - std::exp(-dt / kAdaptationS));
  }
  last_ns_ = stamp_ns;
  return ev_;
}

capture::Image<capture::Rgb8> develop(const capture::Image<Vec3f>& radiance, double ev100,
                                      const CameraSettings& settings, std::uint64_t noise_key) {
  static const SrgbTable kSrgb;
  const int w = radiance.width_px;
  const int h = radiance.height_px;
  // Mid-grey 0.125 * 2^EV maps to 0.18.
  const float scale = static_cast<float>(0.18 / (0.125 * std::exp2(ev100)));
  Vec3f mean(0);
  for (const Vec3f& c : radiance.pixels) mean += glm::min(c * scale, Vec3f(8.0f));
  mean /= static_cast<float>(std::max<std::size_t>(radiance.pixels.size(), 1));
  const auto glare = static_cast<float>(settings.veiling_glare);
  capture::Image<capture::Rgb8> out(w, h);
  const std::array<std::uint32_t, 2> key = {static_cast<std::uint32_t>(noise_key),
                                            static_cast<std::uint32_t>(noise_key >> 32)};
  core::parallel_for(h, [&](int y) {
    for (int x = 0; x < w; ++x) {
      Vec3f c = radiance.at(x, y) * scale * (1 - glare) + mean * glare;
      if (settings.noise) {
        const auto bits = core::philox4x32_10(
            {static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y), 0, 0}, key);
        for (int k = 0; k < 3; ++k) {
          // Full well 13,000 electrons at white, read noise 9 (a CCD of KITTI's kind).
          const float electrons = std::max(c[k], 0.0f) * 13000.0f;
          c[k] += cheap_normal(bits[k]) * std::sqrt(electrons + 81.0f) / 13000.0f;
        }
      }
      capture::Rgb8& p = out.at(x, y);
      for (int k = 0; k < 3; ++k) {
        p[k] = static_cast<std::uint8_t>(kSrgb(tone(std::max(c[k], 0.0f))) + 0.5f);
      }
    }
  });
  return out;
}

}  // namespace oddroad::camera
