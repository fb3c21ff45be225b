// about:, and what of the language the catalogue brought with it.
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
  EXPECT_EQ(problems(std::string(kGood) + "about: {look_alike: no.yaml}\n").substr(0, 67),
            "36:21: file 'no.yaml' not found; did you mean 'r.yaml'? looked for ");
}

TEST_F(AboutTest, MeetCrossesTheLaneOfWhomItNames) {
  const std::string run =
      "run: {when: ego->child.path_ttc <= $ttc, across: ego.lane, speed: 3 m/s,"
      " aim: $impact}";
  const auto first_action = [&](const std::string& verb) {
    const Variant v = draw(good(with(kGood, run, verb), {"params.ttc=1.5 s"}), 0);
    for (const VariantActor& actor : v.actors) {
      if (actor.name == "child") return actor.actions.front();
    }
    return Action{};
  };
  const Action aimed = first_action("meet: {with: ego, speed: 5 km/h, aim: $impact}");
  EXPECT_EQ(aimed.across, "ego");
  EXPECT_EQ(aimed.word("with"), "ego");
  EXPECT_TRUE(aimed.aim);
  EXPECT_EQ(first_action("meet: {with: ego, accel: $impact * 1 m/s2}").aim, 0.5);
  const std::string missing = problems(with(kGood, run, "meet: {speed: 5 km/h, aim: $impact}"));
  EXPECT_TRUE(missing.starts_with("28:15: meet: key 'with' is missing")) << missing;
}

TEST_F(AboutTest, PlacesMayCountFromTheMiddle) {
  const Variant v = draw(good(with(kGood, "by: 60 m,", "by: 60 m, from: middle,")), 0);
  EXPECT_TRUE(v.actors[1].at.from_middle);
  EXPECT_FALSE(v.actors[0].at.from_middle);
  const Variant swaying = draw(good(with(kGood, "react: none}", "react: none, sway: 0.5}")), 0);
  EXPECT_EQ(swaying.actors[0].drive->sway, 0.5);
}

}  // namespace
}  // namespace oddroad::scenario
