// Free discs told by blocks of cells are those told cell by cell.
#include "engine/stage/occupancy.h"

#include <cmath>

#include <gtest/gtest.h>

#include "engine/core/random.h"

namespace oddroad::stage {
namespace {

using math::Vec2d;

TEST(Occupancy, DiscsAreFreeWhereTheirPointsAre) {
  const Vec2d centre(7.3, -4.1);
  Occupancy ground(centre, 40);
  core::RandomStream random(3, "occupancy");
  const auto somewhere = [&](double reach) {
    const double x = random.uniform(-reach, reach);
    return centre + Vec2d(x, random.uniform(-reach, reach));
  };
  for (int k = 0; k < 12; ++k) ground.add_disc(somewhere(40), random.uniform(.3, 4), kCoverTree);
  ground.add_rectangle(somewhere(20), {.6, .8}, 12, 5, kCoverHouse);
  int free = 0;
  for (int k = 0; k < 600; ++k) {
    const Vec2d p = somewhere(44);
    const double radius = random.uniform(.4, 9);
    const std::uint8_t bits = k % 2 == 0 ? std::uint8_t{kCoverHouse} : kCoverAnything;
    // A smaller disc inside of a free one is free, too; so is each of its points, as a thin disc.
    if (!ground.disc_is_free(p, radius, bits)) continue;
    ++free;
    for (int i = 0; i < 40; ++i) {
      const double angle = random.uniform(0, 6.28);
      const double off = .95 * radius * random.uniform();
      const Vec2d q = p + off * Vec2d(std::cos(angle), std::sin(angle));
      EXPECT_TRUE(ground.rectangle_is_free(q, {1, 0}, 1e-9, 1e-9, bits)) << q.x << ' ' << q.y;
    }
  }
  EXPECT_GT(free, 100);
  EXPECT_LT(free, 500);
}

}  // namespace
}  // namespace oddroad::stage
