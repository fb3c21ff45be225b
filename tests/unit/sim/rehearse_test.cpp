#include "engine/sim/rehearse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sim/run_tally.h"
#include "tests/unit/sim/fixtures.h"

namespace oddroad::sim {
namespace {

using namespace testing;
using ::testing::HasSubstr;
using State = ActionReport::State;

Rehearsal rehearsed(const scenario::Variant& variant) {
  const Street street;
  Setting setting;
  auto out = rehearse(variant, *street.graph, setting.context);
  if (!out) throw std::runtime_error(core::to_string(out.error()));
  return std::move(*out);
}

scenario::Action verb(const char* name) {
  scenario::Action out;
  out.verb = name;
  return out;
}

TEST(Rehearse, MovesAsTheClipDoes) {
  const scenario::Variant v = child_behind_van(10, 2.9, 1.6, 0.5);
  const Rehearsal dry = rehearsed(v);
  const world::Timeline clip = run(v);
  ASSERT_EQ(dry.timeline.end_ns, clip.end_ns);
  ASSERT_EQ(dry.timeline.events.size(), clip.events.size());
  for (std::size_t i = 0; i < clip.actors.size(); ++i) {
    const auto& a = dry.timeline.actors[i].states;
    const auto& b = clip.actors[i].states;
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t k = 0; k < a.size(); ++k) {
      ASSERT_EQ(a[k].T_world_actor.translation, b[k].T_world_actor.translation) << i << " " << k;
    }
  }
  EXPECT_EQ(dry.timeline.facts, clip.facts);
  ASSERT_EQ(dry.report.actions.size(), 1u);
  EXPECT_EQ(dry.report.actions[0].state, State::kStarted);
  EXPECT_TRUE(dry.report.actions[0].has_condition);
  EXPECT_EQ(why_not(dry.report.actions[0]), "");
}

TEST(Rehearse, ATriggerThatNeverFiresSaysHowNearItCame) {
  // At constant speed the time to the conflict falls by a second a second: what it has come down to
  // when the clip ends is what it was when the child would have started, and the time since.
  const double started_s = rehearsed(child_behind_van(10, 2.9, 3, 0.5)).report.actions[0].time_s;
  scenario::Variant v = child_behind_van(10, 2.9, 0.5, 0.5);
  v.max_duration_s = started_s + 1.2;
  const Rehearsal dry = rehearsed(v);
  const ActionReport& action = dry.report.actions.at(0);
  EXPECT_EQ(action.state, State::kWaiting);
  EXPECT_NEAR(action.shortfall.share, (1.8 - 0.5) / 0.5, 0.05);
  EXPECT_THAT(why_not(action), HasSubstr("child.run never started: ego->child.path_ttc came down "
                                         "to 1.8"));
  EXPECT_THAT(why_not(action), HasSubstr("needed <= 0.50 s (waited since 0.00 s)"));
  EXPECT_EQ(dry.report.end, "maximum duration");
  EXPECT_THAT(to_text(v, dry), HasSubstr(why_not(action)));
}

TEST(Rehearse, EntriesBehindOneThatDidNotStartAreToldApart) {
  scenario::Variant v = child_behind_van(10, 2.9, 0.001, 0.5);
  v.actors[2].actions.push_back(verb("wait"));
  v.actors.push_back(actor("walker", "pedestrian.adult", ahead_of("ego", 20, "sidewalk")));
  v.actors.back().actions = {verb("walk"), verb("wait")};
  v.actors.back().actions[1].duration_s = 1;
  v.max_duration_s = 1;
  const RunReport report = rehearsed(v).report;
  ASSERT_EQ(report.actions.size(), 4u);
  EXPECT_EQ(report.actions[0].state, State::kWaiting);
  EXPECT_EQ(report.actions[1].state, State::kNotReached);
  EXPECT_EQ(report.actions[2].state, State::kStarted);
  EXPECT_EQ(report.actions[3].state, State::kInTurn);  // walks on and on
  EXPECT_THAT(why_not(report.actions[3]), HasSubstr("the entry before it never came to its end"));
}

TEST(Rehearse, TheEndSaysWhatBroughtIt) {
  scenario::Variant v = child_behind_van(10, 2.9, 1.6, 0.5);
  v.end.kind = scenario::Condition::Kind::kOr;
  v.end.terms = {compare("", "", "time", ">", 12), event("ego", "child", "hit")};
  const Rehearsal dry = rehearsed(v);
  EXPECT_EQ(dry.report.end, "end condition: ego->child.hit");
  EXPECT_THAT(to_text(v, dry), HasSubstr("end: end condition: ego->child.hit"));
  EXPECT_THAT(to_text(v, dry), HasSubstr("collision"));
}

TEST(Rehearse, AnglesAreToldInDegrees) {
  const Street street;
  Setting setting;
  scenario::Variant v = ego_only(10);
  v.parameters = {{"sun", "0.523599 rad"}, {"turn", "-0.0174533 rad/s"}, {"v", "8 m/s"}};
  const auto run = rehearse(v, *street.graph, setting.context);
  ASSERT_TRUE(run);
  const std::string text = to_text(v, *run);
  EXPECT_NE(text.find("sun                30 deg\n"), std::string::npos) << text;
  EXPECT_NE(text.find("turn               -1 deg/s\n"), std::string::npos) << text;
  EXPECT_NE(text.find("v                  8 m/s\n"), std::string::npos) << text;
}

TEST(Rehearse, ARareEventIsNotedOrItsMissIsTold) {
  scenario::Variant v = child_behind_van(10, 2.9, 1.6, 0.5);
  v.rare_event = event("ego", "child", "hit");
  const Rehearsal met = rehearsed(v);
  ASSERT_TRUE(met.report.rare && met.report.rare->happened);
  EXPECT_NEAR(met.report.rare->time_s, met.report.end_s, 15);
  EXPECT_THAT(to_text(v, met), HasSubstr("rare event: ego->child.hit"));
  v.max_duration_s = 1;
  const Rehearsal missed = rehearsed(v);
  ASSERT_TRUE(missed.report.rare && !missed.report.rare->happened);
  // The gap at the end, in metres.
  EXPECT_NEAR(missed.report.rare->shortfall.share,
              missed.timeline.facts.encounters.back().min_gap_m, 0.2);
  EXPECT_THAT(to_text(v, missed), HasSubstr("the rare event never happened"));
}

TEST(RunTally, CountsAndKeepsTheNearestMiss) {
  std::vector<RunOutcome> outcomes;
  for (std::uint32_t k = 0; k < 4; ++k) {
    scenario::Variant v = child_behind_van(10, 2.9, k == 3 ? 1.6 : 0.1, 0.5);
    v.max_duration_s = k == 3 ? 15 : 1.0 + k;  // the later it ends, the nearer it came
    outcomes.push_back(outcome_of(k, rehearsed(v)));
  }
  const RunTally sum = tally(outcomes);
  ASSERT_EQ(sum.entries.size(), 1u);
  EXPECT_EQ(sum.entries[0].runs, 4);
  EXPECT_EQ(sum.entries[0].started, 1);
  EXPECT_EQ(sum.entries[0].share(), 0.25);
  EXPECT_EQ(sum.entries[0].nearest_sample, 2u);
  EXPECT_EQ(sum.hit.at("child"), 1);
  EXPECT_EQ(sum.min_gap_m.size(), 4u);
  EXPECT_EQ(sum.min_gap_m[0], 0);
  EXPECT_THAT(to_text(sum), HasSubstr("started in 1 of 4 (25.0 %)"));
}

TEST(RunTally, ConditionsThatAreTrueFromTheStartAreTold) {
  const auto sum = [](double ttc_s) {
    scenario::Variant v = child_behind_van(10, 2.9, ttc_s, 0.5);
    v.max_duration_s = 1;
    return tally({outcome_of(0, rehearsed(v))});
  };
  EXPECT_EQ(sum(60).entries[0].at_start(), 1);
  EXPECT_THAT(to_text(sum(60)), HasSubstr("its condition was true from the start in 1"));
  EXPECT_EQ(sum(0.1).entries[0].at_start(), 0);
}

TEST(RunTally, PiecesOfManyAreOneEntry) {
  scenario::Variant v = ego_only(10);
  for (const char* name : {"dog.1", "dog.2"}) {
    v.actors.push_back(actor(name, "animal.dog", ahead_of("ego", 40, "sidewalk")));
    v.actors.back().at.lateral_m = name[4] == '1' ? 0.8 : -0.8;
    v.actors.back().actions = {verb("walk")};
  }
  v.max_duration_s = 1;
  const RunTally sum = tally({outcome_of(0, rehearsed(v))});
  ASSERT_EQ(sum.entries.size(), 1u);
  EXPECT_EQ(sum.entries[0].what, "dog.walk");
  EXPECT_EQ(sum.entries[0].runs, 2);
  EXPECT_EQ(sum.entries[0].started, 2);
}

}  // namespace
}  // namespace oddroad::sim
