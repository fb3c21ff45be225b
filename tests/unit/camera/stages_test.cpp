// Each stage of the chain against a closed form.
#include <cmath>

#include <gtest/gtest.h>

#include "engine/core/random.h"
#include "sensors/camera/auto_exposure.h"
#include "sensors/camera/chip.h"
#include "sensors/camera/chromatic.h"
#include "sensors/camera/compand.h"
#include "sensors/camera/demosaic.h"
#include "sensors/camera/falloff.h"
#include "sensors/camera/glare.h"
#include "sensors/camera/lens.h"
#include "sensors/camera/noise_row.h"
#include "sensors/camera/photometry.h"
#include "sensors/camera/tone.h"

namespace oddroad {
namespace {

using math::Vec3f;
using Radiance = capture::Image<Vec3f>;

camera::CameraSettings settings_of(int width, int height, double focal_px) {
  camera::CameraSettings s;
  s.camera = {width, height, focal_px, focal_px, width / 2.0, height / 2.0};
  s.exposure.compensation_ev = 0;
  return s;
}

TEST(Falloff, IsCosineToTheFourthAndTheBarrel) {
  auto s = settings_of(200, 100, 100);
  s.optics.vignetting = 0.3;
  const auto image = camera::falloff_image(s);
  const double x = 199.5 - 100, y = 99.5 - 50;
  const double cosine = 100 / std::sqrt(100 * 100 + x * x + y * y);
  const double barrel = 1 - 0.3 * (x * x + y * y) / (100.0 * 100 + 50 * 50);
  EXPECT_NEAR(image.at(199, 99), std::pow(cosine, 4) * barrel, 1e-6);
  EXPECT_NEAR(image.at(100, 50), 1, 1e-3);
}

TEST(Chromatic, RedIsLargerAndBlueSmaller) {
  // A linear picture: shifted by c r, values change by slope * c * r.
  Radiance image(200, 100);
  for (int y = 0; y < 100; ++y) {
    for (int x = 0; x < 200; ++x) image.at(x, y) = Vec3f(static_cast<float>(2 * x));
  }
  const camera::ChromaticShift shift({200, 100, 100, 100, 100, 50}, 0.005);
  std::vector<float> r(200), g(200), b(200);
  shift.row(image, 50, r.data(), g.data(), b.data());
  EXPECT_NEAR(g[180], 360, 1e-3);
  EXPECT_NEAR(r[180], 360 - 2 * 80.5 * (1 - 1 / 1.005), 1e-2);
  EXPECT_NEAR(b[180], 360 + 2 * 80.5 * (1 / 0.995 - 1), 1e-2);
}

// Sums of a lens's image of one bright pixel.
struct Spot {
  double sum = 0, variance_x = 0, variance_y = 0;
};

Spot spot_of(const camera::CameraSettings& s) {
  const int w = s.camera.width_px, h = s.camera.height_px;
  Radiance point(w, h, Vec3f(0));
  point.at(w / 2, h / 2) = Vec3f(1e6f);
  const camera::Lens lens(s);
  Spot out;
  lens.rows(point, camera::stray_light(point, s.optics), 0, h,
            [&](int y, const float*, const float* green, const float*) {
              for (int x = 0; x < w; ++x) {
                out.sum += green[x];
                out.variance_x += green[x] * (x - w / 2) * (x - w / 2);
                out.variance_y += green[x] * (y - h / 2) * (y - h / 2);
              }
            });
  out.variance_x /= out.sum;
  out.variance_y /= out.sum;
  return out;
}

TEST(LensBlur, HasItsVarianceAndKeepsTheLight) {
  auto s = settings_of(64, 48, 1e6);
  s.optics.vignetting = s.optics.bloom = s.optics.veiling_glare = s.optics.chromatic_shift = 0;
  for (const double sigma : {0.0, 0.6, 1.0}) {
    s.optics.blur_centre_px = s.optics.blur_corner_px = sigma;
    const Spot spot = spot_of(s);
    EXPECT_NEAR(spot.sum, 1e6, 10);
    EXPECT_NEAR(spot.variance_x, sigma * sigma, 1e-3);
    EXPECT_NEAR(spot.variance_y, sigma * sigma, 1e-3);
  }
}

TEST(Glare, KeepsTheLightAndLeavesEvenLightAlone) {
  auto s = settings_of(320, 180, 1e6);
  s.optics.vignetting = s.optics.chromatic_shift = 0;
  s.optics.bloom = 0.1;
  s.optics.veiling_glare = 0.05;
  EXPECT_NEAR(spot_of(s).sum, 1e6, 2e3);
  const auto even = camera::stray_light(Radiance(320, 180, Vec3f(70)), s.optics);
  for (const auto& cell : even.pixels) EXPECT_NEAR(cell.y, 70 * 0.15, 1e-3);
}

TEST(Glare, FallsOffAboutWithTheSquareOfTheDistance) {
  auto s = settings_of(1280, 720, 1e6);
  s.optics.veiling_glare = 0;
  Radiance point(1280, 720, Vec3f(0));
  point.at(640, 360) = Vec3f(1e9f);
  const auto stray = camera::stray_light(point, s.optics);
  const auto at = [&](int px) {
    return static_cast<double>(stray.at((640 + px) / 4, 90).y);
  };
  for (const int px : {8, 16, 32, 64}) {
    EXPECT_NEAR(std::log2(at(px) / at(2 * px)), 2, 1.1) << px;
  }
}

// Mean and variance of a chip's numbers over many pixels and frames of even light.
struct Moments {
  double mean = 0, variance = 0;
};

Moments moments(const camera::Chip& chip, float electrons, const camera::ChipExposure& exposure,
                int width, int height) {
  double sum = 0, squares = 0;
  const std::vector<float> light(static_cast<std::size_t>(width), electrons);
  std::vector<std::uint16_t> numbers(static_cast<std::size_t>(width));
  for (int y = 0; y < height; ++y) {
    chip.read_row(light.data(), y, 0, exposure, numbers.data());
    for (const auto n : numbers) {
      sum += n;
      squares += static_cast<double>(n) * n;
    }
  }
  const double count = static_cast<double>(width) * height;
  return {sum / count, squares / count - sum / count * sum / count};
}

camera::SensorSettings quiet_chip() {
  camera::SensorSettings s;
  s.prnu = s.dsnu_e = s.row_noise_e = s.hot_pixels = s.dark_current_e_per_s = 0;
  s.serial = 5;
  return s;
}

TEST(Chip, PhotonTransferHasTheSlopeAndInterceptOfEmva) {
  // variance = K (mean - black) + K^2 read^2 + 1/12.
  const camera::SensorSettings s = quiet_chip();
  const camera::Chip chip(s, 400, 300);
  for (const double gain : {1.0, 4.0}) {
    const double K = chip.numbers_per_electron(gain);
    EXPECT_NEAR(K, (4095 - 168) * gain / 11000, 1e-12);
    double sx = 0, sy = 0, sxx = 0, sxy = 0;
    int n = 0;
    for (const float electrons : {3.f, 8.f, 15.f, 25.f, 60.f, 150.f, 400.f, 900.f, 1800.f}) {
      const Moments m = moments(chip, electrons, {1e-3, gain, 77, true}, 400, 300);
      EXPECT_NEAR(m.mean, 168 + K * electrons, 0.02 + 0.01 * K * std::sqrt(electrons));
      const double expected = K * K * (electrons + 2.5 * 2.5) + 1 / 12.0;
      EXPECT_NEAR(m.variance, expected, 0.025 * expected) << electrons;
      const double x = m.mean - 168;
      sx += x, sy += m.variance, sxx += x * x, sxy += x * m.variance, ++n;
    }
    const double slope = (n * sxy - sx * sy) / (n * sxx - sx * sx);
    EXPECT_NEAR(slope, K, 0.02 * K);
    EXPECT_NEAR((sy - slope * sx) / n, K * K * 6.25 + 1 / 12.0, 0.3 * K * K * 6.25 + 0.05);
  }
}

TEST(Chip, FixedPatternStaysAndIsAsLargeAsSaid) {
  camera::SensorSettings s = quiet_chip();
  s.prnu = 0.02;
  s.read_noise_e = 0;
  const camera::Chip chip(s, 400, 200);
  const float electrons = 8000;
  const std::vector<float> light(400, electrons);
  std::vector<std::uint16_t> a(400), b(400);
  double squares = 0, shared = 0;
  const double K = chip.numbers_per_electron(1);
  for (int y = 0; y < 200; ++y) {
    chip.read_row(light.data(), y, 0, {1e-3, 1, 1, true}, a.data());
    chip.read_row(light.data(), y, 0, {1e-3, 1, 2, true}, b.data());
    for (int x = 0; x < 400; ++x) {
      const double da = a[x] - (168 + K * electrons), db = b[x] - (168 + K * electrons);
      squares += da * da;
      shared += da * db;
    }
  }
  // Two frames share the pattern, not the photons.
  EXPECT_NEAR(std::sqrt(shared / 80000), 0.02 * K * electrons, 0.03 * 0.02 * K * electrons);
  const double photons = K * K * electrons;
  EXPECT_NEAR(squares / 80000 - shared / 80000, photons, 0.05 * photons);
}

TEST(Chip, RowsShareTheirNoiseAndHotPixelsGrowWithTime) {
  camera::SensorSettings s = quiet_chip();
  s.read_noise_e = 0;
  s.row_noise_e = 20;
  const camera::Chip chip(s, 300, 400);
  const std::vector<float> light(300, 0.0f);
  std::vector<std::uint16_t> numbers(300);
  double squares = 0;
  const std::vector<float> lit(300, 100.0f);
  for (int y = 0; y < 400; ++y) {
    chip.read_row(lit.data(), y, 0, {1e-3, 1, 3, true}, numbers.data());
    double mean = 0;
    for (const auto n : numbers) mean += n / 300.0;
    const double off = (mean - 168) / chip.numbers_per_electron(1) - 100;
    squares += off * off / 400;
  }
  EXPECT_NEAR(std::sqrt(squares), 20, 2.5);
  s = quiet_chip();
  s.hot_pixels = 1e-3;
  const camera::Chip hot(s, 300, 400);
  const auto bright = [&](double time_s) {
    int count = 0;
    for (int y = 0; y < 400; ++y) {
      hot.read_row(light.data(), y, 0, {time_s, 1, 3, true}, numbers.data());
      for (const auto n : numbers) count += n > 168 + 20;
    }
    return count;
  };
  EXPECT_LE(bright(1e-4), 40);
  EXPECT_GT(bright(30e-3), 50);
  EXPECT_LE(bright(30e-3), 120);
}

TEST(Noise, DeviatesAreNormalAndTheSameAsPhilox) {
  std::vector<float> row(100'000 + 64);
  camera::fill_normals(0x123456789abcdefull, 42, 3, 100'000, row.data());
  double sum = 0, squares = 0, fourth = 0;
  for (int k = 0; k < 100'000; ++k) {
    sum += row[k];
    squares += row[k] * row[k];
    fourth += std::pow(row[k], 4);
  }
  EXPECT_NEAR(sum / 1e5, 0, 0.015);
  EXPECT_NEAR(squares / 1e5, 1, 0.02);
  EXPECT_NEAR(fourth / 1e5, 3, 0.12);
  const auto block = core::philox4x32_10({2, 42, 3, 0}, {0x89abcdefu, 0x1234567u});
  EXPECT_EQ(row[16], camera::normal_table()[block[0] & 4095]);
  EXPECT_EQ(row[23], camera::normal_table()[block[3] >> 20]);
}

TEST(Noise, PoissonHasItsMeanAndVariance) {
  for (const float mean : {0.5f, 4.0f, 18.0f}) {
    double sum = 0, squares = 0;
    const int n = 200'000;
    for (int k = 0; k < n; ++k) {
      const int events = camera::poisson(mean, (static_cast<float>(k) + 0.5f) / n);
      sum += events;
      squares += static_cast<double>(events) * events;
    }
    EXPECT_NEAR(sum / n, mean, 0.005 * mean + 0.002);
    EXPECT_NEAR(squares / n - sum / n * sum / n, mean, 0.01 * mean);
  }
}

TEST(Demosaic, MalvarIsExactOnRampsOfGrey) {
  // Every second difference of a plane is 0, so all corrections are: the ramp comes back.
  const int w = 32;
  std::vector<std::vector<float>> rows(5, std::vector<float>(w + 4));
  std::array<const float*, 5> pointers{};
  for (int y = 0; y < 5; ++y) {
    for (int x = -2; x < w + 2; ++x) rows[y][x + 2] = 5.0f + 0.5f * x + 0.25f * (y - 2);
    pointers[y] = rows[y].data() + 2;
  }
  for (const auto method : {camera::Demosaic::kBilinear, camera::Demosaic::kMalvar}) {
    for (const int y : {0, 1}) {
      std::vector<float> r(w), g(w), b(w);
      camera::demosaic_row(method, camera::Mosaic::kRggb, y, w, pointers, r.data(), g.data(),
                           b.data());
      for (int x = 0; x < w; ++x) {
        for (const float v : {r[x], g[x], b[x]}) EXPECT_NEAR(v, 5.0 + 0.5 * x, 1e-5);
      }
    }
  }
}

TEST(Tone, CurvesMeetTheirEnds) {
  for (const auto tone : {camera::Tone::kSrgb, camera::Tone::kFilmic, camera::Tone::kGamma}) {
    camera::ImageSettings s;
    s.tone = tone;
    EXPECT_NEAR(camera::tone_code(0, 1, s), 0, 1e-9);
    EXPECT_NEAR(camera::tone_code(1, 1, s), 255, 1e-9);
    EXPECT_NEAR(camera::tone_code(16, 16, s), 255, 1e-9);
    double last = -1;
    for (double x = 0; x <= 1; x += 0.01) {
      EXPECT_GT(camera::tone_code(x, 1, s), last);
      last = camera::tone_code(x, 1, s);
    }
  }
  camera::ImageSettings plain;
  plain.contrast = 0;
  EXPECT_NEAR(camera::tone_code(0.18, 1, plain), 117.6, 0.2);  // sRGB of mid-grey
  // White is where it is set, and never beyond what the chip holds.
  camera::SensorSettings chip;
  chip.hdr_ratio = 16;
  EXPECT_EQ(camera::white_level(chip, plain), 16);
  plain.white_ev = 3;
  EXPECT_NEAR(camera::white_level(chip, plain), 8 * camera::kMidGreyLevel, 1e-12);
  plain.white_ev = 9;
  EXPECT_EQ(camera::white_level(chip, plain), 16);
}

TEST(Compand, KeepsOrderAndHalfAStepInTwelveBits) {
  std::uint16_t last = 0;
  for (int n = 0; n < 65535; n += 7) {
    const auto code = camera::compand(static_cast<std::uint16_t>(n), 12, 16);
    ASSERT_GE(code, last);
    ASSERT_LE(code, 4095);
    last = code;
    EXPECT_NEAR(camera::expand(code, 12, 16), n, 1 + 0.002 * n);
  }
  EXPECT_EQ(camera::compand(3000, 12, 1), 3000);
}

TEST(AutoExposure, StepIsFollowedAfterItsDelayWithItsTimeConstant) {
  auto s = settings_of(64, 48, 100);
  s.rate_hz = 20;
  s.exposure.delay_frames = 2;
  s.exposure.darker_s = 0.25;
  camera::AutoExposure exposure;
  const camera::Metered dim{100, 100, 0}, bright{800, 800, 0};
  std::int64_t t = 0;
  const double start = exposure.update(dim, t, s);
  EXPECT_NEAR(start, std::log2(800.0), 1e-9);
  for (int k = 0; k < 3; ++k) exposure.update(dim, t += 50'000'000, s);
  EXPECT_NEAR(exposure.update(bright, t += 50'000'000, s), start, 1e-9);
  EXPECT_NEAR(exposure.update(bright, t += 50'000'000, s), start, 1e-9);
  double ev = 0;
  for (int k = 0; k < 5; ++k)
    ev = exposure.update(bright, t += 50'000'000, s);  // 0.25 s on its way
  EXPECT_NEAR(ev - start, 3 * (1 - std::exp(-1.0)), 1e-6);
  // Smaller errors than the hysteresis are let be once it has arrived.
  for (int k = 0; k < 100; ++k) ev = exposure.update(bright, t += 50'000'000, s);
  EXPECT_NEAR(ev, start + 3, 0.02);
  const double still = ev;
  for (int k = 0; k < 20; ++k) ev = exposure.update({860, 860, 0}, t += 50'000'000, s);
  EXPECT_EQ(ev, still);
}

TEST(AutoExposure, SparseFramesSeeTheirOwnLight) {
  auto s = settings_of(64, 48, 100);
  s.rate_hz = 30;
  camera::AutoExposure exposure;
  exposure.update({100, 100, 0}, 0, s);
  const double ev = exposure.update({800, 800, 0}, 5'000'000'000, s);
  EXPECT_NEAR(ev, std::log2(6400.0), 1e-3);
}

TEST(AutoExposure, TimeThenGainAndTheirLimits) {
  auto s = settings_of(64, 48, 100);
  s.exposure.time_max_s = 10e-3;
  s.exposure.gain_max = 8;
  const auto day = camera::expose_at(14, s);
  EXPECT_EQ(day.gain, 1);
  EXPECT_LT(day.time_s, 1e-3);
  const auto dusk = camera::expose_at(5, s);
  EXPECT_EQ(dusk.time_s, 10e-3);
  EXPECT_GT(dusk.gain, 1);
  EXPECT_NEAR(dusk.ev100, 5, 1e-9);
  const auto night = camera::expose_at(-6, s);
  EXPECT_EQ(night.gain, 8);
  EXPECT_GT(night.ev100, -6);
}

TEST(AutoExposure, HighlightsPullItDownByAStopAtMost) {
  auto s = settings_of(64, 48, 100);
  const double plain = camera::wanted_ev100({100, 300, 0}, s);
  EXPECT_NEAR(plain, std::log2(800.0), 1e-9);
  EXPECT_NEAR(camera::wanted_ev100({100, 1500, 0}, s), std::log2(1500 / 1.2), 1e-9);
  EXPECT_NEAR(camera::wanted_ev100({100, 1e9, 0}, s), plain + 1, 1e-9);
}

TEST(AutoExposure, ScenesWithoutHighlightsComeOutBrighter) {
  auto s = settings_of(64, 48, 100);
  s.image.white_ev = 3;  // 8 times mid-grey
  const double plain = std::log2(800.0);
  EXPECT_NEAR(camera::wanted_ev100({100, 200, 0}, s), plain, 1e-9);
  s.exposure.lift_ev = 1;
  EXPECT_NEAR(camera::wanted_ev100({100, 200, 0}, s), plain - 1, 1e-9);  // fog, snow
  EXPECT_NEAR(camera::wanted_ev100({100, 400, 0}, s), plain - camera::kLiftShare, 1e-9);
  EXPECT_NEAR(camera::wanted_ev100({100, 800, 0}, s), plain, 1e-9);
  EXPECT_NEAR(camera::wanted_ev100({100, 1131.37085, 0}, s), plain + 0.5, 1e-6);
}

TEST(AutoExposure, NightIsKeptDark) {
  auto s = settings_of(64, 48, 100);
  s.exposure.night_ev = 0.8;
  const auto darker = [&](double key) {
    return camera::wanted_ev100({key, key, 0}, s) - std::log2(key / 0.125);
  };
  EXPECT_NEAR(darker(1000), 0, 1e-9);
  EXPECT_NEAR(darker(50), 0, 1e-9);
  EXPECT_NEAR(darker(5), 0.4, 1e-9);
  EXPECT_NEAR(darker(0.05), 0.8, 1e-9);
  EXPECT_NEAR(camera::wanted_ev100({0.5, 1e3, 0}, s), std::log2(4.0) + 0.8, 1e-9);  // lamps
}

TEST(Meter, TheKeyIsOfTheStreetAndHighlightsAreOfTheWholeImage) {
  Radiance image(96, 96, Vec3f(100));
  for (int y = 0; y < 32; ++y) {
    for (int x = 0; x < 96; ++x) image.at(x, y) = Vec3f(6400);
  }
  const camera::Metered lower = camera::meter(image, true);
  EXPECT_NEAR(lower.key_luminance, 100, 0.1);
  EXPECT_NEAR(lower.highlight_luminance, 6400, 0.025 * 6400);  // a bin of 1/32 EV
  const camera::Metered all = camera::meter(image, false);
  EXPECT_NEAR(all.key_luminance, 400, 0.4);  // two thirds of 100, a third of 6 EV more
  EXPECT_EQ(all.highlight_luminance, lower.highlight_luminance);
}

}  // namespace
}  // namespace oddroad
