#include "engine/core/parallel.h"

#include <atomic>
#include <chrono>
#include <numeric>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace oddroad::core {
namespace {

TEST(Parallel, EveryIndexOnce) {
  for (const int n : {-1, 0, 1, 7, 1000}) {
    std::vector<std::atomic<int>> seen(1000);
    parallel_for(n, [&](int i) {
      ++seen[i];
    });
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(seen[i], i < n ? 1 : 0) << i << " of " << n;
  }
}

TEST(Parallel, ChunksCoverWithoutOverlap) {
  std::vector<std::atomic<int>> seen(10'001);
  std::atomic<std::size_t> total = 0;
  parallel_chunks(seen.size(), 64, [&](std::size_t begin, std::size_t end) {
    total += end - begin;
    for (std::size_t i = begin; i != end; ++i) ++seen[i];
  });
  EXPECT_EQ(total, seen.size());
  for (const auto& count : seen) EXPECT_EQ(count, 1);
}

TEST(Parallel, LoopsNest) {
  std::vector<std::vector<int>> sums(9, std::vector<int>(100));
  parallel_for(sums.size(), [&](std::size_t k) {
    parallel_for(100, [&](int i) {
      sums[k][i] = static_cast<int>(k) * i;
    });
  });
  for (int k = 0; k < 9; ++k) {
    EXPECT_EQ(std::accumulate(sums[k].begin(), sums[k].end(), 0), k * 4950);
  }
}

TEST(Parallel, WorkIsMadeInOrderAndBounded) {
  constexpr int kItems = 200;
  constexpr int kInFlight = 4;
  std::atomic<int> unfinished = 0;
  std::vector<std::atomic<int>> done(kItems);
  int made = 0;  // plain: never two makers at a time
  run_ahead(kInFlight, [&]() -> std::function<void()> {
    if (made == kItems) return {};
    EXPECT_LE(++unfinished, kInFlight);
    return [&, item = made++] {
      ++done[item];
      --unfinished;
    };
  });
  for (const auto& count : done) EXPECT_EQ(count, 1);
  EXPECT_EQ(unfinished, 0);
}

// Earlier pieces take longer, so that they end in another order than they began in.
TEST(Parallel, LastStepsKeepTheOrderAndWaitingOnesCount) {
  constexpr int kItems = 200;
  constexpr int kInFlight = 6;
  std::atomic<int> unfinished = 0;
  int made = 0;
  std::vector<int> ended;  // plain: never two last steps at a time
  run_in_order(kInFlight, [&]() -> std::function<LastStep()> {
    if (made == kItems) return {};
    EXPECT_LE(++unfinished, kInFlight);
    return [&, item = made++]() -> LastStep {
      std::this_thread::sleep_for(std::chrono::microseconds(item % 7 == 0 ? 900 : 20));
      if (item % 5 == 0) {  // has none
        --unfinished;
        return {};
      }
      return [&, item] {
        ended.push_back(item);
        --unfinished;
      };
    };
  });
  EXPECT_EQ(ended.size(), kItems * 4 / 5u);
  EXPECT_TRUE(std::is_sorted(ended.begin(), ended.end()));
  EXPECT_EQ(unfinished, 0);
}

}  // namespace
}  // namespace oddroad::core
