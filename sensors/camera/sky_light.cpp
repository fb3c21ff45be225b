#include "sensors/camera/sky_light.h"

#include <algorithm>
#include <array>
#include <optional>

#include "engine/core/parallel.h"
#include "sensors/camera/bit_window.h"
#include "sensors/camera/enclosure.h"
#include "sensors/camera/occlusion.h"

namespace oddroad::camera {
namespace {

constexpr int kBefore = 2;  // cells to the left and right that share what they found
constexpr int kAfter = 1;
constexpr std::uint8_t kOpen = 1;
constexpr std::uint8_t kDark = 2;

// 2x2 pixels.
struct Cell {
  std::uint32_t sample = 0;  // that stands for them
  std::uint8_t found = 0;    // kOpen or kDark; 0: nothing but sky
};

class SkyTracer {
 public:
  SkyTracer(const scene::CameraView& view, const scene::RayCaster& caster,
            const SampleLayout& layout, std::span<const Place> places,
            std::vector<scene::ShadeSample>& samples)
      : view_(view),
        caster_(caster),
        layout_(layout),
        places_(places),
        samples_(samples),
        columns_((layout.width_px + 1) / 2),
        rows_((layout.height_px + 1) / 2),
        cells_(static_cast<std::size_t>(columns_) * rows_) {}

  void trace() {
    std::vector<std::uint32_t> asking;
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      if (choose(c)) asking.push_back(static_cast<std::uint32_t>(c));
    }
    std::vector<std::uint32_t> from;
    for (const std::uint32_t c : asking) from.push_back(cells_[c].sample);
    const auto dark = cast(from, 1);
    for (std::size_t k = 0; k < asking.size(); ++k) {
      cells_[asking[k]].found = dark[k] ? kDark : kOpen;
    }
  }

  // What pixels share; `open`: of the light that finds its way to each of them.
  void share(std::span<const float> open) {
    std::vector<std::uint8_t> found(cells_.size());
    for (std::size_t c = 0; c < cells_.size(); ++c) found[c] = cells_[c].found;
    const auto around = bits_around(found, columns_, rows_, kBefore, kAfter);
    std::vector<std::vector<std::uint32_t>> lonely(rows_);
    core::parallel_for(rows_, [&](int row) {
      for (int column = 0; column < columns_; ++column) {
        share_in(column, row, around[cell(column, row)], lonely[row]);
      }
    });
    core::parallel_for(layout_.pixel_samples, [&](std::size_t i) {
      samples_[i].sky_visibility *= open[i];
    });
    std::vector<std::uint32_t> alone;
    for (const auto& row : lonely) alone.insert(alone.end(), row.begin(), row.end());
    const auto dark = cast(alone, 0);
    for (std::size_t k = 0; k < alone.size(); ++k) {
      if (dark[k]) samples_[alone[k]].sky_visibility = 0;
    }
  }

  // Other samples, after the pixels.
  void borrow() {
    const std::size_t count = samples_.size() - layout_.pixel_samples;
    std::vector<std::uint8_t> lonely(count, 0);
    core::parallel_chunks(count, 4096, [&](std::size_t begin, std::size_t end) {
      for (std::size_t k = begin; k != end; ++k) {
        scene::ShadeSample& s = samples_[layout_.pixel_samples + k];
        if (s.drawable == 0) continue;
        const auto mean = mean_of_pixels(s);
        s.sky_visibility = mean.value_or(1);
        lonely[k] = mean ? 0 : 1;
      }
    });
    std::vector<std::uint32_t> alone;
    for (std::size_t k = 0; k < count; ++k) {
      if (lonely[k]) alone.push_back(static_cast<std::uint32_t>(layout_.pixel_samples + k));
    }
    const auto dark = cast(alone, 0);
    for (std::size_t k = 0; k < alone.size(); ++k) {
      samples_[alone[k]].sky_visibility = dark[k] ? 0.f : 1.f;
    }
  }

 private:
  [[nodiscard]] std::size_t pixel(int x, int y) const {
    return static_cast<std::size_t>(y) * layout_.width_px + x;
  }
  [[nodiscard]] std::size_t cell(int x, int y) const {
    return static_cast<std::size_t>(y) * columns_ + x;
  }

  bool choose(std::size_t c) {
    const int x = 2 * static_cast<int>(c % columns_);
    const int y = 2 * static_cast<int>(c / columns_);
    for (const auto& [dx, dy] :
         {std::pair(0, 0), std::pair(1, 1), std::pair(1, 0), std::pair(0, 1)}) {
      if (x + dx >= layout_.width_px || y + dy >= layout_.height_px) continue;
      const std::size_t i = pixel(x + dx, y + dy);
      if (samples_[i].drawable == 0) continue;
      cells_[c].sample = static_cast<std::uint32_t>(i);
      return true;
    }
    return false;
  }

