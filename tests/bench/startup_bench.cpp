// Start-up: from starting the program to its first capture lying complete on disk. That is
// everything a user waits for before data flows: loading, scenario, map and rig, drawing a variant,
// playing it, the stage, devices and shaders, and the first tick itself.
#include <filesystem>

#include "tests/bench/child.h"
#include "tests/bench/scene.h"
#include "tests/bench/table.h"
#include "tests/bench/timing.h"

namespace oddroad::bench {
namespace {

constexpr int kRepetitions = 5;
constexpr double kBoundS = 2.0;

double first_capture_s(const tests::Scratch& scratch, const std::vector<std::string>& options) {
  const std::string dataset = scratch / "dataset";
  std::filesystem::remove_all(dataset);
  std::vector<std::string> arguments = {"render", scenario(), "-o", dataset, "--clips", "0"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  bool seen = false;
  const Ended ended =
      run_oddroad(arguments, scratch / "log", [&] { return seen = has_first_capture(dataset); });
  EXPECT_TRUE(seen) << ended.output;
  return ended.seconds;
}

TEST(StartUp, ToTheFirstCapture) {
  const tests::Scratch scratch;
  const auto times = medians(kRepetitions, true, [&]() -> std::vector<double> {
    return {first_capture_s(scratch, {"--no-color"}), first_capture_s(scratch, {})};
  });
  EXPECT_LT(report_times("start-up, labels only, over 2 s", times[0], kBoundS, "< 1"), 1);
  EXPECT_LT(report_times("start-up, colour, over 2 s", times[1], kBoundS, "< 1"), 1);
}

}  // namespace
}  // namespace oddroad::bench
