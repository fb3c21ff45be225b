#include "sensors/camera/chip.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/core/random.h"
#include "sensors/camera/noise_row.h"

namespace oddroad::camera {
namespace {

constexpr float kPatternStep = 1.0f / 32;
constexpr float kPoissonBelow = 20;
// Streams of a frame's key and of a serial number.
enum Stream : std::uint32_t { kTemporal = 0, kRow = 3, kSensitivity = 8, kDark = 12 };

core::RawVector<std::int8_t> pattern(std::uint64_t serial, std::uint32_t stream, int width_px,
                                     int height_px, int planes) {
  const auto w = static_cast<std::size_t>(width_px);
  core::RawVector<std::int8_t> out(w * height_px * planes);
  core::parallel_for(height_px * planes, [&](int line) {
    core::RawVector<float> row(w + 8);
    fill_normals(serial, static_cast<std::uint32_t>(line % height_px),
                 stream + static_cast<std::uint32_t>(line / height_px), width_px, row.data());
    for (std::size_t x = 0; x < w; ++x) {
      out[static_cast<std::size_t>(line) * w + x] =
          static_cast<std::int8_t>(std::clamp(std::lround(row[x] / kPatternStep), -127L, 127L));
    }
  });
  return out;
}

}  // namespace

// Electrons of a row, and the deviates it is read with.
struct Chip::RowDraws {
  core::RawVector<float> mean, noise;
  explicit RowDraws(int width_px)
      : mean(static_cast<std::size_t>(width_px)), noise(static_cast<std::size_t>(width_px) + 8) {}
};

Chip::Chip(const SensorSettings& settings, int width_px, int height_px)
    : settings_(settings), width_px_(width_px), height_px_(height_px) {
  const int planes = settings.mosaic == Mosaic::kNone ? 3 : 1;
  sensitivity_ = pattern(settings.serial, kSensitivity, width_px, height_px, planes);
  dark_ = pattern(settings.serial, kDark, width_px, height_px, planes);
  core::RandomStream random(settings.serial, "hot pixels");
  const double pixels = static_cast<double>(width_px) * height_px;
  const auto count = static_cast<int>(std::lround(settings.hot_pixels * pixels));
  for (int k = 0; k < count; ++k) {
    const int x = static_cast<int>(random.below(static_cast<std::uint32_t>(width_px)));
    const int y = static_cast<int>(random.below(static_cast<std::uint32_t>(height_px)));
    // A hundred to two million electrons a second: most show in long exposures only.
    hot_.push_back({x, y, std::pow(10.0, random.uniform(2, 6.3))});
  }
  std::stable_sort(hot_.begin(), hot_.end(), [](const HotPixel& a, const HotPixel& b) {
    return a.y < b.y;
  });
}

// Mean electrons with all that is fixed in the chip.
void Chip::collect(const float* electrons, int y, int plane, const ChipExposure& exposure,
                   RowDraws& draws) const {
  const auto w = static_cast<std::size_t>(width_px_);
  const std::size_t first = (static_cast<std::size_t>(plane) * height_px_ + y) * w;
  const std::int8_t* sensitivity = sensitivity_.data() + first;
  const std::int8_t* dark = dark_.data() + first;
  const auto prnu = static_cast<float>(settings_.prnu) * kPatternStep;
  const auto dsnu = static_cast<float>(settings_.dsnu_e) * kPatternStep;
  const auto base = static_cast<float>(settings_.dark_current_e_per_s * exposure.time_s);
  for (std::size_t x = 0; x < w; ++x) {
    draws.mean[x] =
        std::max(electrons[x], 0.0f) * (1 + prnu * sensitivity[x]) + base + dsnu * dark[x];
  }
  auto it = std::lower_bound(hot_.begin(), hot_.end(), y, [](const HotPixel& hot, int row) {
    return hot.y < row;
  });
  for (; it != hot_.end() && it->y == y; ++it) {
    draws.mean[it->x] += static_cast<float>(it->electrons_per_s * exposure.time_s);
  }
}

void Chip::read_row(const float* electrons, int y, int plane, const ChipExposure& exposure,
                    std::uint16_t* numbers) const {
  RowDraws draws(width_px_);
  const auto per_electron = static_cast<float>(numbers_per_electron(exposure.gain));
  const auto black = static_cast<float>(settings_.black_level_dn);
  const auto ratio = static_cast<float>(settings_.hdr_ratio);
  const auto range = static_cast<float>(settings_.range_dn());
  const auto w = static_cast<std::size_t>(width_px_);
  if (!exposure.noise) {
    for (std::size_t x = 0; x < w; ++x) {
      const float value = std::clamp(electrons[x] * per_electron, 0.0f, range * ratio);
      numbers[x] = static_cast<std::uint16_t>(black + value + 0.5f);
    }
    return;
  }
  collect(electrons, y, plane, exposure, draws);
  const auto line = static_cast<std::uint32_t>(y);
  fill_normals(exposure.noise_key, line, kTemporal + static_cast<std::uint32_t>(plane), width_px_,
               draws.noise.data());
  const auto read = static_cast<float>(settings_.read_noise_e);
  const float read2 = read * read;
  const float row_e =
      static_cast<float>(settings_.row_noise_e) *
      one_normal(exposure.noise_key, line, kRow + static_cast<std::uint32_t>(plane));
  const auto dark = static_cast<float>(settings_.dark_current_e_per_s * exposure.time_s);
  // Chips take the mean of their covered pixels off.
  const float offset = black + 0.5f - dark * per_electron;
  const float full = std::min(static_cast<float>(settings_.full_well_e), range / per_electron);
  float* mean = draws.mean.data();
  const float* noise = draws.noise.data();
  for (std::size_t x = 0; x < w; ++x) {
    const float mu = mean[x];
    const float e = mu + noise[x] * std::sqrt(std::max(mu, 0.0f) + read2) + row_e;
    // The short exposure replaces what the long one cannot hold.
    const float brief =
        mu + noise[x] * std::sqrt(std::max(mu, 0.0f) * ratio + read2 * ratio * ratio);
    const float held = ratio > 1 && mu > 0.95f * full ? brief : std::min(e, full);
    const float number = held * per_electron + offset;
    numbers[x] =
        static_cast<std::uint16_t>(std::clamp(number, 0.0f, black + range * ratio + 0.49f));
  }
  // Few photons: their number is whole and lopsided; reading noise is added as before.
  const auto key = core::hash64(static_cast<std::uint64_t>(plane), exposure.noise_key);
  for (std::size_t x = 0; x < w; ++x) {
    const float mu = mean[x];
    if (!(mu > 0 && mu < kPoissonBelow)) continue;
    const auto bits = core::philox4x32_10(
        {static_cast<std::uint32_t>(x), line, 0, 2},
        {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)});
    const int photons = poisson(mu, static_cast<float>(core::unit_from_bits(bits[0])));
    const float e = static_cast<float>(photons) + noise[x] * read + row_e;
    numbers[x] = static_cast<std::uint16_t>(
        std::clamp(std::min(e, full) * per_electron + offset, 0.0f, black + range + 0.49f));
  }
}

}  // namespace oddroad::camera