  // The pixels of one cell; `around`: all that was found within its reach.
  void share_in(int column, int row, std::uint8_t around, std::vector<std::uint32_t>& lonely) {
    const Cell& c = cells_[cell(column, row)];
    if (c.found == 0) return;
    const bool agreed = around == kOpen || around == kDark;
    const float own = agreed ? (around == kOpen ? 1.f : 0.f) : *mean_around(c.sample);
    for (int y = 2 * row; y < std::min(2 * row + 2, layout_.height_px); ++y) {
      for (int x = 2 * column; x < std::min(2 * column + 2, layout_.width_px); ++x) {
        const std::size_t i = pixel(x, y);
        scene::ShadeSample& s = samples_[i];
        if (s.drawable == 0) continue;
        const bool same =
            s.drawable == samples_[c.sample].drawable && alike(places_[i], places_[c.sample]);
        const auto mean = agreed || same ? own : mean_around(i);
        s.sky_visibility = mean.value_or(1);
        if (!mean) lonely.push_back(static_cast<std::uint32_t>(i));
      }
    }
  }

  // A ray from each sample, in the direction of its place in the pattern of pixels >> shift.
  std::vector<std::uint8_t> cast(const std::vector<std::uint32_t>& from, int shift) const {
    static const std::array<math::Vec3f, 16> kPattern = sky_pattern();
    scene::RayBatch rays;
    rays.resize(from.size());
    core::parallel_chunks(from.size(), 4096, [&](std::size_t begin, std::size_t end) {
      for (std::size_t k = begin; k != end; ++k) {
        const scene::ShadeSample& s = samples_[from[k]];
        const int x = static_cast<int>(s.u_px) >> shift;
        const int y = static_cast<int>(s.v_px) >> shift;
        const Place& place = places_[from[k]];
        rays.set(k, place.point, turned(kPattern[(y & 3) * 4 + (x & 3)], place.normal),
                 view_.stamp_of_row(static_cast<int>(s.v_px)), static_cast<float>(kSkyReachM));
      }
    });
    std::vector<std::uint8_t> dark;
    caster_.occluded(rays, scene::RayKind::kShadow, false, dark);
    return dark;
  }

  // Over 4x4 cells, so that each direction of the pattern counts once; where nobody there is alike,
  // those on the same drawable at the same distance will do (leaves).
  [[nodiscard]] std::optional<float> mean_around(std::size_t i) const {
    const int column = static_cast<int>(samples_[i].u_px) / 2;
    const int row = static_cast<int>(samples_[i].v_px) / 2;
    float sum = 0, count = 0, near_sum = 0, near_count = 0;
    for (int y = std::max(row - kBefore, 0); y <= std::min(row + kAfter, rows_ - 1); ++y) {
      for (int x = std::max(column - kBefore, 0); x <= std::min(column + kAfter, columns_ - 1);
           ++x) {
        const Cell& c = cells_[cell(x, y)];
        if (c.found == 0 || samples_[c.sample].drawable != samples_[i].drawable) continue;
        if (!alike_depth(places_[c.sample], places_[i])) continue;
        const float value = c.found == kOpen ? 1.f : 0.f;
        near_sum += value;
        near_count += 1;
        if (!alike(places_[c.sample], places_[i])) continue;
        sum += value;
        count += 1;
      }
    }
    if (count > 0) return sum / count;
    if (near_count > 0) return near_sum / near_count;
    return std::nullopt;
  }

  [[nodiscard]] std::optional<float> mean_of_pixels(const scene::ShadeSample& s) const {
    const int x = static_cast<int>(s.u_px);
    const int y = static_cast<int>(s.v_px);
    float sum = 0, count = 0;
    for (int j = std::max(y - 1, 0); j <= std::min(y + 1, layout_.height_px - 1); ++j) {
      for (int k = std::max(x - 1, 0); k <= std::min(x + 1, layout_.width_px - 1); ++k) {
        const scene::ShadeSample& n = samples_[pixel(k, j)];
        if (n.drawable != s.drawable) continue;
        sum += n.sky_visibility;
        count += 1;
      }
    }
    if (count == 0) return std::nullopt;
    return sum / count;
  }

  const scene::CameraView& view_;
  const scene::RayCaster& caster_;
  SampleLayout layout_;
  std::span<const Place> places_;
  std::vector<scene::ShadeSample>& samples_;
  int columns_, rows_;
  std::vector<Cell> cells_;
};

}  // namespace

void trace_sky(const scene::CameraView& view, const scene::RayCaster& caster,
               const SampleLayout& layout, std::span<const Place> places,
               std::vector<scene::ShadeSample>& samples) {
  SkyTracer tracer(view, caster, layout, places, samples);
  tracer.trace();
  tracer.share(open_shares(view, caster, layout.width_px, layout.height_px, places, samples));
  tracer.borrow();
}

}  // namespace oddroad::camera
