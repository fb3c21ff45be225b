// Run lengths and outlines of masks, against decoders written from the formats' descriptions.
#include <cstring>
#include <random>

#include <gtest/gtest.h>

#include "engine/exchange/polygons.h"
#include "engine/exchange/rle.h"
#include "tests/unit/exchange/mask_decoders.h"

namespace oddroad::exchange {
namespace {

using Mask = capture::Image<SegmentKey>;

// Blobs, holes and single pixels: noise of a density, smoothed `rounds` times by majority.
Mask random_mask(std::uint32_t seed, int width, int height, double density, int rounds) {
  std::mt19937 draw(seed);
  Mask mask(width, height, 0);
  for (auto& pixel : mask.pixels) pixel = draw() < density * 4294967296.0 ? 7 : 9;
  for (int round = 0; round < rounds; ++round) {
    Mask next = mask;
    for (int y = 1; y + 1 < height; ++y) {
      for (int x = 1; x + 1 < width; ++x) {
        int around = 0;
        for (int dy = -1; dy <= 1; ++dy) {
          for (int dx = -1; dx <= 1; ++dx) around += mask.at(x + dx, y + dy) == 7;
        }
        next.at(x, y) = around > 4 ? 7 : 9;
      }
    }
    mask = next;
  }
  return mask;
}

PixelBox box_of(const Mask& mask) {
  PixelBox box;
  for (int y = 0; y < mask.height_px; ++y) {
    for (int x = 0; x < mask.width_px; ++x) {
      if (mask.at(x, y) == 7) box.include(x, y);
    }
  }
  return box;
}

void expect_mask(const Mask& mask, const std::vector<bool>& decoded, const char* what,
                 std::uint32_t seed) {
  ASSERT_EQ(decoded.size(), mask.pixels.size());
  for (std::size_t i = 0; i < decoded.size(); ++i) {
    ASSERT_EQ(decoded[i], mask.pixels[i] == 7) << what << ", seed " << seed << ", pixel " << i;
  }
}

TEST(Masks, RunLengthsAndOutlinesGiveBackTheSamePixels) {
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const Mask mask = random_mask(seed, 37 + seed % 5, 23 + seed % 7, 0.2 + 0.01 * seed, seed % 3);
    const PixelBox box = box_of(mask);
    if (box.right == 0) continue;
    const auto text = encode_runs(run_lengths(mask, 7, box));
    expect_mask(mask, test::decode_coco_rle(text, mask.height_px, mask.width_px), "runs", seed);
    std::vector<bool> by_sides(mask.pixels.size()), by_centres(mask.pixels.size());
    std::size_t corners = 0;
    for (const auto& polygon : outlines(mask, 7, box)) {
      ASSERT_GE(polygon.size(), 4u);
      corners += polygon.size();
      std::vector<double> flat;
      std::vector<std::array<int, 2>> pixels;
      for (const auto& c : polygon) flat.insert(flat.end(), {double(c.x), double(c.y)});
      for (const auto& c : through_centres(polygon)) pixels.push_back({c.x, c.y});
      test::fill_polygon(flat, mask.width_px, by_sides);
      test::fill_with_border(pixels, mask.width_px, by_centres);
    }
    expect_mask(mask, by_sides, "sides", seed);
    expect_mask(mask, by_centres, "centres", seed);
    EXPECT_LT(corners, 8 * mask.pixels.size());
  }
}

TEST(Masks, SimpleShapesHaveTheCornersOneExpects) {
  Mask mask(6, 5, 0);
  for (int y = 1; y < 4; ++y) {
    for (int x = 2; x < 5; ++x) mask.at(x, y) = 7;
  }
  const auto square = outlines(mask, 7, {2, 1, 5, 4});
  ASSERT_EQ(square.size(), 1u);
  EXPECT_EQ(square[0], (PixelPolygon{{2, 1}, {5, 1}, {5, 4}, {2, 4}}));
  EXPECT_EQ(through_centres(square[0]), (PixelPolygon{{2, 1}, {4, 1}, {4, 3}, {2, 3}}));
  // 11 zeros before the first column's three, two between columns: column by column.
  EXPECT_EQ(run_lengths(mask, 7, {2, 1, 5, 4}), (std::vector<std::uint32_t>{11, 3, 2, 3, 2, 3, 6}));
  mask.at(3, 2) = 0;  // a hole of one pixel
  EXPECT_EQ(outlines(mask, 7, {2, 1, 5, 4}).size(), 2u);
}

// By the API's description: 0x20 continues, five bits each, differences from the fourth run on.
TEST(Masks, RunsAreEncodedAsTheApiDoes) {
  // The example in its documentation.
  EXPECT_EQ(encode_runs({6, 1, 40, 4, 5, 4, 5, 4, 21}), "61X13mN000`0");
  EXPECT_EQ(encode_runs({0, 3}), "03");
}

}  // namespace
}  // namespace oddroad::exchange
