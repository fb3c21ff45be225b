// Peak memory of a render. A clip must not need more the longer it is: at most a few ticks are in
// memory.
#include <filesystem>

#include "tests/bench/child.h"
#include "tests/bench/scene.h"
#include "tests/bench/table.h"
#include "tests/bench/timing.h"

namespace oddroad::bench {
namespace {

constexpr int kRepetitions = 3;

double peak_mib(const tests::Scratch& scratch, const std::string& end, bool colour) {
  const std::string dataset = scratch / "dataset";
  std::filesystem::remove_all(dataset);
  std::vector<std::string> arguments = {"render",  scenario(),  "-o",    dataset,
                                        "--clips", "0",         "--set", "rig=" + rig(true),
                                        "--set",   "end=" + end};
  if (!colour) arguments.push_back("--no-color");
  const Ended ended = run_oddroad(arguments, scratch / "log");
  EXPECT_EQ(ended.exit_code, 0) << ended.output;
  return ended.peak_mib;
}

TEST(Memory, OfARender) {
  const tests::Scratch scratch;
  const auto mib = medians(kRepetitions, false, [&]() -> std::vector<double> {
    return {peak_mib(scratch, "time > 0.8 s", false), peak_mib(scratch, "time > 3.2 s", false),
            peak_mib(scratch, "time > 0.8 s", true)};
  });
  const auto row = [&](const std::string& name, double ours, double yardstick) {
    report({name, ours / yardstick, quantity(ours, "MiB"), quantity(yardstick, "MiB"), ""});
  };
  row("peak memory, 3.2 s of a clip over 0.8 s, labels only", mib[1], mib[0]);
  row("peak memory, colour over labels only", mib[2], mib[0]);
}

}  // namespace
}  // namespace oddroad::bench
