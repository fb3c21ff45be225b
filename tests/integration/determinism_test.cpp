#include "tests/integration/fixture.h"

namespace oddroad::tests {
namespace {

TEST(Determinism, WorkersAndNeighboursChangeNoByte) {
  const Scratch scratch;
  const std::string one = scratch / "one";
  const std::string two = scratch / "two";
  const std::string alone = scratch / "alone";
  const auto render = [](const std::string& out, const char* clips, const char* jobs) {
    const auto ran = run_cli(
        {"render", quick_scenario(), "-o", out, "--clips", clips, "--jobs", jobs, "--no-color"});
    EXPECT_EQ(ran.code, 0) << ran.err;
  };
  render(one, "0..3", "1");
  render(two, "0..3", "2");
  render(alone, "3", "1");
  const auto hashes = clip_hashes(one);
  ASSERT_EQ(hashes.size(), 4u);
  EXPECT_EQ(hashes, clip_hashes(two));
  const auto last = clip_hashes(alone);
  ASSERT_EQ(last.size(), 1u);
  EXPECT_EQ(last.begin()->second, hashes.at(last.begin()->first));
}

TEST(Determinism, WorkersChangeNoRadarAndNoMotionSensor) {
  const Scratch scratch;
  const std::string rig = "rig=" ODDROAD_SOURCE_DIR "/tests/integration/data/quick_radar_rig.yaml";
  for (const char* jobs : {"1", "2"}) {
    const std::string out = scratch / jobs;
    const auto ran = run_cli({"render", quick_scenario(), "-o", out, "--clips", "0..1", "--jobs",
                              jobs, "--no-color", "--set", "end=time > 0.35 s", "--set", rig});
    ASSERT_EQ(ran.code, 0) << ran.err;
  }
  EXPECT_EQ(clip_hashes(scratch / "1"), clip_hashes(scratch / "2"));
}

TEST(Determinism, AClipIsMadeAgainFromItselfAlone) {
  const Scratch scratch;
  const std::string first = scratch / "first";
  ASSERT_EQ(run_cli({"render", quick_scenario(), "-o", first, "--clips", "1", "--no-color"}).code,
            0);
  const auto reader = dataset::DatasetReader::open(first);
  ASSERT_TRUE(reader.has_value());
  const std::string again = (reader->clips().at(0) / "scenario.yaml").string();
  const auto ran =
      run_cli({"render", again, "-o", scratch / "second", "--clips", "1", "--no-color"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(clip_hashes(first), clip_hashes(scratch / "second"));
}

TEST(Determinism, AnotherSeedIsAnotherClip) {
  const Scratch scratch;
  const std::string out = scratch / "dataset";
  for (const char* seed : {"3", "4"}) {
    const auto ran = run_cli(
        {"render", quick_scenario(), "-o", out, "--clips", "0", "--seed", seed, "--no-color"});
    EXPECT_EQ(ran.code, 0) << ran.err;
  }
  const auto hashes = clip_hashes(out);
  ASSERT_EQ(hashes.size(), 2u);
  EXPECT_NE(hashes.begin()->second, hashes.rbegin()->second);
}

TEST(Determinism, ColourRepeatsAndCompleteClipsAreSkipped) {
  const Scratch scratch;
  for (const char* name : {"a", "b"}) {
    const auto ran =
        run_cli({"render", quick_scenario(), "-o", scratch / name, "--clips", "0", "--validation"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.err.find("validation:"), std::string::npos) << ran.err;
  }
  EXPECT_EQ(clip_hashes(scratch / "a"), clip_hashes(scratch / "b"));
  const auto again = run_cli({"render", quick_scenario(), "-o", scratch / "a", "--clips", "0"});
  EXPECT_EQ(again.code, 0);
  EXPECT_NE(again.err.find("skipped"), std::string::npos) << again.err;
}

}  // namespace
}  // namespace oddroad::tests
