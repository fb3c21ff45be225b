// Who can do what.
#include "engine/scenario/doers.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "engine/scenario/verbs.h"

namespace oddroad::scenario {
namespace {

constexpr Doer kAll[] = {Doer::kPerson,    Doer::kAnimal,  Doer::kBird,
                         Doer::kTwoWheels, Doer::kVehicle, Doer::kThing};

TEST(Doers, TypesAreWhatTheyAre) {
  const std::pair<const char*, Doer> types[] = {{"pedestrian.adult", Doer::kPerson},
                                                {"wheelchair.user", Doer::kPerson},
                                                {"stroller.pushed", Doer::kPerson},
                                                {"animal.deer", Doer::kAnimal},
                                                {"animal.pigeon", Doer::kBird},
                                                {"bicycle.cyclist", Doer::kTwoWheels},
                                                {"bicycle.city", Doer::kTwoWheels},
                                                {"motorcycle.ridden", Doer::kTwoWheels},
                                                {"scooter.ridden", Doer::kTwoWheels},
                                                {"car.sedan", Doer::kVehicle},
                                                {"van.panel", Doer::kVehicle},
                                                {"bus.city", Doer::kVehicle},
                                                {"debris.mattress", Doer::kThing},
                                                {"cardboard_box", Doer::kThing},
                                                {"tree", Doer::kThing},
                                                {"no.such.type", Doer::kThing}};
  for (const auto& [type, doer] : types) EXPECT_EQ(doer_of(type), doer) << type;
}

TEST(Doers, EveryVerbHasSomebodyWhoCan) {
  for (const std::string& verb : verb_names()) {
    EXPECT_TRUE(std::any_of(std::begin(kAll), std::end(kAll), [&](Doer doer) {
      return cannot_do(doer, verb).empty();
    })) << verb;
  }
  EXPECT_EQ(cannot_do(Doer::kThing, "walk"),
            "a thing cannot 'walk'; things can drop, roll, slide, throw");
  EXPECT_EQ(cannot_do(Doer::kAnimal, "take_off"), "only birds can 'take_off'");
  EXPECT_EQ(cannot_do(Doer::kVehicle, "fall"), "only who rides on two wheels can 'fall'");
  EXPECT_EQ(cannot_do(Doer::kTwoWheels, "spin"),
            "who rides on two wheels cannot 'spin', but 'fall'");
}

}  // namespace
}  // namespace oddroad::scenario
