#include "engine/road/geo_reference.h"

#include <cmath>

#include <gtest/gtest.h>

namespace oddroad::road {
namespace {

constexpr double kDegree = M_PI / 180;

TEST(GeoReference, AnOriginIsWhereTheMapBegins) {
  const auto place =
      place_of("+proj=tmerc +lat_0=48.1 +lon_0=11.6 +k=1 +x_0=0 +y_0=0 +units=m", {1000, 2000, 0});
  ASSERT_TRUE(place);
  EXPECT_NEAR(place->latitude_rad / kDegree, 48.1 + 2 / 111.2, 1e-3);
  EXPECT_NEAR(place->longitude_rad / kDegree, 11.6 + 1 / (111.2 * std::cos(48.1 * kDegree)), 1e-3);
}

TEST(GeoReference, UtmZonesHaveTheirMeridians) {
  // Marienplatz, Munich: 48.1372 N, 11.5755 E = 32U 691607 E 5334760 N.
  const auto place = place_of("+proj=utm +zone=32 +datum=WGS84", {691'607, 5'334'760, 500});
  ASSERT_TRUE(place);
  EXPECT_NEAR(place->latitude_rad / kDegree, 48.137, 0.3);
  EXPECT_NEAR(place->longitude_rad / kDegree, 11.575, 0.3);
  const auto south = place_of("+proj=utm +zone=56 +south", {334'000, 6'252'000, 0});  // Sydney
  ASSERT_TRUE(south);
  EXPECT_NEAR(south->latitude_rad / kDegree, -33.86, 0.3);
  EXPECT_NEAR(south->longitude_rad / kDegree, 151.2, 0.3);
}

TEST(GeoReference, NothingIsMadeUp) {
  for (const char* text : {"", "EPSG:25832", "+proj=utm +datum=WGS84", "+proj=utm +zone=77",
                           "+proj=tmerc +lat_0=0 +lon_0=0 +k=1", "+lat_0=x +lon_0=nan"}) {
    EXPECT_FALSE(place_of(text, {0, 0, 0})) << text;
  }
  EXPECT_FALSE(place_of("+proj=tmerc +lat_0=89 +lon_0=1", {0, 1e6, 0}));
}

}  // namespace
}  // namespace oddroad::road
