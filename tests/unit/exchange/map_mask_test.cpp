// The mask of a map against the shape that its file says: a straight road and an arc.
#include "engine/exchange/map_mask.h"

#include <cmath>

#include <gtest/gtest.h>

namespace oddroad::exchange {
namespace {

// Lanes of 3 m right (driving), 2 m beyond it (parking), 1.5 m beyond that (sidewalk); nothing
// left.
std::string road_text(const std::string& geometry, double length) {
  const auto lane = [](int id, const char* type, double width) {
    return "<lane id=\"" + std::to_string(id) + "\" type=\"" + type +
           "\"><width sOffset=\"0\" a=\"" + std::to_string(width) +
           "\" b=\"0\" c=\"0\" d=\"0\"/></lane>";
  };
  const std::string size = std::to_string(length);
  return "<OpenDRIVE><header revMajor=\"1\" revMinor=\"6\"/><road id=\"r\" length=\"" + size +
         "\"><planView><geometry s=\"0\" x=\"100\" y=\"50\" hdg=\"0\" length=\"" + size + "\">" +
         geometry + "</geometry></planView><lanes><laneSection s=\"0\"><center><lane id=\"0\"/>" +
         "</center><right>" + lane(-1, "driving", 3) + lane(-2, "parking", 2) +
         lane(-3, "sidewalk", 1.5) + "</right></laneSection></lanes></road></OpenDRIVE>";
}

// 255 exactly where `is_road(x, y)` of the world says, but for pixels that a border cuts.
template <typename IsRoad>
void expect_mask(const std::string& text, const MapMaskFrame& frame, const IsRoad& is_road) {
  const auto map = road::parse_opendrive(text, "test");
  ASSERT_TRUE(map) << core::to_string(map.error());
  const auto mask = drivable_mask(*map, frame);
  ASSERT_EQ(mask.width_px, frame.width_px);
  int white = 0, black = 0, cut = 0;
  for (int y = 0; y < mask.height_px; ++y) {
    for (int x = 0; x < mask.width_px; ++x) {
      const double wx = frame.origin_m.x + (x + 0.5) * frame.pixel_m;
      const double wy = frame.origin_m.y + (mask.height_px - y - 0.5) * frame.pixel_m;
      const bool here = is_road(wx, wy);
      bool whole = true;
      for (const double d : {-0.04, 0.04}) {
        whole = whole && is_road(wx + d, wy) == here && is_road(wx, wy + d) == here;
      }
      if (!whole) {
        ++cut;
        continue;
      }
      ASSERT_EQ(mask.at(x, y), here ? 255 : 0) << wx << ", " << wy;
      ++(here ? white : black);
    }
  }
  EXPECT_GT(white, 500);
  EXPECT_GT(black, 500);
  EXPECT_LT(cut, (white + black) / 10);
}

MapMaskFrame frame_at(double x, double y) {
  MapMaskFrame frame;
  frame.T_map_world.translation = {90, 40, 0};  // the road begins at (10, 10) of the world
  frame.origin_m = {x, y, 0};
  frame.width_px = 300;
  frame.height_px = 200;
  return frame;
}

TEST(MapMask, AStraightRoadIsItsRectangleOfDrivingAndParkingLanes) {
  expect_mask(road_text("<line/>", 20), frame_at(5, 0), [](double x, double y) {
    return x > 10 && x < 30 && y < 10 && y > 5;
  });
}

TEST(MapMask, ACurveIsItsRing) {
  // To the left around (10, 30): radii 20 to 25.
  expect_mask(road_text("<arc curvature=\"0.05\"/>", 15), frame_at(5, 0), [](double x, double y) {
    const double r = std::hypot(x - 10, y - 30), along = 20 * std::atan2(x - 10, 30 - y);
    return r > 20 && r < 25 && along > 0 && along < 15;
  });
}

TEST(MapMask, WhatLiesBeyondTheFrameIsCut) {
  const auto map = road::parse_opendrive(road_text("<line/>", 20), "test");
  ASSERT_TRUE(map);
  const auto mask = drivable_mask(*map, frame_at(1000, 1000));
  for (const auto value : mask.pixels) ASSERT_EQ(value, 0);
}

}  // namespace
}  // namespace oddroad::exchange
