// Background traffic alone, on one core: 200 vehicles on a town's map at 100 Hz must run at least
// 30 times as fast as the clock.
#include <filesystem>

#include <gtest/gtest.h>

#include "engine/traffic/traffic.h"
#include "tests/bench/table.h"
#include "tests/bench/timing.h"

namespace oddroad::bench {
namespace {

constexpr int kRepetitions = 5;
constexpr double kSimulated_s = 20;
constexpr double kWanted = 30;
constexpr double kVehicles = 200;

TEST(TrafficSpeed, TwoHundredVehiclesInTown01) {
  const std::filesystem::path file = ODDROAD_SHARED_DIR "/data/xodr/Town01.xodr";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is not there";
  const auto map = road::load_opendrive(file);
  ASSERT_TRUE(map.has_value());
  const road::LaneGraph graph(*map);
  const traffic::Network network(graph);
  traffic::Settings settings;
  settings.density_per_km = (kVehicles + 0.5) / network.lane_km();
  std::size_t vehicles = 0;
  const auto seconds = medians(kRepetitions, true, [&]() -> std::vector<double> {
    traffic::Traffic traffic(network, settings, 1);
    // Past the first queues: what is measured is ordinary driving, yielding and waiting.
    for (int i = 0; i < 3000; ++i) traffic.step(0.01);
    vehicles = traffic.count();
    return {seconds_of([&] {
      for (int i = 0; i < static_cast<int>(kSimulated_s * 100); ++i) traffic.step(0.01);
    })};
  });
  EXPECT_GE(vehicles, static_cast<std::size_t>(kVehicles));
  const double ratio = kSimulated_s / seconds[0];
  report({"traffic, " + std::to_string(vehicles) + " vehicles at 100 Hz over the clock", ratio,
          quantity(kSimulated_s, "s"), milliseconds(seconds[0]), ">= 30"});
  EXPECT_GE(ratio, kWanted);
}

}  // namespace
}  // namespace oddroad::bench
