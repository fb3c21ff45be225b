// `together`: what is read of it, and what cannot go together.
#include "engine/scenario/together.h"

#include "engine/scenario/verbs.h"
#include "tests/unit/scenario/scenario_fixture.h"

namespace oddroad::scenario {
namespace {

class TogetherTest : public ScenarioTest {
 protected:
  // The ego with this list, which begins at 21:5.
  static std::string told(const std::string& todo) {
    const std::string drive = "    drive: {speed: $v_ego, react: none}\n";
    return with(kGood, drive, drive + "    do:\n" + todo);
  }
};

TEST_F(TogetherTest, ListsAreReadInTheirPlaceAndDrawOnTheirOwn) {
  const Scenario scenario =
      good(told("      - lights: {beam: high}\n"
                "      - together: {when: time > 2 s, do: [{brake: {accel: 1 .. 4 m/s2}}, {lights: "
                "{indicator: hazard}}, {offset: {by: 0.5 m}}]}\n"
                "      - together: [{go: {speed: 9 m/s}}, {open_door: {}}]\n"
                "      - stop: {when: after ego.open_door}\n"));
  const Variant variant = draw(scenario, 0);
  const std::vector<Action>& list = variant.actors[0].actions;
  ASSERT_EQ(list.size(), 7u);
  const char* const verbs[] = {"lights", "brake", "lights", "offset", "go", "open_door", "stop"};
  const bool with_last[] = {false, false, true, true, false, true, false};
  for (std::size_t k = 0; k < list.size(); ++k) {
    EXPECT_EQ(list[k].verb, verbs[k]);
    EXPECT_EQ(list[k].with_last, with_last[k]) << k;
    EXPECT_EQ(list[k].when.kind == Condition::Kind::kAlways, k != 1 && k != 6) << k;
  }
  EXPECT_EQ(list[6].when.entry, 5u);
  EXPECT_GE(list[1].number("accel", 0), 1);
  EXPECT_NE(list[1].number("accel", 0), draw(scenario, 1).actors[0].actions[1].number("accel", 0));
}

TEST_F(TogetherTest, WhatBothWouldSettleIsAnError) {
  const auto list = [&](const std::string& entries) {
    return problems(told("      - together: [" + entries + "]\n"));
  };
  EXPECT_EQ(list("{brake: {}}, {lights: {indicator: hazard}}"), "fine");
  EXPECT_EQ(list("{lights: {beam: low}}, {offset: {by: 1 m}}, {keep: {behind: van, gap: 9 m}}"),
            "fine");
  EXPECT_EQ(list("{brake: {}}, {go: {speed: 3 m/s}}"),
            "21:34: 'brake' and 'go' cannot go together: both settle how fast it goes");
  EXPECT_EQ(list("{swerve: {by: 1 m}}, {lights: {beam: low}}, {change_lane: {to: left}}"),
            "21:65: 'swerve' and 'change_lane' cannot go together: both settle where it is across "
            "the lane");
  EXPECT_EQ(list("{spin: {rate: 1 rad/s}}, {stop: {}}"),
            "21:46: 'spin' and 'stop' cannot go together: both settle how fast it goes");
}

TEST_F(TogetherTest, FaultsHaveTheirPlaceAndHint) {
  const auto list = [&](const std::string& value) {
    return problems(told("      - together: " + value + "\n"));
  };
  const std::string write = "; write 'together: [{brake: {}}, {lights: {indicator: hazard}}]'";
  EXPECT_EQ(list("[{brake: {}}]"),
            "21:19: together: expected a list of two entries or more, found 1" + write);
  EXPECT_EQ(list("{do: {brake: {}}}"),
            "21:24: together: expected a list of two entries or more, found a map" + write);
  EXPECT_EQ(list("3 s"),
            "21:19: together: expected a list of two entries or more, found '3 s'" + write);
  EXPECT_EQ(list("{brake: {}, lights: {}}"),
            "21:19: together: key 'do' is missing\n21:20: unknown key 'brake'; there are when, "
            "do\n21:31: unknown key 'lights'; there are when, do");
  EXPECT_EQ(list("[{brake: {when: time > 2 s}}, {lights: {}}]"),
            "21:29: unknown key 'when'; did you mean 'together: {when: ..., do: [...]}'?");
  EXPECT_EQ(list("[{together: [{brake: {}}, {lights: {}}]}, {go: {speed: 1 m/s}}]"),
            "21:21: unknown verb 'together'");
  EXPECT_EQ(problems(told("      - togehter: [{brake: {}}, {lights: {}}]\n")),
            "21:9: unknown verb 'togehter'; did you mean 'together'?");
  EXPECT_EQ(list("[{lights: {beam: low}}, {walk: {}}]").substr(0, 38),
            "21:44: 'ego' is a car.hatchback: a veh");
}

TEST_F(TogetherTest, OfTwoThatCannotItIsSaidBothWays) {
  for (const Verb& a : verbs()) {
    EXPECT_NE(both_settle(a.name, a.name), "") << a.name;
    for (const Verb& b : verbs()) {
      EXPECT_EQ(both_settle(a.name, b.name).empty(), both_settle(b.name, a.name).empty());
    }
  }
}

}  // namespace
}  // namespace oddroad::scenario
