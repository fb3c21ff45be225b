// Entries that wait for others to have started.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sim/rehearse.h"
#include "engine/sim/trigger.h"
#include "tests/unit/sim/fixtures.h"

namespace oddroad::sim {
namespace {

using namespace testing;
using ::testing::HasSubstr;
using Kind = scenario::Condition::Kind;

scenario::Condition after(const std::string& who, const std::string& verb, std::size_t entry,
                          double for_s = 0) {
  scenario::Condition out;
  out.kind = Kind::kAfter;
  out.a = who;
  out.quantity = verb;
  out.entry = entry;
  out.for_s = for_s;
  return out;
}

scenario::Action verb(const std::string& name, const scenario::Condition& when = {}) {
  scenario::Action out;
  out.verb = name;
  out.when = when;
  return out;
}

// Two cars ahead of the ego, each with its list; `first` is declared first.
scenario::Variant two_cars(const std::vector<scenario::Action>& first,
                           const std::vector<scenario::Action>& second) {
  scenario::Variant v = ego_only(8);
  v.actors.push_back(actor("first", "car.sedan", ahead_of("ego", 40, "same")));
  v.actors.push_back(actor("second", "car.sedan", ahead_of("ego", 80, "same")));
  v.actors[1].drive = v.actors[2].drive = scenario::Drive{"constant", 8, false};
  v.actors[1].actions = first;
  v.actors[2].actions = second;
  v.max_duration_s = 6;
  return v;
}

Rehearsal rehearsed(const scenario::Variant& variant) {
  const Street street;
  Setting setting;
  auto out = rehearse(variant, *street.graph, setting.context);
  if (!out) throw std::runtime_error(core::to_string(out.error()));
  return std::move(*out);
}

TEST(After, FollowsByOneStepWhoeverStandsFirst) {
  const auto at_two = verb("stop", compare("", "", "time", ">=", 2));
  const auto behind = rehearsed(two_cars({at_two}, {verb("stop", after("first", "stop", 0))}));
  const auto before = rehearsed(two_cars({verb("stop", after("second", "stop", 0))}, {at_two}));
  EXPECT_NEAR(behind.report.actions[0].time_s, 2, 1e-9);
  EXPECT_NEAR(behind.report.actions[1].time_s, 2.01, 1e-9);
  EXPECT_NEAR(before.report.actions[0].time_s, 2.01, 1e-9);
  EXPECT_NEAR(before.report.actions[1].time_s, 2, 1e-9);
}

TEST(After, ForCountsFromTheStartOfTheOtherNotOfTheWait) {
  const std::vector<scenario::Action> first = {verb("go", compare("", "", "time", ">=", 1))};
  const auto so_long = after("first", "go", 0, 0.5);
  const auto soon = rehearsed(two_cars(first, {verb("stop", so_long)}));
  EXPECT_NEAR(soon.report.actions[1].time_s, 1.5, 1e-9);
  // Waits only from 2 s on: it has been long enough by then.
  const auto late = rehearsed(
      two_cars(first, {verb("lights", compare("", "", "time", ">=", 2)), verb("stop", so_long)}));
  EXPECT_NEAR(late.report.actions[1].time_s, 2, 1e-9);
  EXPECT_NEAR(late.report.actions[2].time_s, 2.01, 1e-9);
}

TEST(After, ReachesEarlierEntriesOfTheSameListAndTheEnd) {
  scenario::Variant v = two_cars(
      {verb("go", compare("", "", "time", ">=", 1)), verb("stop", after("first", "go", 0, 2))}, {});
  v.end = after("first", "stop", 1, 0.3);
  const Rehearsal run = rehearsed(v);
  EXPECT_NEAR(run.report.actions[1].time_s, 3, 1e-9);
  EXPECT_NEAR(run.report.end_s, 3.3, 1e-9);
  EXPECT_EQ(run.report.end, "end condition: after first.stop for 0.30 s");
}

TEST(After, SaysWhyItNeverCame) {
  const auto never = compare("first", "", "speed", ">", 30);
  const Rehearsal run =
      rehearsed(two_cars({verb("stop", never)}, {verb("stop", after("first", "stop", 0))}));
  EXPECT_EQ(why_not(run.report.actions[1]),
            "second.stop never started: first.stop never started (waited since 0.00 s)");
  const Rehearsal brief = rehearsed(two_cars({verb("stop", compare("", "", "time", ">=", 5))},
                                             {verb("stop", after("first", "stop", 0, 4))}));
  EXPECT_THAT(
      why_not(brief.report.actions[1]),
      HasSubstr("after first.stop held for 0.99 s at most (until 5.99 s), needed for 4.00"));
}

TEST(After, NobodyOfThatNameIsReported) {
  EXPECT_THAT(core::to_string(check_condition(after("nobody", "go", 0), Bodies(1))),
              HasSubstr("unknown actor 'nobody'"));
}

}  // namespace
}  // namespace oddroad::sim
