// like: a scenario that changes another; use: parts that several share.
#include "engine/scenario/explain.h"
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

using Use = Like;

TEST_F(Use, PutsSharedPartsUnderTheScenario) {
  write("parts/weather.yaml", "environment: {clouds: overcast, rain: 3 mm/h}\n");
  write("parts/later.yaml",
        "params: {grip: 0.2 .. 0.5}\nenvironment: {rain: 9 mm/h, friction: $grip}\n");
  const std::string text = "use: [parts/weather.yaml, parts/later.yaml]\n" + kGood;
  const Scenario scenario = good(text);
  const Variant variant = draw(scenario, 0);
  EXPECT_EQ(variant.environment.cloud_cover, 1);
  EXPECT_EQ(variant.environment.rain_mm_per_h, 9);  // a later file over an earlier one
  EXPECT_NEAR(variant.environment.sun_elevation_rad, 10 * M_PI / 180, 1e-12);  // its own over all
  EXPECT_GE(variant.parameter_values.at("grip"), 0.2);
  EXPECT_EQ(scenario.resolved.find("use"), nullptr);
  // Of the same tree written in one file.
  const std::string apart = explain(scenario.resolved, file());
  const Scenario whole = good(apart);
  EXPECT_EQ(whole.content_hash, scenario.content_hash);
  EXPECT_EQ(draw(whole, 5).parameters, draw(scenario, 5).parameters);
  // Each value tells where it comes from.
  EXPECT_NE(apart.find((folder_ / "parts/later.yaml").string() + ":1"), std::string::npos) << apart;
  EXPECT_NE(apart.find((folder_ / "parts/weather.yaml").string() + ":1"), std::string::npos);
}

TEST_F(Use, StandsBetweenTheScenarioOfLikeAndTheFileItself) {
  write("parts/night.yaml", "environment: {sun: ~, time: \"23:30\", moon: full}\n");
  const std::string text = "like: base/b.yaml\nuse: parts/night.yaml\nname: night\n";
  const Scenario night = good(text + "environment: {moon: new}\n");
  EXPECT_EQ(night.resolved.find("environment")->find("sun"), nullptr);
  EXPECT_EQ(night.resolved.find("environment")->find("moon")->text(), "new");
  // From the command line, too.
  const Scenario set = good(kGood, {"use=[" + (folder_ / "parts/night.yaml").string() + "]"});
  EXPECT_EQ(set.resolved.find("environment")->find("time")->text(), "23:30");
}

// Parts clear what does not go with them; few scenarios have all of it.
TEST_F(Use, ClearsWhatIsNotThere) {
  const std::string small = with(kGood,
                                 "environment:\n  sun: {elevation: 10 deg, azimuth: 0 .. "
                                 "360 deg}\n",
                                 "");
  for (const char* part : {"dense-fog", "low-sun", "night-rain", "winter"}) {
    const std::string use =
        std::string("use: ") + ODDROAD_SOURCE_DIR + "/scenarios/parts/" + part + ".yaml\n";
    const Scenario bare = good(use + small);
    EXPECT_TRUE(bare.warnings.empty()) << part;
    const Scenario empty = good(use + small + "environment: {moon: new}\n");
    // As if the part had been written out without them.
    EXPECT_EQ(good(explain(bare.resolved, file())).content_hash, bare.content_hash) << part;
    EXPECT_EQ(draw(bare, 3).environment.rain_mm_per_h, draw(empty, 3).environment.rain_mm_per_h);
    // And it still clears what is there.
    const Scenario cleared = good("like: base/b.yaml\nname: test-crossing\n" + use);
    EXPECT_EQ(draw(cleared, 3).environment.sun_elevation_rad,
              draw(bare, 3).environment.sun_elevation_rad);
  }
}

TEST_F(Use, APartClearsInFilesBelowThoseThatItUses) {
  write("parts/dry.yaml", "environment: {rain: ~, params: ~}\nrequire: ~\n");
  write("parts/noon.yaml", "use: dry.yaml\nenvironment: {clouds: few}\n");
  write("parts/rain.yaml", "environment: {rain: 3 mm/h}\n");
  const Scenario dry = good("use: [parts/rain.yaml, parts/noon.yaml]\n" + kGood);
  EXPECT_EQ(draw(dry, 0).environment.rain_mm_per_h, 0);
  // Nothing written is a value forgotten, not one cleared.
  EXPECT_EQ(
      problems("use: parts/rain.yaml\n" + with(kGood, "site: {", "traffic:\n  density:\nsite: {")),
      "14:3: key 'density' has no value");
}

TEST_F(Use, ListsAreReplacedOrAddedTo) {
  const std::string like = "like: base/b.yaml\nname: more\n";
  EXPECT_EQ(good(like + "require: [$ttc > 1 s]\n").bounds.size(), 1u);
  const Scenario more = good(like + "+require: [$ttc > 1 s]\n+tags: [a]\n");
  ASSERT_EQ(more.bounds.size(), 2u);
  EXPECT_EQ(more.bounds[1].text, "$ttc > 1 s");
  EXPECT_EQ(more.tags, std::vector<std::string>{"a"});
  EXPECT_EQ(problems(like + "+require: 3\n"), "3:1: '+require' adds a list to a list, found '3'");
  EXPECT_EQ(
      problems(like + "+require: []\nrequire: []\n"),
      "3:1: '+require' beside 'require'; one of them replaces the list, the other adds to it");
  EXPECT_NE(problems(like + "+site: [a]\n").find("3:1: '+site' adds a list to a list, found a map"),
            std::string::npos);
}

TEST_F(Use, UnusedParametersOfSharedFilesAreNoWarnings) {
  write("parts/many.yaml", "params: {spare: 1 .. 2 m}\n");
  EXPECT_TRUE(good("use: parts/many.yaml\n" + kGood).warnings.empty());
}

TEST_F(Use, TellsAllThatIsWrongWhereItStands) {
  write("parts/named.yaml", "name: x\n");
  write("parts/list.yaml", "[1]\n");
  write("parts/round.yaml", "use: [round.yaml]\n");
  write("parts/bad.yaml", "environment: {clouds: cloudy}\n");
  const std::string found = problems(
      "use: [parts/named.yaml, parts/list.yaml, parts/round.yaml, nowhere.yaml]\n" + kGood);
  const auto tells = [&](const std::string& what) {
    EXPECT_NE(found.find(what), std::string::npos) << what << "\n" << found;
  };
  tells("parts/named.yaml:1:7: use: a file of parts has no name");
  tells("parts/list.yaml:1:1: expected a map, found a list");
  tells("parts/round.yaml:1:7: use: 'round.yaml' leads back to itself");
  tells("file 'nowhere.yaml' not found");
  EXPECT_NE(problems("use: parts/bad.yaml\n" + kGood).find("parts/bad.yaml:1:23: 'cloudy'"),
            std::string::npos);
  EXPECT_EQ(problems("use: []\n" + kGood),
            "1:6: use: expected a file or a list of files, found a list");
}

}  // namespace
}  // namespace oddroad::scenario
