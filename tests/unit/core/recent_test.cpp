#include "engine/core/recent.h"

#include <string>

#include <gtest/gtest.h>

namespace oddroad::core {
namespace {

using Texts = Recent<int, std::string>;

TEST(Recent, WhatIsAskedForStaysWhatIsNotGoes) {
  Texts texts(100, 3);
  texts.keep(1, "one");
  texts.keep(2, "two");
  for (int round = 1; round <= 3; ++round) {
    texts.begin_round();
    EXPECT_EQ(texts.find(1), "one") << round;
  }
  texts.begin_round();
  EXPECT_EQ(texts.find(1), "one");
  EXPECT_EQ(texts.find(2), std::nullopt);
}

TEST(Recent, ARoundKeepsAllThatItAsksForAndOfOthersTheLatest) {
  Texts texts(4, 100);
  for (int k = 0; k < 10; ++k) texts.keep(k, std::to_string(k));
  for (int k = 0; k < 10; ++k) EXPECT_EQ(texts.find(k), std::to_string(k));
  texts.begin_round();
  EXPECT_EQ(texts.find(3), "3");  // the latest now
  texts.keep(10, "10");
  for (int k = 0; k <= 10; ++k) {
    EXPECT_EQ(texts.find(k).has_value(), k == 3 || k >= 8) << k;
  }
}

// However many clips there are, what is held is what the last of them hold.
TEST(Recent, IsAsFullAfterAThousandRoundsAsAfterTen) {
  const auto held = [](int rounds) {
    Texts texts(100, 5);
    for (int round = 0; round < rounds; ++round) {
      texts.begin_round();
      for (int k = 0; k < 3; ++k) texts.keep(3 * round + k, "x");
    }
    int count = 0;
    for (int k = 0; k < 3 * rounds; ++k) count += texts.find(k) ? 1 : 0;
    return count;
  };
  EXPECT_EQ(held(10), 3 * 6);
  EXPECT_EQ(held(1000), held(10));
}

}  // namespace
}  // namespace oddroad::core
