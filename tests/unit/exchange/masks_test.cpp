// Run lengths and outlines of masks, against decoders written from the formats' descriptions.
#include <cstring>
#include <random>

#include <gtest/gtest.h>

#include "engine/exchange/joined_outline.h"
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
      for (const auto& c : with_three_corners(through_centres(polygon))) {
        pixels.push_back({c.x, c.y});
      }
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

// Its pixels filled.
std::vector<bool> fill(const PixelPolygon& polygon, const Mask& mask) {
  std::vector<std::array<int, 2>> corners;
  for (const auto& c : polygon) corners.push_back({c.x, c.y});
  std::vector<bool> out(mask.pixels.size());
  test::fill_with_border(corners, mask.width_px, out);
  return out;
}

// Parts and holes of noise: one polygon covers the mask, and nothing else of what is to be kept but
// the pixels that it counts. 9 may be drawn over, 8 not.
TEST(Masks, JoinedOutlinesCoverTheMaskAndSpareWhatTheyCan) {
  std::int64_t crossings = 0, joined = 0;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    Mask mask = random_mask(seed, 37 + seed % 5, 23 + seed % 7, 0.2 + 0.01 * seed, seed % 3);
    const Mask others = random_mask(1000 + seed, mask.width_px, mask.height_px, 0.4, 1);
    for (std::size_t i = 0; i < mask.pixels.size(); ++i) {
      if (mask.pixels[i] != 7 && others.pixels[i] == 7) mask.pixels[i] = 8;
    }
    const PixelBox box = box_of(mask);
    if (box.right == 0) continue;
    joined += borders(mask, 7, box).size() > 1;
    const auto one = joined_outline(mask, 7, box, {8});
    const auto filled = fill(one.polygon, mask);
    std::int64_t crossed = 0;
    for (std::size_t i = 0; i < filled.size(); ++i) {
      ASSERT_TRUE(filled[i] || mask.pixels[i] != 7) << "seed " << seed << ", pixel " << i;
      crossed += mask.pixels[i] == 8 && filled[i];
    }
    EXPECT_LE(crossed, one.crossed_px) << seed;  // two bridges may share a pixel
    crossings += crossed;
    EXPECT_EQ(joined_outline(mask, 7, box, {}).crossed_px, 0);
  }
  EXPECT_GT(joined, 40);
  EXPECT_GT(crossings, 0) << "some are cut off: the count above is of something";
}

TEST(Masks, BridgesGoRoundWhatIsToBeKept) {
  Mask mask(9, 7, 9);
  for (int y = 2; y < 5; ++y) {
    mask.at(2, y) = mask.at(6, y) = 7;
    mask.at(4, y) = 8;  // stands between two parts
  }
  const auto one = joined_outline(mask, 7, {2, 2, 7, 5}, {8});
  EXPECT_EQ(one.crossed_px, 0);
  const auto filled = fill(one.polygon, mask);
  EXPECT_EQ(std::count(filled.begin(), filled.end(), true), 6 + 3 + 2) << "over it or under it";
  // A hole stays one: no bridge leaves the ring.
  Mask ring(5, 5, 9);
  for (int y = 1; y < 4; ++y) {
    for (int x = 1; x < 4; ++x) ring.at(x, y) = x == 2 && y == 2 ? 8 : 7;
  }
  const auto round = joined_outline(ring, 7, {1, 1, 4, 4}, {8});
  expect_mask(ring, fill(round.polygon, ring), "ring", 0);
  EXPECT_EQ(round.crossed_px, 0);
  // Walled in on all sides of the picture: it crosses, and says how far.
  Mask wall(5, 3, 9);
  for (int y = 0; y < 3; ++y) wall.at(2, y) = 8;
  wall.at(1, 1) = wall.at(3, 1) = 7;
  EXPECT_EQ(joined_outline(wall, 7, {1, 1, 4, 2}, {8}).crossed_px, 1);
}

TEST(Masks, PixelsAndRowsOfThemArePolygonsOfThreeCorners) {
  for (const auto& [w, h] : {std::pair(1, 1), {4, 1}, {1, 3}}) {
    Mask mask(7, 6, 9);
    for (int y = 2; y < 2 + h; ++y) {
      for (int x = 1; x < 1 + w; ++x) mask.at(x, y) = 7;
    }
    const PixelBox box = box_of(mask);
    const auto joined = joined_outline(mask, 7, box, {9});
    const auto single = with_three_corners(through_centres(outlines(mask, 7, box).front()));
    for (const auto& polygon : {joined.polygon, single}) {
      EXPECT_EQ(polygon.size(), 3u);
      expect_mask(mask, fill(polygon, mask), "thin", 0);
    }
  }
}

// By the API's description: 0x20 continues, five bits each, differences from the fourth run on.
TEST(Masks, RunsAreEncodedAsTheApiDoes) {
  // The example in its documentation.
  EXPECT_EQ(encode_runs({6, 1, 40, 4, 5, 4, 5, 4, 21}), "61X13mN000`0");
  EXPECT_EQ(encode_runs({0, 3}), "03");
}

}  // namespace
}  // namespace oddroad::exchange
