#include "engine/world/sky_clock.h"

#include <cmath>

#include <gtest/gtest.h>

namespace oddroad::world {
namespace {

constexpr double kDegree = M_PI / 180;

std::int64_t utc(int year, int month, int day, int hour, int minute = 0, int second = 0) {
  return days_from_civil(year, month, day) * 86'400 + hour * 3600 + minute * 60 + second;
}

struct Vector {
  std::int64_t utc_s;
  double latitude_deg, longitude_deg;
  double zenith_deg, from_north_deg;
};

TEST(SkyClock, SunStandsWhereTheVectorsSay) {
  // The first is the worked example of NREL's SPA (50.128, 194.340); the others were computed with
  // an independent implementation of PSA+.
  const Vector vectors[] = {
      {utc(2003, 10, 17, 19, 30, 30), 39.742476, -105.1786, 50.1286, 194.3351},
      {utc(2026, 6, 21, 12), 48.137, 11.575, 26.2319, 203.5992},
      {utc(2026, 12, 21, 12), 48.137, 11.575, 72.3908, 191.6032},
      {utc(2026, 3, 20, 6), 48.137, 11.575, 83.6583, 97.3460},
  };
  for (const Vector& v : vectors) {
    const SkyPosition sun =
        sun_position(v.utc_s, {v.latitude_deg * kDegree, v.longitude_deg * kDegree});
    EXPECT_NEAR(90 - sun.elevation_rad / kDegree, v.zenith_deg, 2e-4) << v.utc_s;
    const double from_east = std::remainder(90 - v.from_north_deg, 360);
    EXPECT_NEAR(sun.azimuth_rad / kDegree, from_east, 2e-4) << v.utc_s;
  }
}

TEST(SkyClock, DaysAreThoseOfTheCalendar) {
  EXPECT_EQ(days_from_civil(1970, 1, 1), 0);
  EXPECT_EQ(days_from_civil(2000, 3, 1), 11'017);
  EXPECT_EQ(days_from_civil(2024, 12, 31) - days_from_civil(2024, 1, 1), 365);
  EXPECT_EQ(days_from_civil(1969, 12, 31), -1);
}

TEST(SkyClock, MoonKeepsToItsPhase) {
  const Place munich{48.137 * kDegree, 11.575 * kDegree};
  // Full on 2026-01-03 10:03 UT, new on 2026-02-17 12:01 UT, first quarter on 2026-03-25 19:18 UT
  // (almanac). The mean month is off by up to 14 hours.
  EXPECT_GT(moon_lit(utc(2026, 1, 3, 10)), 0.98);
  EXPECT_LT(moon_lit(utc(2026, 2, 17, 12)), 0.02);
  EXPECT_NEAR(moon_lit(utc(2026, 3, 25, 19)), 0.5, 0.12);
  // The full moon stands opposite the sun, the new one beside it.
  const std::int64_t night = utc(2026, 1, 3, 23);
  const SkyPosition sun = sun_position(night, munich);
  const SkyPosition full = moon_position(night, munich, 1);
  EXPECT_NEAR(full.elevation_rad, -sun.elevation_rad, 0.02);
  const SkyPosition fresh = moon_position(night, munich, 0);
  EXPECT_NEAR(fresh.elevation_rad, sun.elevation_rad, 0.02);
  EXPECT_NEAR(fresh.azimuth_rad, sun.azimuth_rad, 0.02);
}

}  // namespace
}  // namespace oddroad::world
