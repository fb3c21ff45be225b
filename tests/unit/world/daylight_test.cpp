#include "engine/world/daylight.h"

#include <cmath>

#include <gtest/gtest.h>

namespace oddroad::world {
namespace {

double radians(double degrees) {
  return degrees * M_PI / 180;
}

double horizontal(double degrees, double cover) {
  const Daylight d = daylight(radians(degrees), cover);
  return d.diffuse_horizontal_lux + d.direct_normal_lux * std::max(0.0, std::sin(radians(degrees)));
}

TEST(Daylight, StandardValues) {
  // Clear noon 100 to 110 klx, overcast 5 to 25 klx, sunset 400 lx, end of civil twilight 3.4 lx.
  EXPECT_NEAR(horizontal(65, 0), 105e3, 10e3);
  EXPECT_GT(horizontal(40, 1), 5e3);
  EXPECT_LT(horizontal(65, 1), 25e3);
  EXPECT_NEAR(horizontal(0, 0), 400, 1);
  EXPECT_NEAR(horizontal(-6, 0), 3.4, 0.01);
  EXPECT_NEAR(horizontal(-12, 0), 0.008, 1e-5);
  EXPECT_EQ(daylight(radians(40), 1).direct_normal_lux, 0);
}

TEST(Daylight, GrowsWithTheSunUnderEverySky) {
  for (const double cover : {0.0, 0.2, 0.5, 0.8, 1.0}) {
    double last = 0;
    for (double e = -15; e <= 90; e += 0.5) {
      const double now = daylight(radians(e), cover).diffuse_horizontal_lux;
      EXPECT_GT(now, last) << e << " degrees, clouds " << cover;
      last = now;
    }
  }
}

TEST(Daylight, NoJumpAtTheHorizon) {
  for (const double cover : {0.0, 0.5, 1.0}) {
    const double below = daylight(radians(-0.01), cover).diffuse_horizontal_lux;
    const double above = daylight(radians(0.01), cover).diffuse_horizontal_lux;
    EXPECT_NEAR(above / below, 1, 0.02);
  }
}

}  // namespace
}  // namespace oddroad::world
