// Start-up: everything that a run costs before its first clip, measured on a dataset whose clip is
// complete: loading, scenario, map and rig, devices, looking at what is there. What a clip itself
// costs until its first capture lies on disk (drawing a variant that meets the scenario's
// conditions, playing it, its models and its stage) is paid for each clip, and printed beside it.
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
  const Ended ended = run_oddroad(arguments, scratch / "log", [&] {
    return seen = has_first_capture(dataset);
  });
  EXPECT_TRUE(seen) << ended.output;
  return ended.seconds;
}

double nothing_to_do_s(const tests::Scratch& scratch, const std::vector<std::string>& options) {
  const std::string dataset = scratch / (options.empty() ? "colour" : "labels");
  std::vector<std::string> arguments = {"render",  scenario(), "-o",    dataset,
                                        "--clips", "0",        "--set", "record.duration=0.3 s"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  if (!std::filesystem::exists(dataset)) run_oddroad(arguments, scratch / "log");
  const Ended ended = run_oddroad(arguments, scratch / "log");
  EXPECT_NE(ended.output.find("skipped"), std::string::npos) << ended.output;
  return ended.seconds;
}

TEST(StartUp, BeforeTheFirstClip) {
  const tests::Scratch scratch;
  const auto times = medians(kRepetitions, true, [&]() -> std::vector<double> {
    return {nothing_to_do_s(scratch, {"--no-color"}), nothing_to_do_s(scratch, {})};
  });
  EXPECT_LT(report_times("start-up, labels only, over 2 s", times[0], kBoundS, "< 1"), 1);
  EXPECT_LT(report_times("start-up, colour, over 2 s", times[1], kBoundS, "< 1"), 1);
}

TEST(StartUp, ToTheFirstCapture) {
  const tests::Scratch scratch;
  const auto times = medians(kRepetitions, true, [&]() -> std::vector<double> {
    return {first_capture_s(scratch, {"--no-color"}), first_capture_s(scratch, {})};
  });
  report_times("first capture on disk, labels only, over 2 s", times[0], kBoundS);
  report_times("first capture on disk, colour, over 2 s", times[1], kBoundS);
}

}  // namespace
}  // namespace oddroad::bench
