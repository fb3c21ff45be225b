// Where the start-up goes: the steps before the first capture, one after the other in this process,
// nothing kept from one repetition to the next.
#include <array>

#include "tests/bench/scene.h"
#include "tests/bench/table.h"
#include "tests/bench/timing.h"

namespace oddroad::bench {
namespace {

constexpr int kRepetitions = 3;
constexpr double kBoundS = 2.0;
constexpr std::array kParts = {"scenario, map and rig", "variant drawn and played",
                               "  again, its models built", "stage", "first ray scene"};

std::vector<double> measure() {
  const capture::Ontology ontology = *pipeline::load_ontology(tests::roots());
  const auto rays = *cast::make_embree_factory();
  sim::CatalogModels models;
  core::Result<pipeline::ScenarioSetup> setup;
  core::Result<pipeline::Played> played;
  core::Result<world::StaticWorld> stage;
  const auto play = [&] {
    played = pipeline::play(*setup, setup->scenario.sample.seed, 0, ontology, models, *rays);
  };
  std::vector<double> times;
  times.push_back(seconds_of([&] {
    setup = pipeline::load_setup(scenario(), tests::roots(), {});
  }));
  times.push_back(seconds_of(play));
  times.push_back(seconds_of(play));
  times.push_back(seconds_of([&] {
    stage = pipeline::make_stage(*setup, played->variant, ontology, models);
  }));
  times.push_back(seconds_of([&] {
    const lidar::Scanner& scanner = setup->rig.lidars.front().scanner;
    const std::int64_t stamp_ns = scanner.settings().model.sweep_ns();
    const auto window = world::SceneBuilder(played->timeline, *stage)
                            .window(scanner.begin_ns(stamp_ns), scanner.end_ns(stamp_ns));
    rays->create(window);
  }));
  return times;
}

TEST(StartUp, Parts) {
  const auto times = medians(kRepetitions, false, measure);
  for (std::size_t p = 0; p < kParts.size(); ++p) {
    report_times(std::string("    ") + kParts[p], times[p], kBoundS);
  }
}

}  // namespace
}  // namespace oddroad::bench
