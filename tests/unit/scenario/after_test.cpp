// `after` and `becomes`: what is meant, and who waits for whom in vain.
#include "tests/unit/scenario/scenario_fixture.h"

namespace oddroad::scenario {
namespace {

using Kind = Condition::Kind;

// Two pedestrians with lists of their own.
const std::string kTwo =
    with(kGood, "end: {any: [ego->child.hit, child.crossed for 2 s, time > 20 s]}", "END");
std::string two(const std::string& first, const std::string& second,
                const std::string& end = "end: time > 20 s") {
  const std::string more =
      "  old:\n    type: pedestrian.adult\n    at: {beside: van, end: rear, gap: 1 m}\n    do:\n" +
      second;
  const std::string run =
      "      - run: {when: ego->child.path_ttc <= $ttc, across: ego.lane, speed: 3 m/s, aim: "
      "$impact}\n";
  return with(with(kTwo, run, first), "END", more + end);
}

using AfterTest = ScenarioTest;

TEST_F(AfterTest, NamesOneEntryOfSomebody) {
  const Scenario scenario = good(two(
      "      - walk: {}\n      - wait: {duration: 1 s}\n      - walk: {}\n",
      "      - walk: {when: after child.walk}\n      - run: {when: after child.walk.2 for 0.5 s}\n",
      "end: (after old.run) and time > 3 s"));
  const Variant variant = draw(scenario, 0);
  const auto& actions = variant.actors.back().actions;
  ASSERT_EQ(variant.actors.back().name, "old");
  EXPECT_EQ(actions[0].when.kind, Kind::kAfter);
  EXPECT_EQ(actions[0].when.a, "child");
  EXPECT_EQ(actions[0].when.entry, 0u);
  EXPECT_EQ(actions[0].when.for_s, 0);
  EXPECT_EQ(actions[1].when.quantity, "walk.2");
  EXPECT_EQ(actions[1].when.entry, 2u);
  EXPECT_EQ(actions[1].when.for_s, 0.5);
  ASSERT_EQ(variant.end.kind, Kind::kAnd);
  EXPECT_EQ(variant.end.terms[0].a, "old");
  EXPECT_EQ(variant.end.terms[0].entry, 1u);
}

TEST_F(AfterTest, AnEdgeHoldsItsConditionAndCountsItsTime) {
  const auto when = [&](const std::string& text) {
    const Scenario scenario = good(with(kGood, "ego->child.path_ttc <= $ttc", text));
    return draw(scenario, 0).actors[2].actions[0].when;
  };
  const Condition one = when("5 m/s < ego.speed");
  for (const std::string text :
       {"ego.speed becomes > 5 m/s for 2 s", "becomes ego.speed > 5 m/s for 2 s",
        "5 m/s becomes < ego.speed for 2 s", "becomes (ego.speed > 5 m/s) for 2 s"}) {
    const Condition edge = when(text);
    EXPECT_EQ(edge.kind, Kind::kBecomes) << text;
    EXPECT_EQ(edge.for_s, 2) << text;
    ASSERT_EQ(edge.terms.size(), 1u) << text;
    EXPECT_EQ(edge.terms[0].kind, Kind::kCompare) << text;
    EXPECT_EQ(edge.terms[0].op, one.op) << text;
    EXPECT_EQ(edge.terms[0].value, one.value) << text;
    EXPECT_EQ(edge.terms[0].for_s, 0) << text;
  }
  const Condition both = when("ego.speed becomes > 5 m/s and time > 2 s");
  ASSERT_EQ(both.kind, Kind::kAnd);
  EXPECT_EQ(both.terms[0].kind, Kind::kBecomes);
  EXPECT_EQ(when("becomes (ego.stopped and time > 2 s)").terms[0].kind, Kind::kAnd);
  EXPECT_EQ(when("becomes ego.stopped or time > 2 s").kind, Kind::kOr);
}

TEST_F(AfterTest, OneOfManyIsNamedByItsNumber) {
  const std::string many = "    many: 3\n    do:\n";
  const std::string text =
      with(two("      - run: {when: after old.2.walk.2}\n", "      - walk: {}\n      - walk: {}\n"),
           "    do:\n      - walk", many + "      - walk");
  const Variant variant = draw(good(text), 0);
  const Condition& when = variant.actors[2].actions[0].when;
  EXPECT_EQ(when.a, "old.2");
  EXPECT_EQ(when.entry, 1u);
  // There are three of them.
  const Scenario scenario = good(with(text, "old.2.walk.2", "old.4.walk.2"));
  const auto none = draw_variant(scenario, 7, 0, OneSite(), nullptr);
  ASSERT_FALSE(none);
  EXPECT_NE(core::to_string(none.error()).find("there is no 'old.4' in this variant"),
            std::string::npos);
}

TEST_F(AfterTest, RingsAreReportedOnce) {
  const std::string wait = "      - wait: {}\n";
  EXPECT_EQ(problems(two("      - run: {when: after old.walk}\n",
                         "      - walk: {when: time > 2 s and after child.run}\n")),
            "28:27: 'child.run' waits for itself: child.run -> old.walk -> child.run");
  // Across lists, through the order in them; who waits for a ring is not part of it.
  EXPECT_EQ(problems(two(wait + "      - run: {when: after old.run}\n",
                         "      - walk: {when: after child.run}\n      - run: {}\n" + wait,
                         "end: after old.wait")),
            "29:27: 'child.run' waits for itself: child.run -> old.run -> old.walk -> child.run; "
            "an entry waits for the one before it in its list, too");
}

TEST_F(AfterTest, WhatCanComeOtherwiseIsNoRing) {
  EXPECT_EQ(problems(two("      - run: {when: after old.walk or time > 5 s}\n",
                         "      - walk: {when: after child.run}\n")),
            "fine");
  EXPECT_EQ(problems(two("      - run: {when: not after old.walk}\n",
                         "      - walk: {when: after child.run}\n")),
            "fine");
}

}  // namespace
}  // namespace oddroad::scenario
