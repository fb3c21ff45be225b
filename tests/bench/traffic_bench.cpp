// Background traffic alone, on one core: 200 vehicles on a town's map at 100 Hz must run at least
// 30 times as fast as the clock.
#include <filesystem>

#include <gtest/gtest.h>

#include "engine/sim/simulation.h"
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

// The whole simulation: traffic as bodies and recorded states beside a scripted ego.
TEST(TrafficSpeed, SimulationOfTwoHundredActorsInTown01) {
  const std::filesystem::path file = ODDROAD_SHARED_DIR "/data/xodr/Town01.xodr";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is not there";
  const auto map = road::load_opendrive(file);
  ASSERT_TRUE(map.has_value());
  const road::LaneGraph graph(*map);
  scenario::Variant variant;
  variant.random_key = 1;
  variant.max_duration_s = kSimulated_s;
  variant.traffic.density_per_km = (kVehicles + 0.5) / traffic::Network(graph).lane_km();
  variant.traffic.radius_m = 2000;
  scenario::VariantActor ego;
  ego.name = "ego";
  ego.model.type = "car.hatchback";
  ego.at.kind = scenario::PlacementKind::kRoad;
  for (const road::LaneNode& lane : graph.lanes()) {
    const road::Road& road = graph.road_of(lane.id);
    if (lane.type != road::LaneType::kDriving || road.is_connecting() || lane.length_m < 80)
      continue;
    ego.at.road_id = road.id;
    ego.at.lane_id = lane.lane;
    ego.at.s_m = 0.5 * road.length_m;
    break;
  }
  ego.drive = scenario::Drive{"idm", 10, true, {}};
  variant.actors = {ego};
  sim::CatalogModels models;
  capture::Ontology ontology;
  std::size_t actors = 0;
  const auto seconds = medians(kRepetitions, true, [&]() -> std::vector<double> {
    auto simulation = sim::Simulation::create(variant, graph, {&ontology, &models, true});
    EXPECT_TRUE(simulation.has_value());
    const double s = seconds_of([&] {
      while ((*simulation)->step()) {
      }
    });
    world::Timeline timeline = (*simulation)->timeline();
    EXPECT_TRUE((*simulation)->add_traffic(timeline, {&ontology, &models, true}).has_value());
    actors = timeline.actors.size();
    return {s / timeline.end_ns * 1e9};
  });
  EXPECT_GE(actors, static_cast<std::size_t>(kVehicles));
  const double ratio = 1 / seconds[0];
  report({"simulation of " + std::to_string(actors) + " actors at 100 Hz over the clock", ratio,
          "1 s", milliseconds(seconds[0]), ">= 30"});
  EXPECT_GE(ratio, kWanted);
}

}  // namespace
}  // namespace oddroad::bench
