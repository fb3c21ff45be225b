// Closed forms of the statistics of pictures.
#include <cmath>
#include <complex>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "engine/core/random.h"
#include "engine/dataset/png.h"
#include "engine/validate/image_table.h"
#include "engine/validate/mscn.h"
#include "engine/validate/spectrum.h"

namespace oddroad::validate {
namespace {

using Picture = capture::Image<capture::Rgb8>;

Plane white_noise(int width, int height, double mean, double deviation) {
  Plane out(width, height);
  core::RandomStream stream(7, "noise");
  for (double& v : out.pixels) v = mean + deviation * stream.normal();
  return out;
}

Picture grey(const Plane& plane) {
  Picture out(plane.width_px, plane.height_px);
  for (std::size_t i = 0; i < out.pixels.size(); ++i) {
    const double v = std::clamp(std::round(plane.pixels[i]), 0.0, 255.0);
    out.pixels[i] = capture::Rgb8(static_cast<std::uint8_t>(v));
  }
  return out;
}

// A sum of many plane waves with random phase and direction whose amplitude falls like
// frequency^slope in equal areas of the frequency plane: made without the transform under test.
Plane waves(int side, double slope) {
  Plane out(side, side, 0.0);
  core::RandomStream stream(3, "waves");
  for (int k = 0; k < 3000; ++k) {
    // Even in log frequency: n(f) ~ 1/f, while a flat field has n(f) ~ f in the plane.
    const double f = 0.004 * std::pow(0.48 / 0.004, stream.uniform());
    const double angle = stream.uniform(0, M_PI), phase = stream.uniform(0, 2 * M_PI);
    const double amplitude = std::pow(f, slope) * f;
    const double fx = 2 * M_PI * f * std::cos(angle), fy = 2 * M_PI * f * std::sin(angle);
    const auto step = std::polar(1.0, fx);
    for (int y = 0; y < side; ++y) {
      auto turn = std::polar(amplitude, phase + fy * y);
      for (int x = 0; x < side; ++x, turn *= step) out.at(x, y) += turn.real();
    }
  }
  return out;
}

TEST(Fourier, MatchesTheSumThatDefinesIt) {
  constexpr int kSize = 16;
  core::RandomStream stream(1, "fourier");
  std::vector<std::complex<double>> values;
  for (int i = 0; i < kSize; ++i) values.emplace_back(stream.normal(), stream.normal());
  auto transformed = values;
  fourier(transformed);
  for (int k = 0; k < kSize; ++k) {
    std::complex<double> sum = 0;
    for (int n = 0; n < kSize; ++n) sum += values[n] * std::polar(1.0, -2 * M_PI * k * n / kSize);
    EXPECT_LT(std::abs(sum - transformed[k]), 1e-12);
  }
}

TEST(Spectrum, FindsTheSlopeThatAPictureWasMadeWith) {
  for (const double slope : {-1.5, -1.0, -0.5}) {
    EXPECT_NEAR(amplitude_slope(waves(256, slope)).value(), slope, 0.1) << slope;
  }
}

TEST(Spectrum, WhiteNoiseIsFlat) {
  EXPECT_NEAR(amplitude_slope(white_noise(400, 300, 128, 20)).value(), 0, 0.02);
}

TEST(Spectrum, WithoutContrastOrSizeThereIsNone) {
  EXPECT_FALSE(amplitude_slope(Plane(256, 256, 90.0)));
  EXPECT_FALSE(amplitude_slope(white_noise(63, 300, 128, 20)));
}

TEST(Spectrum, CoversTheWholeOfAWidePicture) {
  // Contrast at the far right only.
  Plane plane(1000, 128, 50.0);
  const Plane noise = white_noise(64, 128, 50, 10);
  for (int y = 0; y < 128; ++y) {
    for (int x = 0; x < 64; ++x) plane.at(936 + x, y) = noise.at(x, y);
  }
  EXPECT_TRUE(amplitude_slope(plane));
}

TEST(Mscn, ShapesOfKnownBells) {
  core::RandomStream stream(5, "bells");
  std::vector<double> gaussian, laplacian, even;
  for (int i = 0; i < 200'000; ++i) {
    gaussian.push_back(3 * stream.normal());
    const double u = stream.uniform(-0.5, 0.5);
    laplacian.push_back(std::copysign(std::log(1 - 2 * std::abs(u)), u));
    even.push_back(u);
  }
  EXPECT_NEAR(gaussian_shape(gaussian).value(), 2, 0.03);
  EXPECT_NEAR(gaussian_shape(laplacian).value(), 1, 0.03);
  EXPECT_GT(gaussian_shape(even).value(), 9.9);  // a box: the limit of the family
  EXPECT_FALSE(gaussian_shape({0, 0}));
}

TEST(Mscn, NormalisesLocalContrast) {
  // Ten times the contrast in one half: the coefficients have the same spread in both.
  Plane plane = white_noise(200, 200, 0, 10);
  for (int y = 0; y < 200; ++y) {
    for (int x = 100; x < 200; ++x) plane.at(x, y) *= 10;
  }
  const std::vector<double> values = mscn(plane);
  ASSERT_EQ(values.size(), 194u * 194u);
  double left = 0, right = 0;
  for (int y = 0; y < 194; ++y) {
    for (int x = 0; x < 90; ++x) {
      const double a = values[y * 194 + x], b = values[y * 194 + 193 - x];
      left += a * a, right += b * b;
    }
  }
  EXPECT_NEAR(right / left, 1.0, 0.25);
  EXPECT_TRUE(mscn(Plane(6, 100, 1.0)).empty());
}

TEST(Statistics, OfAConstantPicture) {
  const ImageStatistics s = image_statistics(Picture(100, 80, capture::Rgb8(200, 100, 50)));
  EXPECT_FALSE(s.spectrum_slope);
  EXPECT_FALSE(s.mscn_shape);
  EXPECT_FALSE(s.gradient_shape);
  EXPECT_NEAR(s.laplacian_variance.value(), 0, 1e-9);
  EXPECT_NEAR(s.noise_deviation.value(), 0, 1e-9);
  EXPECT_NEAR(s.mean_saturation, 0.75, 1e-12);
  EXPECT_NEAR(s.mean_luma, .299 * 200 + .587 * 100 + .114 * 50, 1e-9);
  EXPECT_EQ(s.saturated_share, 0);
  EXPECT_EQ(s.black_share, 0);
}

TEST(Statistics, SharesCountPixelsAtBothEnds) {
  Picture picture(10, 10, capture::Rgb8(100));
  for (int x = 0; x < 4; ++x) picture.at(x, 0) = capture::Rgb8(10, 254, 10);
  for (int x = 0; x < 3; ++x) picture.at(x, 5) = capture::Rgb8(4, 0, 3);
  const ImageStatistics s = image_statistics(picture);
  EXPECT_DOUBLE_EQ(s.saturated_share, 0.04);
  EXPECT_DOUBLE_EQ(s.black_share, 0.03);
}

// White noise of deviation d: the Laplacian has (16 + 4) d^2, central differences d^2 / 2 a
// direction, so a Rayleigh magnitude with mean sqrt(pi / 2) d / sqrt(2).
TEST(Statistics, OfWhiteNoise) {
  const double d = 12;
  const ImageStatistics s = image_statistics(grey(white_noise(600, 400, 128, d)));
  EXPECT_NEAR(s.laplacian_variance.value(), 20 * d * d, 0.02 * 20 * d * d);
  EXPECT_NEAR(s.mean_gradient.value(), std::sqrt(M_PI / 2) * d / std::sqrt(2), 0.02 * d);
  EXPECT_NEAR(s.gradient_shape.value(), 2, 0.05);
  EXPECT_NEAR(s.noise_deviation.value(), d, 0.05 * d);
  EXPECT_NEAR(s.spectrum_slope.value(), 0, 0.02);
  EXPECT_NEAR(s.luma_deviation, d, 0.02 * d);
}

TEST(Statistics, EdgesAreNoNoise) {
  Plane plane = white_noise(400, 400, 100, 3);
  for (int y = 0; y < 400; ++y) {
    for (int x = 0; x < 400; ++x) plane.at(x, y) += ((x / 50 + y / 50) % 2) * 100;
  }
  EXPECT_NEAR(image_statistics(grey(plane)).noise_deviation.value(), 3, 0.3);
}

TEST(Table, JudgesByTheBands) {
  ImageStatistics s;
  s.spectrum_slope = -1.2;
  s.saturated_share = 0.01;
  s.laplacian_variance = 100;
  s.mscn_shape = 0.9;
  EXPECT_FALSE(judge(s, {}).any_failed());
  EXPECT_FALSE(judge(s, {}).mscn);  // no reference, no verdict
  ImageStatistics reference = s;
  reference.laplacian_variance = 240;
  reference.mscn_shape = 0.6;
  EXPECT_FALSE(judge(s, reference).any_failed());
  reference.laplacian_variance = 260;
  EXPECT_FALSE(judge(s, reference).laplacian.value());
  reference.laplacian_variance = 39;
  EXPECT_FALSE(judge(s, reference).laplacian.value());
  reference.mscn_shape = 1.4;
  EXPECT_FALSE(judge(s, reference).mscn.value());
  s.spectrum_slope = -0.7;
  EXPECT_FALSE(judge(s, {}).slope.value());
  s.saturated_share = 0;
  EXPECT_FALSE(judge(s, {}).saturated.value());
  s.black_share = 0.03;
  EXPECT_FALSE(judge(s, {}).black.value());
}

TEST(Table, ReadsFilesAndSaysWhatIsWrongWithThem) {
  const std::string png =
      testing::TempDir() + "oddroad_stats_" + std::to_string(::getpid()) + ".png";
  const Picture picture = grey(white_noise(128, 128, 100, 10));
  const std::string bytes = dataset::encode_png(picture);
  std::ofstream(png, std::ios::binary) << bytes;
  const auto read = read_statistics(png);
  ASSERT_TRUE(read) << core::to_string(read.error());
  EXPECT_EQ(read->of.mean_luma, image_statistics(picture).mean_luma);
  const std::string table = statistics_table({*read}, *read);
  EXPECT_NE(table.find("oddroad_stats_"), std::string::npos);
  EXPECT_NE(table.find("0.00!"), std::string::npos) << table;  // nothing saturated
  EXPECT_NE(table.find("0 of 1 keep all bands"), std::string::npos) << table;
  std::ofstream(png, std::ios::binary) << bytes.substr(0, bytes.size() / 2);
  const auto cut = read_statistics(png);
  ASSERT_FALSE(cut);
  EXPECT_NE(core::to_string(cut.error()).find(png), std::string::npos);
  std::filesystem::remove(png);
  EXPECT_FALSE(read_statistics(png));
}

}  // namespace
}  // namespace oddroad::validate
