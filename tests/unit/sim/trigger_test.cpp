#include "engine/sim/trigger.h"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sim/relations.h"
#include "tests/unit/sim/fixtures.h"

namespace oddroad::sim {
namespace {

using namespace testing;
using ::testing::HasSubstr;
using Kind = scenario::Condition::Kind;

// Two cars on one line: a at x = 0 with 10 m/s, b 30 m ahead with 4 m/s.
Bodies two_cars() {
  Bodies out(2);
  out[0].name = "a";
  out[1].name = "b";
  for (Body& b : out) b.footprint = {3, 1, 0.9, 0.9};
  out[0].track = std::make_shared<Track>(straight_track({0, 0, 0}, 0, 500));
  out[0].position = {100, 0, 0};
  out[0].s_m = 100;
  out[0].speed_mps = 10;
  out[0].velocity_mps = {10, 0, 0};
  out[1].position = {134, 0, 0};
  out[1].speed_mps = 4;
  out[1].velocity_mps = {4, 0, 0};
  return out;
}

TEST(Relations, ClosedForms) {
  const Bodies b = two_cars();
  EXPECT_NEAR(gap_m(b[0], b[1]), 30, 1e-9);
  EXPECT_NEAR(distance_m(b[0], b[1]), 34, 1e-9);
  EXPECT_NEAR(gap_ahead_m(b[0], b[1]), 30, 1e-9);
  EXPECT_NEAR(headway_s(b[0], b[1]), 3, 1e-9);
  EXPECT_NEAR(ttc_s(b[0], b[1]), 5, 1e-9);
  EXPECT_NEAR(relative_speed_mps(b[0], b[1]), 6, 1e-9);
  EXPECT_EQ(ttc_s(b[1], b[1]), 0);
  EXPECT_FALSE(has_passed(b[0], b[1]));
  Bodies away = b;
  away[1].velocity_mps.x = 12;
  EXPECT_EQ(ttc_s(away[0], away[1]), std::numeric_limits<double>::infinity());
}

TEST(Relations, PathTtcIsTimeToTheCrossingLine) {
  Bodies b = two_cars();
  b[1].position = {150, -6, 0};
  b[1].yaw_rad = glm::pi<double>() / 2;
  b[1].footprint = {0.15, 0.15, 0.2, 0.2};
  b[1].speed_mps = 0;
  EXPECT_NEAR(path_ttc_s(b[0], b[1]), (150 - 103) / 10.0, 1e-9);
  // Moving on a slant: where its line meets ours.
  b[1].speed_mps = 2;
  b[1].velocity_mps = {1, 1, 0};
  EXPECT_NEAR(path_ttc_s(b[0], b[1]), (156 - 103) / 10.0, 1e-6);
  b[0].position.x = b[0].s_m = 160;
  EXPECT_EQ(path_ttc_s(b[0], b[1]), std::numeric_limits<double>::infinity());
}

TEST(Trigger, FiresAtTheFirstStepWhenAlreadyTrue) {
  const Bodies b = two_cars();
  Trigger t(compare("a", "b", "gap", "<", 100), b);
  EXPECT_TRUE(t.evaluate(b, 7.0, 0.01));
}

TEST(Trigger, ForCountsFromActivationAndRestartsWhenBroken) {
  Bodies b = two_cars();
  scenario::Condition c = compare("a", "", "speed", ">", 5);
  c.for_s = 0.5;
  Trigger t(c, b);
  const auto run = [&](int steps) {
    for (int k = 1; k <= steps; ++k) {
      if (t.evaluate(b, 0.01 * k, 0.01)) return k;
    }
    return -1;
  };
  EXPECT_EQ(run(200), 51);  // true at the first step, and 0.5 s later still
  b[0].speed_mps = 1;
  EXPECT_FALSE(t.evaluate(b, 0, 0.01));
  b[0].speed_mps = 10;
  EXPECT_EQ(run(30), -1);
  b[0].speed_mps = 1;
  EXPECT_FALSE(t.evaluate(b, 0, 0.01));
  b[0].speed_mps = 10;
  EXPECT_EQ(run(200), 51);
}

TEST(Trigger, EventsStayTrueAndCombine) {
  Bodies b = two_cars();
  scenario::Condition hit = event("a", "b", "hit");
  hit.for_s = 0.1;
  scenario::Condition both;
  both.kind = Kind::kAnd;
  both.terms = {hit, compare("", "", "time", ">=", 1)};
  Trigger t(both, b);
  EXPECT_FALSE(t.evaluate(b, 0.5, 0.01));
  const math::Vec3d away = b[1].position;
  b[1].position = b[0].position;
  EXPECT_FALSE(t.evaluate(b, 0.6, 0.01));
  b[1].position = away;  // touched once: stays true
  int step = 0;
  while (!t.evaluate(b, 1.0, 0.01)) ASSERT_LT(++step, 100);
  EXPECT_EQ(step, 9);

  scenario::Condition none;
  none.kind = Kind::kNot;
  none.terms = {compare("a", "b", "gap", "<", 10)};
  EXPECT_TRUE(Trigger(none, b).evaluate(b, 0, 0.01));
}

scenario::Condition becomes(const scenario::Condition& term, double for_s = 0) {
  scenario::Condition out;
  out.kind = Kind::kBecomes;
  out.terms = {term};
  out.for_s = for_s;
  return out;
}

// The steps at which it fires while a's speed goes through these.
std::vector<int> fires_at(const scenario::Condition& condition, const std::vector<double>& speeds) {
  Bodies b = two_cars();
  Trigger t(condition, b);
  std::vector<int> out;
  for (std::size_t k = 0; k < speeds.size(); ++k) {
    b[0].speed_mps = speeds[k];
    if (t.evaluate(b, 0.01 * static_cast<double>(k), 0.01)) out.push_back(static_cast<int>(k));
  }
  return out;
}

TEST(Trigger, BecomesIsTrueAtTheStepOfTheChangeOnly) {
  const auto fast = becomes(compare("a", "", "speed", ">", 5));
  EXPECT_EQ(fires_at(fast, {1, 1, 9, 9, 9, 1, 9, 9}), (std::vector{2, 6}));
  // What holds from the start has not become so.
  EXPECT_EQ(fires_at(fast, {9, 9, 9, 9}), std::vector<int>{});
  EXPECT_EQ(fires_at(fast, {9, 9, 1, 9, 9}), std::vector{3});
  EXPECT_EQ(fires_at(becomes(event("a", "", "stopped")), {5, 0, 0, 5, 0}), (std::vector{1, 4}));
}

TEST(Trigger, BecomesForCountsFromTheChange) {
  const auto fast = becomes(compare("a", "", "speed", ">", 5), 0.03);
  EXPECT_EQ(fires_at(fast, {1, 9, 9, 9, 9, 9, 9}), std::vector{4});
  EXPECT_EQ(fires_at(fast, {1, 9, 9, 1, 9, 9, 9, 9, 9}), std::vector{7});
  EXPECT_EQ(fires_at(fast, {9, 9, 9, 9, 9, 9}), std::vector<int>{});
}

TEST(Trigger, BecomesWithOthersNeedsThemAtThatStep) {
  scenario::Condition both;
  both.kind = Kind::kAnd;
  both.terms = {becomes(compare("a", "", "speed", ">", 5)), compare("", "", "time", ">=", 0.03)};
  EXPECT_EQ(fires_at(both, {1, 9, 9, 9, 9, 9}), std::vector<int>{});
  EXPECT_EQ(fires_at(both, {1, 9, 1, 1, 9, 9}), std::vector{4});
  // Of several as one: when the last of them comes true.
  scenario::Condition pair = both;
  pair.terms[0] = compare("a", "", "speed", ">", 5);
  EXPECT_EQ(fires_at(becomes(pair), {1, 9, 9, 9, 9, 9}), std::vector{3});
}

TEST(Trigger, ConditionsAreChecked) {
  const Bodies b = two_cars();
  scenario::Condition c;
  c.kind = Kind::kOr;
  c.terms = {compare("a", "c", "gap", "<", 1), compare("a", "b", "warp", "<", 1),
             compare("a", "b", "gap", "!", 1), event("a", "", "crossed")};
  const std::string text = core::to_string(check_condition(c, b));
  EXPECT_THAT(text, HasSubstr("unknown actor 'c'"));
  EXPECT_THAT(text, HasSubstr("unknown quantity 'warp'"));
  EXPECT_THAT(text, HasSubstr("unknown comparison '!'"));
  EXPECT_THAT(text, HasSubstr("never happens"));
}

}  // namespace
}  // namespace oddroad::sim
