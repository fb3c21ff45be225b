// Covering arrays and grids.
#include "engine/scenario/covering.h"

#include <set>

#include <gtest/gtest.h>

namespace oddroad::scenario {
namespace {

CoverRequest request(std::vector<int> levels, int ways) {
  CoverRequest out;
  out.levels = std::move(levels);
  out.ways = ways;
  out.key = 3;
  return out;
}

void expect_small(const CoverRequest& wanted, double most) {
  const auto array = cover_combinations(wanted);
  ASSERT_TRUE(array);
  const double fewest = static_cast<double>(fewest_rows(wanted.levels, wanted.ways));
  const double ratio = static_cast<double>(array->rows.size()) / fewest;
  std::printf("  %d-way of %zu factors: %zu rows, bound %.0f, ratio %.2f, %zu combinations\n",
              wanted.ways, wanted.levels.size(), array->rows.size(), fewest, ratio,
              array->combinations);
  EXPECT_EQ(coverage(array->rows, wanted), 1);
  EXPECT_LE(ratio, most);
}

TEST(Covering, PairsInFewRows) {
  expect_small(request({7, 6, 5, 10, 4, 5, 6, 6}, 2), 1.25);
  expect_small(request({5, 3, 3}, 2), 1.25);
  expect_small(request({9, 8, 2, 2, 2, 3}, 2), 1.25);
  expect_small(request({4, 3}, 2), 1);
  expect_small(request({6, 2, 4}, 1), 1);
}

TEST(Covering, TriplesAreAllThere) {
  expect_small(request({5, 4, 3, 3, 2}, 3), 1.5);
  expect_small(request({3, 3, 3, 3}, 4), 1);
}

TEST(Covering, PairsByASecondWay) {
  const CoverRequest wanted = request({4, 3, 5, 2}, 2);
  const auto array = cover_combinations(wanted);
  ASSERT_TRUE(array);
  std::set<std::array<int, 4>> pairs;
  for (const auto& row : array->rows) {
    for (int a = 0; a < 4; ++a) {
      EXPECT_GE(row[static_cast<std::size_t>(a)], 0);
      EXPECT_LT(row[static_cast<std::size_t>(a)], wanted.levels[static_cast<std::size_t>(a)]);
      for (int b = 0; b < a; ++b) {
        pairs.insert({a, b, row[static_cast<std::size_t>(a)], row[static_cast<std::size_t>(b)]});
      }
    }
  }
  EXPECT_EQ(pairs.size(), 4u * 3 + 4 * 5 + 4 * 2 + 3 * 5 + 3 * 2 + 5 * 2);
  EXPECT_EQ(array->combinations, pairs.size());
  EXPECT_EQ(array->impossible, 0u);
  EXPECT_EQ(cover_combinations(wanted)->rows, array->rows);
}

// Factor 0 at 1 goes with factor 1 at 0 only, and that not with factor 2 at 0: so 0 at 1 with 2 at
// 0 is impossible though nobody says so.
TEST(Covering, WhatIsForbiddenIsLeftOut) {
  CoverRequest wanted = request({2, 3, 3, 4}, 2);
  Constraint first{{0, 1}, {}}, second{{1, 2}, {}};
  for (int b = 0; b < 3; ++b) {
    for (int a = 0; a < 2; ++a) first.allowed.push_back(a == 0 || b == 0);
  }
  for (int c = 0; c < 3; ++c) {
    for (int b = 0; b < 3; ++b) second.allowed.push_back(!(b == 0 && c == 0));
  }
  wanted.constraints = {first, second};
  const auto array = cover_combinations(wanted);
  ASSERT_TRUE(array);
  EXPECT_EQ(array->impossible, 4u);  // 1-1, 1-2 of (0, 1); 0-0 of (1, 2); 1-0 of (0, 2)
  EXPECT_EQ(coverage(array->rows, wanted), 1);
  for (const auto& row : array->rows) {
    EXPECT_TRUE(row[0] == 0 || row[1] == 0);
    EXPECT_FALSE(row[1] == 0 && row[2] == 0);
  }
  wanted.constraints = {{{0}, {false, false}}};
  EXPECT_FALSE(cover_combinations(wanted));
}

TEST(Covering, Grids) {
  const auto all = all_rows({2, 3}, {});
  ASSERT_TRUE(all);
  EXPECT_EQ(*all, (std::vector<std::vector<int>>{{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}}));
  const auto some = all_rows({2, 3}, {{{1}, {true, false, true}}});
  ASSERT_TRUE(some);
  EXPECT_EQ(some->size(), 4u);
  EXPECT_FALSE(all_rows({1000, 1000}, {}));
  EXPECT_FALSE(cover_combinations(request(std::vector<int>(200, 60), 2)));
}

}  // namespace
}  // namespace oddroad::scenario
