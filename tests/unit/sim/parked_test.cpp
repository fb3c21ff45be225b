#include "engine/sim/parked.h"

#include <gtest/gtest.h>

#include "engine/sim/relations.h"
#include "tests/unit/sim/fixtures.h"

namespace oddroad::sim::testing {
namespace {

TEST(Parked, NobodyStandsWhereActorsStandOrGo) {
  const Street street;
  Setting setting;
  int seen = 0;
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    scenario::Variant variant = child_behind_van(10, 3, 1.6, .5);
    variant.random_key = seed;
    variant.parked_share = 1;
    auto sim = Simulation::create(variant, *street.graph, setting.context);
    ASSERT_TRUE(sim.has_value()) << core::to_string(sim.error());
    const Bodies parked = bodies_of((*sim)->parked(), (*sim)->origin());
    seen += static_cast<int>(parked.size());
    while ((*sim)->step()) {
      for (const Body& body : (*sim)->bodies()) {
        for (const Body& car : parked) EXPECT_FALSE(touches(body, car)) << body.name << car.name;
      }
    }
    for (const auto& event : (*sim)->timeline().events) {
      EXPECT_EQ(event.what.find("parked_car"), std::string::npos) << event.what;
    }
  }
  EXPECT_GT(seen, 12 * 20);
}

TEST(Parked, TheStageIsToldTheSameCars) {
  const Street street;
  Setting setting;
  scenario::Variant variant = child_behind_van(10, 3, 1.6, .5);
  variant.parked_share = .7;
  const auto told = parked_cars(variant, *street.graph, setting.context);
  auto sim = Simulation::create(variant, *street.graph, setting.context);
  ASSERT_TRUE(told && sim);
  ASSERT_EQ(told->size(), (*sim)->parked().size());
  ASSERT_FALSE(told->empty());
  for (std::size_t k = 0; k < told->size(); ++k) {
    EXPECT_EQ((*told)[k].T_map_car, (*sim)->parked()[k].T_map_car);
  }
  variant.parked_share = 0;
  EXPECT_TRUE(parked_cars(variant, *street.graph, setting.context)->empty());
}

// Who swerves out of the lane and into them is told so.
TEST(Parked, RunningIntoOneIsNoted) {
  const Street street;
  Setting setting;
  scenario::Variant variant = ego_only(12);
  variant.parked_share = 1;
  scenario::Action offset;
  offset.verb = "offset";
  offset.numbers["by"] = -2.6;
  offset.numbers["within"] = 2;
  variant.actors[variant.ego].actions.push_back(offset);
  auto sim = Simulation::create(variant, *street.graph, setting.context);
  ASSERT_TRUE(sim.has_value()) << core::to_string(sim.error());
  while ((*sim)->step()) {
  }
  int hits = 0;
  for (const auto& event : (*sim)->timeline().events) {
    hits += event.what.rfind("ego hit parked_car.", 0) == 0 ? 1 : 0;
  }
  EXPECT_GT(hits, 0);
}

}  // namespace
}  // namespace oddroad::sim::testing
