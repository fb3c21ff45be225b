// like: a scenario that changes another.
#include "tests/unit/scenario/scenario_fixture.h"

namespace oddroad::scenario {
namespace {

class Like : public ScenarioTest {
 protected:
  void SetUp() override {
    ScenarioTest::SetUp();
    write("base/b.yaml", kGood);
    std::ofstream(folder_ / "base" / "m.xodr") << "map of the base";
    std::ofstream(folder_ / "base" / "r.yaml") << "rig of the base";
  }
  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }
};

TEST_F(Like, ChangesWhatItSaysAndKeepsTheRest) {
  const Scenario changed = good(R"(like: base/b.yaml
name: changed
rig: r.yaml
params:
  impact: {choice: {50 %: 1}}
environment:
  sun: {elevation: 3 deg}
  clouds: overcast
actors:
  parked: ~
  child:
    at: {ahead_of: ego, by: 40 m}
)");
  EXPECT_EQ(changed.name, "changed");
  EXPECT_EQ(changed.map_path, (folder_ / "base/m.xodr").string());  // where it is written
  EXPECT_EQ(changed.rig_path, (folder_ / "r.yaml").string());
  ASSERT_EQ(changed.actors.size(), 3u);
  const Variant variant = draw(changed, 0);
  EXPECT_NEAR(variant.environment.sun_elevation_rad, 3 * M_PI / 180, 1e-12);
  EXPECT_EQ(variant.environment.cloud_cover, 1);
  EXPECT_EQ(variant.parameter_values.at("impact"), 0.5);
  EXPECT_EQ(variant.actors[2].at.kind, PlacementKind::kAheadOf);
  EXPECT_GT(variant.parameter_values.at("v_ego"), 5);
  EXPECT_EQ(changed.resolved.find("like"), nullptr);  // clips keep a file that stands alone
}

TEST_F(Like, EqualsTheSameWrittenOut) {
  const Scenario changed = good("like: base/b.yaml\nname: test-crossing\n");
  const auto whole = load_scenario((folder_ / "base/b.yaml").string(), {});
  ASSERT_TRUE(whole);
  EXPECT_EQ(changed.content_hash, whole->content_hash);
  EXPECT_EQ(draw(changed, 3).parameters, draw(*whole, 3).parameters);
}

TEST_F(Like, GoesThroughSeveralFilesAndSet) {
  write("base/middle.yaml", "like: b.yaml\nname: middle\nenvironment: {sun: {elevation: 7 deg}}\n");
  const Scenario changed = good("like: base/middle.yaml\nname: top\n", {"environment.clouds=few"});
  const Variant variant = draw(changed, 0);
  EXPECT_NEAR(variant.environment.sun_elevation_rad, 7 * M_PI / 180, 1e-12);
  EXPECT_EQ(variant.environment.cloud_cover, 1.5 / 8);
}

TEST_F(Like, TellsWhatIsWrongWhereItStands) {
  EXPECT_EQ(problems("like: base/b.yaml\n"), "1:1: scenario: key 'name' is missing");
  EXPECT_NE(problems("name: a\nlike: nowhere.yaml\n").find("2:7: "), std::string::npos);
  write("base/round.yaml", "like: round.yaml\nname: round\n");
  EXPECT_NE(problems("name: a\nlike: base/round.yaml\n").find("base/round.yaml:1:7: like: "),
            std::string::npos);
  write("base/bad.yaml", with(kGood, "by: 60 m", "by: 60 s"));
  EXPECT_NE(problems("name: a\nlike: base/bad.yaml\n").find("base/bad.yaml:22:"),
            std::string::npos);
}

}  // namespace
}  // namespace oddroad::scenario
