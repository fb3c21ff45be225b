// The main scenarios on other people's maps: they render, or say in one line why not.
#include <algorithm>

#include "tests/integration/fixture.h"

namespace oddroad::tests {
namespace {

class SharedMap : public testing::TestWithParam<const char*> {};

TEST_P(SharedMap, RendersOrSaysWhyNot) {
  const std::string map = std::string(ODDROAD_SHARED_DIR "/data/xodr/") + GetParam() + ".xodr";
  if (!std::filesystem::exists(map)) GTEST_SKIP() << map << " is not there";
  const Scratch scratch;
  for (const char* name : {"child-behind-parked-van", "adult-nearside-crossing"}) {
    const auto ran = run_cli({"render", source(std::string("scenarios/vru/") + name + ".yaml"),
                              "-o", scratch / name, "--clips", "0", "--set",
                              "map=" + std::filesystem::absolute(map).string(), "--set",
                              "record.rate=1 Hz", "--no-color"});
    std::printf("%s on %s: exit %d: %s", name, GetParam(), ran.code, ran.err.c_str());
    if (ran.code == cli::kDone) {
      EXPECT_EQ(clip_hashes(scratch / name).size(), 1u);
    } else {
      EXPECT_EQ(ran.code, cli::kSetAside);
      EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
      EXPECT_NE(ran.err.find("no "), std::string::npos) << ran.err;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Maps, SharedMap,
                         testing::Values("e6mini", "fabriksgatan", "curves_elevation", "soderleden",
                                         "Town01"));

}  // namespace
}  // namespace oddroad::tests
