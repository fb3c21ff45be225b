#include "engine/labels/row_search.h"

#include <gtest/gtest.h>

#include "tests/unit/labels/seen.h"

namespace oddroad {
namespace {

// A point 10 m ahead whose image moves `share` rows down while one row is exposed, and appears in
// row `v`. Closed form: it is where it is at that row's instant.
double found_row(double share, double v) {
  constexpr std::int64_t kRowTimeNs = 50'000;
  const math::CameraModel camera{400, 300, 300, 300, 200, 150};
  const auto view = tests::rolling_view(camera, {0, 0, 0}, 100'000'000, kRowTimeNs);
  const auto place = [&](std::int64_t stamp_ns) {
    const double rows = static_cast<double>(stamp_ns - view.stamp_ns) / kRowTimeNs;
    const double image_v = v + share * (rows - (v - 150));
    return math::Vec3d(10, 0, -10 * (image_v - 150) / 300);
  };
  return labels::find_appearance(view, false, 150, place)->image.y;
}

TEST(RowSearch, FindsPointsThatMoveAlmostAsFastAsTheRows) {
  for (const double share : {-2.0, -0.9, 0.0, 0.5, 0.9, 0.99}) {
    for (const double v : {20.0, 150.0, 211.25}) {
      EXPECT_NEAR(found_row(share, v), v, 0.002) << share;
    }
  }
}

}  // namespace
}  // namespace oddroad
