// about: what a scenario stands for.
#include "tests/unit/scenario/scenario_fixture.h"

namespace oddroad::scenario {
namespace {

using AboutTest = ScenarioTest;

const char* const kAbout =
    "about: {entry: A1, anchors: [NCAP CPNCO-50, NHTSA 12], level: scenario, key: child.run, "
    "look_alike: m.xodr}\n";

TEST_F(AboutTest, IsReadAndChangesNoVariant) {
  const Scenario plain = good(kGood);
  const Scenario told = good(std::string(kGood) + kAbout);
  EXPECT_EQ(told.about.entry, "A1");
  EXPECT_EQ(told.about.anchors, (std::vector<std::string>{"NCAP CPNCO-50", "NHTSA 12"}));
  EXPECT_EQ(told.about.level, "scenario");
  EXPECT_EQ(told.about.key, "child.run");
  EXPECT_EQ(told.about.look_alike, (folder_ / "m.xodr").string());
  EXPECT_EQ(told.content_hash, plain.content_hash);
}

TEST_F(AboutTest, MistakesAreToldWhereTheyStand) {
  EXPECT_EQ(problems(std::string(kGood) + "about: {level: scenery, anchors: NCAP, ancors: []}\n"),
            "36:34: anchors: expected a list, found 'NCAP'\n"
            "36:16: level: 'scenery' is none of pixel, domain, object, scene, scenario, sensor; "
            "did you mean 'scene'?\n"
            "36:40: unknown key 'ancors'; did you mean 'anchors'?");
  EXPECT_EQ(problems(std::string(kGood) + "about: {look_alike: no.yaml}\n").substr(0, 37),
            "36:21: file 'no.yaml' not found; look");
}

}  // namespace
}  // namespace oddroad::scenario
