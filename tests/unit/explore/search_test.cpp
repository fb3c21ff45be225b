// The search for samples that come to what is wanted.
#include "engine/explore/search.h"

#include <thread>

#include <gtest/gtest.h>

#include "engine/core/random.h"
#include "engine/explore/outcome_table.h"

namespace oddroad::explore {
namespace {

// Three draws; the least time to collision is short only in a corner of them.
std::vector<double> place(std::uint32_t index) {
  core::RandomStream draw(index, "explore");
  return {draw.uniform(), draw.uniform(), draw.uniform()};
}

Outcome outcome(std::uint32_t index) {
  const std::vector<double> at = place(index);
  Outcome out;
  out.index = index;
  out.values.resize(scenario::outcome_quantities().size());
  out.values[0] = 4 * (1 - at[0] * at[1]);
  if (at[2] > 0.1) out.values[1] = 10 * at[2];
  return out;
}

SearchSpace space() {
  return {place, outcome, nullptr};
}

scenario::OutcomeRule rule() {
  scenario::OutcomeRule out;
  out.cover.push_back({0, {{"0 .. 0.4 s", 0, 0.4, 12}, {"0.4 .. 4 s", 0.4, 4, 12}}});
  return out;
}

std::uint32_t runs_for(std::uint32_t ahead) {
  const scenario::OutcomeRule wanted = rule();
  const SearchResult result = search(wanted, {.most = 5000, .ahead = ahead}, space());
  EXPECT_TRUE(result.reached);
  return static_cast<std::uint32_t>(result.played.size());
}

TEST(Search, StopsWhenAllIsReachedAndKeepsWhatHelps) {
  const scenario::OutcomeRule wanted = rule();
  const SearchResult result = search(wanted, {.most = 5000}, space());
  ASSERT_TRUE(result.reached);
  Goals goals(wanted);
  for (std::size_t k = 0; k < result.played.size(); ++k) {
    EXPECT_EQ(result.kept[k], goals.help(result.played[k].values) > 0) << k;
    if (result.kept[k]) goals.add(result.played[k].values);
  }
  EXPECT_TRUE(goals.reached());
  EXPECT_EQ(goals.counts()[0], (std::vector<std::uint32_t>{12, 12}));
}

// The corner x y > 0.9 has 1 - 0.9 + 0.9 ln 0.9 = 0.52 % of the volume.
TEST(Search, TheForecastLeadsThere) {
  const std::uint32_t led = runs_for(8), blind = runs_for(1);
  std::printf("  %u runs, %u in plain order\n", led, blind);
  EXPECT_LT(2 * led, blind);
}

// A class that nothing falls into does not keep the search from the others.
TEST(Search, WhatCannotHappenHoldsNothingUp) {
  scenario::OutcomeRule wanted = rule();
  const auto alone =
      static_cast<std::uint32_t>(search(wanted, {.most = 5000}, space()).played.size());
  wanted.cover[0].bins.push_back({"40 s or more", 40, 50, 12});
  wanted.cover.push_back({1, {{"0 .. 0.1 m", 0, 0.1, 12}}});  // gaps begin at 1 m
  const SearchResult result = search(wanted, {.most = 2 * alone}, space());
  Goals goals(wanted);
  for (std::size_t k = 0; k < result.played.size(); ++k) {
    if (result.kept[k]) goals.add(result.played[k].values);
  }
  EXPECT_EQ(goals.counts()[0], (std::vector<std::uint32_t>{12, 12, 0}));
  EXPECT_EQ(goals.counts()[1], (std::vector<std::uint32_t>{0}));
}

TEST(Search, IsTheSameEveryTimeAndWhateverTheThreads) {
  const scenario::OutcomeRule wanted = rule();
  const SearchResult a = search(wanted, {.most = 200}, space());
  SearchSpace slow = space();
  slow.play = [](std::uint32_t index) {
    if (index % 3 == 0) std::this_thread::yield();
    return outcome(index);
  };
  const SearchResult b = search(wanted, {.most = 200}, slow);
  ASSERT_EQ(a.played.size(), b.played.size());
  for (std::size_t k = 0; k < a.played.size(); ++k) {
    EXPECT_EQ(a.played[k].index, b.played[k].index);
    EXPECT_EQ(a.kept[k], b.kept[k]);
  }
}

TEST(Search, WithoutGoalsTheFirstSamplesArePlayed) {
  const scenario::OutcomeRule none;
  const SearchResult result = search(none, {.first = 5, .most = 40}, space());
  ASSERT_EQ(result.played.size(), 40u);
  EXPECT_FALSE(result.reached);
  for (std::uint32_t k = 0; k < 40; ++k) {
    EXPECT_EQ(result.played[k].index, 5 + k);
    EXPECT_TRUE(result.kept[k]);
  }
}

TEST(Search, WhatCannotBePlayedIsCounted) {
  SearchSpace holes = space();
  holes.play = [](std::uint32_t index) {
    return index % 4 == 0 ? std::nullopt : std::optional(outcome(index));
  };
  const scenario::OutcomeRule none;
  const SearchResult result = search(none, {.most = 40}, holes);
  EXPECT_EQ(result.failed, 10u);
  EXPECT_EQ(result.played.size(), 30u);
}

TEST(OutcomeTable, TellsPlayedKeptAndWanted) {
  scenario::OutcomeRule wanted;
  wanted.cover.push_back({0, {{"0 .. 2 s", 0, 2, 2}, {"2 .. 3 s", 2, 3, 9}}});
  SearchResult result;
  for (const double ttc : {0.5, 1.5, 1.7, 2.5, 3.5}) {
    Outcome one = outcome(0);
    one.values[0] = ttc;
    one.values[1] = ttc < 3 ? std::optional(0.3) : std::nullopt;
    result.played.push_back(one);
    result.kept.push_back(ttc != 1.7 && ttc < 3);
  }
  EXPECT_EQ(to_text(wanted, result),
            "outcome                               played     kept   wanted\n"
            "min_ttc      0 .. 2 s                      3        2        2\n"
            "             2 .. 3 s                      1        1        9\n"
            "             others                        1        0         \n"
            "min_gap      0 .. 0.25 m                   0        0         \n"
            "             0.25 .. 0.5 m                 4        3         \n"
            "             0.5 .. 1 m                    0        0         \n"
            "             1 .. 2 m                      0        0         \n"
            "             2 .. 5 m                      0        0         \n"
            "             5 .. 10 m                     0        0         \n"
            "             10 m or more                  0        0         \n"
            "             none                          1        0         \n");
}

}  // namespace
}  // namespace oddroad::explore
