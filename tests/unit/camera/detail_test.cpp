// Denoising and sharpening of finished rows.
#include "sensors/camera/detail.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace oddroad {
namespace {

constexpr int kWidth = 16;

// Three rows of one colour with margins of one pixel.
struct Rows {
  std::vector<std::vector<float>> r, g, b;
  Rows() : r(3, std::vector<float>(kWidth + 2)), g(r), b(r) {}

  void fill(int y, int x, float red, float green, float blue) {
    r[y][x + 1] = red;
    g[y][x + 1] = green;
    b[y][x + 1] = blue;
  }
  // The middle row after split and finish.
  std::vector<std::array<float, 3>> finish(const camera::Detail& detail) {
    for (int y = 0; y < 3; ++y) {
      camera::Detail::split_row(kWidth + 2, r[y].data(), g[y].data(), b[y].data());
    }
    const auto of = [](const std::vector<std::vector<float>>& rows) -> std::array<const float*, 3> {
      return {rows[0].data() + 1, rows[1].data() + 1, rows[2].data() + 1};
    };
    std::vector<float> red(kWidth), green(kWidth), blue(kWidth);
    detail.finish_row(kWidth, {of(g), of(r), of(b)}, red.data(), green.data(), blue.data());
    std::vector<std::array<float, 3>> out;
    for (int x = 0; x < kWidth; ++x) out.push_back({red[x], green[x], blue[x]});
    return out;
  }
};

camera::ImageSettings settings_of(double denoise, double sharpen) {
  camera::ImageSettings s;
  s.denoise = denoise;
  s.sharpen = sharpen;
  return s;
}

TEST(Detail, WithoutBothNothingChanges) {
  Rows rows;
  for (int y = 0; y < 3; ++y) {
    for (int x = -1; x <= kWidth; ++x) rows.fill(y, x, 10.0f * x, 50.0f + 20 * y, 200.0f - 7 * x);
  }
  const auto out = rows.finish(camera::Detail(settings_of(0, 0), 1));
  for (int x = 0; x < kWidth; ++x) {
    EXPECT_NEAR(out[x][0], 10.0f * x, 0.02);
    EXPECT_NEAR(out[x][1], 70, 0.02);
    EXPECT_NEAR(out[x][2], 200.0f - 7 * x, 0.02);
  }
}

// An edge from 60 to 160, or a faint ripple of one code.
std::vector<std::array<float, 3>> grey(const camera::Detail& detail, bool edge) {
  Rows rows;
  for (int y = 0; y < 3; ++y) {
    for (int x = -1; x <= kWidth; ++x) {
      const float v = edge ? (x < 8 ? 60.0f : 160.0f) : 100.0f + static_cast<float>(x & 1);
      rows.fill(y, x, v, v, v);
    }
  }
  return rows.finish(detail);
}

TEST(Detail, EdgesGetTheirHalosAndFaintRipplesAreHeldBack) {
  const auto sharp = grey(camera::Detail(settings_of(0, 0.4), 1), true);
  // The binomial takes a quarter of the step from either side: 25 codes, of which 40 % come on top.
  EXPECT_NEAR(sharp[8][1], 170, 0.1);
  EXPECT_NEAR(sharp[7][1], 50, 0.1);
  const auto rippled = grey(camera::Detail(settings_of(1, 0), 1), false);
  for (int x = 1; x < kWidth - 1; ++x) EXPECT_NEAR(rippled[x][1], 100.5, 0.05);
}

TEST(Detail, GainHoldsMoreBackAndSharpensLess) {
  const auto ripple = [](double gain) {
    Rows rows;
    for (int y = 0; y < 3; ++y) {
      for (int x = -1; x <= kWidth; ++x) {
        const float v = 100.0f + 20 * static_cast<float>(x & 1);
        rows.fill(y, x, v, v, v);
      }
    }
    const auto out = rows.finish(camera::Detail(settings_of(1, 0), gain));
    return out[7][1] - out[6][1];
  };
  EXPECT_GT(ripple(1), 15);
  EXPECT_LT(ripple(16), 10);
  const auto day = grey(camera::Detail(settings_of(0, 0.6), 1), true);
  const auto night = grey(camera::Detail(settings_of(0, 0.6), 16), true);
  EXPECT_NEAR(day[8][1], 175, 0.1);
  EXPECT_NEAR(night[8][1], 165, 0.1);  // a third of it
}

TEST(Detail, DarkColourFadesWithGainAndBrightColourStays) {
  const auto colour_of = [](float level, double gain) {
    Rows rows;
    for (int y = 0; y < 3; ++y) {
      for (int x = -1; x <= kWidth; ++x) rows.fill(y, x, 1.5f * level, level, 0.8f * level);
    }
    const auto out = rows.finish(camera::Detail(settings_of(0.5, 0), gain));
    return (out[5][0] - out[5][1]) / level;
  };
  EXPECT_NEAR(colour_of(8, 1), 0.5, 1e-3);
  EXPECT_LT(colour_of(8, 16), 0.25);
  EXPECT_NEAR(colour_of(100, 16), 0.5, 1e-3);
}

}  // namespace
}  // namespace oddroad
