// outcomes:
#include "tests/unit/scenario/scenario_fixture.h"

namespace oddroad::scenario {
namespace {

class OutcomesTest : public ScenarioTest {
 protected:
  static std::string text(const std::string& outcomes) {
    return kGood + "outcomes: " + outcomes + "\n";
  }
};

TEST_F(OutcomesTest, GoalsAreReadInSi) {
  const Scenario scenario = good(
      text("{of: child, cover: {min_ttc: {0 .. 1 s: 20, 1 .. 3 s: 5}, occlusion: {50 .. 100 %: "
           "4}, pixels: {0 .. 100: 7}}}"));
  EXPECT_EQ(scenario.outcomes.of, "child");
  ASSERT_EQ(scenario.outcomes.cover.size(), 3u);
  EXPECT_EQ(scenario.outcomes.cover[0].bins[1].wanted, 5u);
  EXPECT_EQ(scenario.outcomes.cover[0].bins[1].upper, 3);
  EXPECT_EQ(scenario.outcomes.cover[1].bins[0].lower, 0.5);
  EXPECT_STREQ(outcome_quantities()[scenario.outcomes.cover[2].quantity].name, "pixels");
  // Nothing of it is in a clip.
  EXPECT_EQ(scenario.content_hash, good(kGood).content_hash);
}

TEST_F(OutcomesTest, MistakesAreToldWhereTheyStand) {
  EXPECT_EQ(problems(text("{of: chidl}")), "36:16: unknown actor 'chidl'; did you mean 'child'?");
  EXPECT_EQ(problems(text("{cover: {min_tcc: {0 .. 1 s: 2}}}")),
            "36:20: unknown outcome 'min_tcc'; did you mean 'min_ttc'?");
  EXPECT_EQ(problems(text("{cover: {min_ttc: {0 .. 1 m: 2}}}")),
            "36:30: min_ttc: expected a range of a time like '2 s', found '0 .. 1 m'");
  EXPECT_EQ(problems(text("{cover: {min_ttc: {0 .. 1 s: 0}}}")),
            "36:40: expected how many samples are wanted, found '0'");
  EXPECT_EQ(problems(text("{cover: {min_ttc: 5}}")),
            "36:29: min_ttc: expected ranges with numbers of samples like {0 .. 1 s: 20}");
  EXPECT_EQ(problems(text("{target: child}")), "36:12: unknown key 'target'; there are of, cover");
}

}  // namespace
}  // namespace oddroad::scenario
