// Label-only renders as a user runs them, written to disk: frames a second of a whole run, and of
// what follows its first capture.
#include <filesystem>

#include "tests/bench/child.h"
#include "tests/bench/scene.h"
#include "tests/bench/table.h"
#include "tests/bench/timing.h"

namespace oddroad::bench {
namespace {

constexpr int kRepetitions = 3;
constexpr double kFramesPerS = 15;

double count_frames(const std::string& dataset) {
  double frames = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(dataset)) {
    frames += entry.path().string().ends_with(".ids.png");
  }
  return frames;
}

// Frames a second of the whole run, and after the first capture.
std::vector<double> frame_rates(const tests::Scratch& scratch, bool with_lidar) {
  const std::string dataset = scratch / "dataset";
  std::filesystem::remove_all(dataset);
  double first_s = 0;
  const auto start = std::chrono::steady_clock::now();
  const Ended ended = run_oddroad(
      {"render", scenario(), "-o", dataset, "--clips", "0", "--no-color", "--set",
       "rig=" + rig(with_lidar)},
      scratch / "log", [&] {
        if (first_s == 0 && has_first_capture(dataset)) {
          first_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        }
        return false;
      });
  EXPECT_EQ(ended.exit_code, 0) << ended.output;
  const double frames = count_frames(dataset);
  return {frames / ended.seconds, (frames - 1) / (ended.seconds - first_s)};
}

void report_rate(const std::string& name, double frames_per_s) {
  report({name, frames_per_s / kFramesPerS, quantity(frames_per_s, "frames/s"),
          quantity(kFramesPerS, "frames/s"), ">= 1"});
}

TEST(Throughput, LabelsOnlyToDisk) {
  const tests::Scratch scratch;
  for (const bool with_lidar : {false, true}) {
    const auto rates = medians(kRepetitions, false, [&] {
      return frame_rates(scratch, with_lidar);
    });
    const std::string with = with_lidar ? " and HDL-64E" : "";
    report_rate("labels to disk, 1280x720" + with + ", after start-up", rates[1]);
    report_rate("  one clip from start to end", rates[0]);
  }
}

}  // namespace
}  // namespace oddroad::bench
