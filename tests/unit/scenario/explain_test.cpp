// explain: a resolved scenario with the origin of every value.
#include "engine/scenario/explain.h"

#include "tests/unit/scenario/scenario_fixture.h"

namespace oddroad::scenario {
namespace {

using ExplainTest = ScenarioTest;

TEST_F(ExplainTest, ReadsBackAsTheSameTree) {
  const Scenario scenario =
      good(kGood, {"environment.time=\"06:30\"", "summary='a: b, \"c\" # d'"});
  const std::string text = explain(scenario.resolved, file());
  const auto again = core::parse_yaml(text, "explained.yaml");
  ASSERT_TRUE(again) << text << core::to_string(again.error());
  EXPECT_EQ(core::canonical_text(*again), core::canonical_text(scenario.resolved));
}

TEST_F(ExplainTest, NamesTheFileAndLineOfEachValue) {
  std::filesystem::create_directories(folder_ / "base");
  for (const char* name : {"m.xodr", "r.yaml"}) std::ofstream(folder_ / "base" / name) << "x";
  std::ofstream(folder_ / "base/b.yaml") << kGood;
  const Scenario scenario = good(
      "like: base/b.yaml\nname: changed\nenvironment:\n  sun: {elevation: 3 deg}\n"
      "  clouds: overcast\n",
      {"params.v_ego=36 km/h"});
  const std::string text = explain(scenario.resolved, file());
  const auto line = [&](const std::string& start) {
    const std::size_t at = text.find(start);
    return at == std::string::npos ? "none: " + start : text.substr(at, text.find('\n', at) - at);
  };
  const auto ends = [&](const std::string& start, const std::string& end) {
    EXPECT_TRUE(line(start).ends_with("# " + end)) << line(start);
  };
  const std::string base = (folder_ / "base/b.yaml").string();
  ends("name: changed", "s.yaml:2");
  ends("  v_ego: 36 km/h", "--set params.v_ego");
  ends("  ttc: {normal: 1.6 s, sd: 0.5 s, in: 0.8 .. 3.0 s}", base + ":7");
  ends("    elevation: 3 deg", "s.yaml:4");  // not on one line: its neighbour comes from elsewhere
  ends("    azimuth: 0 .. 360 deg", base + ":14");
  ends("  clouds: overcast", "s.yaml:5");
  ends("require: [$v_ego * $ttc > 6 m]", base + ":11");
  ends("          when: ego->child.path_ttc <= $ttc", base + ":28");
}

}  // namespace
}  // namespace oddroad::scenario
