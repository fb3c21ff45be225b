// The draws of method random are what they always were: datasets that exist can be made again.
#include <cstdio>

#include "engine/core/random.h"
#include "tests/unit/scenario/scenario_fixture.h"

namespace oddroad::scenario {
namespace {

class Pinned : public ScenarioTest {
 protected:
  // What was drawn, with nine digits: the last ones belong to the C library.
  static std::string told(const Variant& v) {
    std::string out = v.site.road_id + " " + std::to_string(v.attempt);
    const auto add = [&](double number) {
      char text[32];
      std::snprintf(text, sizeof text, " %.9g", number);
      out += text;
    };
    add(v.site.s_m);
    for (const auto& [name, text] : v.parameters) out += " " + name + "=" + text;
    add(v.environment.sun_azimuth_rad);
    add(v.environment.rain_mm_per_h);
    add(v.traffic.density_per_km);
    for (const VariantActor& actor : v.actors) {
      out += " " + actor.name + " " + actor.model.type;
      for (const auto& [name, number] : actor.model.numbers) add(number);
      for (const double gap : actor.at.gaps_m) add(gap);
      add(actor.at.by_m);
      add(actor.drive ? actor.drive->speed_mps : 0);
      for (const Action& action : actor.actions) add(action.speed_mps.value_or(0));
    }
    return out;
  }

  static std::uint64_t hash_of(const Scenario& scenario) {
    std::uint64_t hash = 0;
    for (std::uint32_t i = 0; i < 8; ++i) {
      hash = core::hash64(told(draw(scenario, i, scenario.sample.seed)), hash);
    }
    return hash;
  }
};

TEST_F(Pinned, AVariantOfTheFixture) {
  EXPECT_EQ(told(draw(good(kGood), 3)),
            "1 0 10 impact=0.5 ttc=1.46771 s v_ego=9.43215 m/s van=car.sedan 2.29415087 0 0 "
            "ego car.hatchback 0 9.43214838 van car.sedan 60 0 "
            "child pedestrian.child 1.09687836 0 0 3 parked.1 car.sedan 2.32170166 0 0 "
            "parked.2 car.hatchback 2.32170166 2.14192012 0 0 "
            "parked.3 car.sedan 2.32170166 2.14192012 1.39509975 0 0 "
            "parked.4 car.hatchback 2.32170166 2.14192012 1.39509975 2.97748136 0 0");
}

TEST_F(Pinned, ManyVariantsOfIt) {
  EXPECT_EQ(hash_of(good(kGood)), 13106215961846103597u);
  EXPECT_EQ(hash_of(good(kGood + "randomize: wild\n")), 5173860780827282645u);
}

}  // namespace
}  // namespace oddroad::scenario
