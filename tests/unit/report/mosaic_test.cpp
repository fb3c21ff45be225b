#include "engine/report/mosaic.h"

#include <gtest/gtest.h>

namespace oddroad::report {
namespace {

TEST(Mosaic, TilesStandInRowsAndKeepTheirColour) {
  std::vector<Tile> tiles;
  for (int k = 0; k < 5; ++k) {
    tiles.push_back({"", Picture(60, 30, Rgb8(static_cast<std::uint8_t>(50 * k)))});
  }
  const Picture sheet = mosaic(tiles, 3, 30);
  // Two rows of three tiles of 30 x 15 with gaps of 3.
  EXPECT_EQ(sheet.width_px, 3 * 33 + 3);
  EXPECT_EQ(sheet.height_px, 2 * 18 + 3);
  for (int k = 0; k < 5; ++k) {
    EXPECT_EQ(sheet.at(3 + k % 3 * 33 + 15, 3 + k / 3 * 18 + 7), tiles[k].picture.at(0, 0)) << k;
  }
}

TEST(Mosaic, CaptionsTakeRoomOfTheirOwnAndAreCut) {
  const std::vector<Tile> tiles = {{std::string(200, 'x'), Picture(40, 20, Rgb8(90))}};
  const Picture sheet = mosaic(tiles, 4, 40);
  EXPECT_EQ(sheet.width_px, 46);  // no more columns than tiles
  EXPECT_GT(sheet.height_px, 20 + 6);
  EXPECT_EQ(sheet.at(3, 3), Rgb8(90));
  EXPECT_EQ(sheet.at(22, 22), Rgb8(90));
}

}  // namespace
}  // namespace oddroad::report
