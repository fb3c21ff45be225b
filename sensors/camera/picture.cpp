#include "sensors/camera/picture.h"

#include <algorithm>

#include "engine/core/parallel.h"
#include "sensors/camera/colour_response.h"
#include "sensors/camera/demosaic.h"
#include "sensors/camera/detail.h"
#include "sensors/camera/photometry.h"
#include "sensors/camera/row_block.h"

namespace oddroad::camera {
namespace {

constexpr std::size_t kRowsAtOnce = 32;

void correct_row(int width_px, float* red, float* green, float* blue) {
  const auto& m = kCorrection;
  for (int x = 0; x < width_px; ++x) {
    const float r = red[x], g = green[x], b = blue[x];
    red[x] = m[0][0] * r + m[0][1] * g + m[0][2] * b;
    green[x] = m[1][0] * r + m[1][1] * g + m[1][2] * b;
    blue[x] = m[2][0] * r + m[2][1] * g + m[2][2] * b;
  }
}

void round_row(int width_px, const float* red, const float* green, const float* blue,
               capture::Rgb8* out) {
  const auto code = [](float v) {
    return static_cast<std::uint8_t>(std::clamp(v, 0.0f, 255.0f) + 0.5f);
  };
  for (int x = 0; x < width_px; ++x) out[x] = {code(red[x]), code(green[x]), code(blue[x])};
}

}  // namespace

Picture::Picture(const CameraSettings& settings, const capture::Image<float>& falloff)
    : sensor_(settings.sensor),
      image_(settings.image),
      tone_(white_level(settings.sensor, settings.image), settings.image) {
  const auto undone = static_cast<float>(settings.image.shading_correction);
  if (undone == 0) return;
  shading_ = falloff;
  for (float& v : shading_.pixels) v = 1 / (1 - undone + undone * v);
}

// The chain for some rows.
class Picture::Rows {
 public:
  Rows(const Picture& picture, const RawFrame& raw, const capture::Exposure& exposure, int first,
       int last)
      : picture_(picture),
        raw_(raw),
        gain_(exposure.gain),
        width_px_(raw.planes[0].width_px),
        height_px_(raw.planes[0].height_px),
        levels_(width_px_, first - kDemosaicReach - 1, last - first + 2 * kDemosaicReach + 2),
        codes_(width_px_, first - 1, last - first + 2) {
    for (int c = 0; c < 3; ++c) gains_[c] = static_cast<float>(exposure.white_gains[c]);
    for (int y = first - kDemosaicReach - 1; y < last + kDemosaicReach + 1; ++y) load(y);
    for (int y = first - 1; y < last + 1; ++y) encode(y);
  }

  void write(int y, capture::Rgb8* out) {
    RowBlock done(width_px_, 0, 1);
    const Detail detail(picture_.image_, gain_);
    const auto around = [&](int colour) -> std::array<const float*, 3> {
      return {codes_.row(y - 1, colour), codes_.row(y, colour), codes_.row(y + 1, colour)};
    };
    detail.finish_row(width_px_, {around(1), around(0), around(2)}, done.row(0, 0), done.row(0, 1),
                      done.row(0, 2));
    round_row(width_px_, done.row(0, 0), done.row(0, 1), done.row(0, 2), out);
  }

 private:
  [[nodiscard]] bool mosaic() const { return picture_.sensor_.mosaic != Mosaic::kNone; }

  // Balanced levels of row y, or of the row that stands for it beyond the edge.
  void load(int y) {
    const int from = mirrored(y, height_px_);
    for (int plane = 0; plane < (mosaic() ? 1 : 3); ++plane) {
      const std::uint16_t* numbers = &raw_.planes[plane].at(0, from);
      float* levels = levels_.row(y, plane);
      const auto black = static_cast<float>(picture_.sensor_.black_level_dn);
      const auto most = static_cast<float>(picture_.sensor_.hdr_ratio);
      const float scale = 1 / static_cast<float>(picture_.sensor_.range_dn());
      const float even = gains_[mosaic() ? colour(0, from) : plane] * scale;
      const float odd = gains_[mosaic() ? colour(1, from) : plane] * scale;
      const bool shaded = !picture_.shading_.empty();
      const float* shading = shaded ? &picture_.shading_.at(0, from) : nullptr;
      for (int x = 0; x < width_px_; ++x) {
        const float level = (static_cast<float>(numbers[x]) - black) * ((x & 1) != 0 ? odd : even);
        levels[x] = std::min(shaded ? level * shading[x] : level, most);
      }
      for (int k = 1; k <= kDemosaicReach; ++k) {
        levels[-k] = levels[mirrored(-k, width_px_)];
        levels[width_px_ - 1 + k] = levels[mirrored(width_px_ - 1 + k, width_px_)];
      }
    }
  }
  [[nodiscard]] int colour(int x, int y) const {
    return mosaic_colour(picture_.sensor_.mosaic, x, y);
  }

  // Brightness and colour differences of row y in codes.
  void encode(int y) {
    float *r = codes_.row(y, 0), *g = codes_.row(y, 1), *b = codes_.row(y, 2);
    if (mosaic()) {
      demosaic_row(picture_.image_.demosaic, picture_.sensor_.mosaic, mirrored(y, height_px_),
                   width_px_,
                   {levels_.row(y - 2, 0), levels_.row(y - 1, 0), levels_.row(y, 0),
                    levels_.row(y + 1, 0), levels_.row(y + 2, 0)},
                   r, g, b);
    } else {
      for (int c = 0; c < 3; ++c) std::copy_n(levels_.row(y, c), width_px_, codes_.row(y, c));
    }
    correct_row(width_px_, r, g, b);
    for (float* row : {r, g, b}) picture_.tone_.encode_row(width_px_, row);
    Detail::split_row(width_px_, r, g, b);
    for (int c = 0; c < 3; ++c) codes_.extend(y, c);
  }

  const Picture& picture_;
  const RawFrame& raw_;
  double gain_;
  int width_px_, height_px_;
  std::array<float, 3> gains_{};
  RowBlock levels_;  // plane 0 only with a mosaic
  RowBlock codes_;
};

capture::Image<capture::Rgb8> Picture::develop(const RawFrame& raw,
                                               const capture::Exposure& exposure) const {
  const int h = raw.planes[0].height_px;
  auto out = capture::Image<capture::Rgb8>::unwritten(raw.planes[0].width_px, h);
  const std::size_t pieces = (static_cast<std::size_t>(h) + kRowsAtOnce - 1) / kRowsAtOnce;
  core::parallel_for(pieces, [&](std::size_t piece) {
    const int first = static_cast<int>(piece * kRowsAtOnce);
    const int last = std::min(first + static_cast<int>(kRowsAtOnce), h);
    Rows rows(*this, raw, exposure, first, last);
    for (int y = first; y < last; ++y) rows.write(y, &out.at(0, y));
  });
  return out;
}

}  // namespace oddroad::camera
