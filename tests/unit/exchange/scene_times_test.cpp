#include "engine/exchange/scene_times.h"

#include <vector>

#include <gtest/gtest.h>

#include "engine/core/random.h"

namespace oddroad::exchange {
namespace {

TEST(SceneTimes, TheFirstGapThatIsLongEnough) {
  SceneTimes times;
  EXPECT_EQ(times.take(1000, 10), 1000);
  EXPECT_EQ(times.take(1000, 10), 1010) << "behind the one that has it";
  EXPECT_EQ(times.take(1005, 10), 1020) << "in the middle of the first";
  EXPECT_EQ(times.take(985, 10), 985);
  EXPECT_EQ(times.take(985, 10), 1030) << "five before the first are too few";
  EXPECT_EQ(times.take(995, 5), 995);
  EXPECT_EQ(times.take(0, 2000), 1040);
  EXPECT_EQ(times.take(0, 10), 3040) << "one wish is met in its order";
}

// Whatever was asked for in whatever order: nothing overlaps, nobody is early, and nobody waits
// while there is room.
TEST(SceneTimes, NoTwoAtATime) {
  struct One {
    std::int64_t wanted, length, start;
  };
  SceneTimes times;
  std::vector<One> all;
  for (int k = 0; k < 400; ++k) {
    const auto draw = core::hash64("scene " + std::to_string(k));
    One one{static_cast<std::int64_t>(draw % 7) * 100, 1 + static_cast<std::int64_t>(draw / 7 % 40),
            0};
    one.start = times.take(one.wanted, one.length);
    EXPECT_GE(one.start, one.wanted);
    const auto is_free = [&](std::int64_t start) {
      for (const One& other : all) {
        if (start < other.start + other.length && other.start < start + one.length) return false;
      }
      return true;
    };
    ASSERT_TRUE(is_free(one.start));
    for (const One& other : all) {
      const std::int64_t earlier = other.start + other.length;
      if (earlier < one.wanted || earlier >= one.start) continue;
      // Room that others of the same wish were too long for is not looked at again.
      bool passed = false;
      for (const One& before : all) {
        passed = passed || (before.wanted == one.wanted && before.start > earlier);
      }
      EXPECT_TRUE(passed || !is_free(earlier));
    }
    all.push_back(one);
  }
}

}  // namespace
}  // namespace oddroad::exchange
