#include "engine/scenario/doers.h"

#include <algorithm>
#include <vector>

#include "engine/asset/catalog.h"
#include "engine/asset/person.h"
#include "engine/core/check.h"

namespace oddroad::scenario {

namespace {

struct Ability {
  Doer doer;
  const char* one;
  const char* all;
  std::vector<std::string> verbs;
};

const std::vector<Ability>& abilities() {
  static const std::vector<Ability> kAll = {
      {Doer::kPerson,
       "a person",
       "people",
       {"run", "walk", "go", "cross", "meet", "turn_back", "wait", "stop", "fall", "lie", "get_up",
        "look_at"}},
      {Doer::kAnimal,
       "an animal",
       "animals",
       {"walk", "run", "go", "cross", "stop", "wait", "bolt", "roam", "herd"}},
      {Doer::kBird,
       "a bird",
       "birds",
       {"walk", "run", "go", "cross", "stop", "wait", "bolt", "roam", "herd", "take_off"}},
      {Doer::kTwoWheels,
       "who rides on two wheels",
       "they",
       {"go", "stop", "brake", "keep", "reverse", "change_lane", "overtake", "offset", "swerve",
        "turn", "route", "meet", "fall", "open_door", "lights"}},
      {Doer::kVehicle,
       "a vehicle",
       "vehicles",
       {"go", "stop", "brake", "keep", "reverse", "change_lane", "overtake", "offset", "swerve",
        "turn", "route", "spin", "open_door", "lights"}},
      {Doer::kThing, "a thing", "things", {"drop", "roll", "slide", "throw"}},
  };
  return kAll;
}

const Ability& ability_of(Doer doer) {
  const auto found =
      std::find_if(abilities().begin(), abilities().end(), [&](const Ability& ability) {
        return ability.doer == doer;
      });
  ODDROAD_CHECK(found != abilities().end());
  return *found;
}

bool can_do(Doer doer, const std::string& verb) {
  const auto& verbs = ability_of(doer).verbs;
  return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
}

bool begins_with_any(const std::string& type, const std::vector<std::string>& words) {
  const std::string first = type.substr(0, type.find('.'));
  return std::find(words.begin(), words.end(), first) != words.end();
}

bool flies(const std::string& type) {
  static const std::vector<std::string> kBirds = {"pigeon", "crow", "gull", "goose", "bird"};
  return std::any_of(kBirds.begin(), kBirds.end(), [&](const std::string& bird) {
    return type.find(bird) != std::string::npos;
  });
}

}  // namespace

Doer doer_of(const std::string& type) {
  if (asset::is_person_type(type) || begins_with_any(type, {"wheelchair", "stroller"})) {
    return Doer::kPerson;
  }
  if (type.starts_with("animal.")) return flies(type) ? Doer::kBird : Doer::kAnimal;
  if (begins_with_any(type, {"bicycle", "motorcycle", "moped", "scooter", "e_scooter"})) {
    return Doer::kTwoWheels;
  }
  const auto size = asset::model_size({type, 0, {}, {}});
  return size && size->wheelbase_m > 0 ? Doer::kVehicle : Doer::kThing;
}

std::string cannot_do(Doer doer, const std::string& verb) {
  if (can_do(doer, verb)) return {};
  // The two that differ in little.
  if (doer == Doer::kAnimal && can_do(Doer::kBird, verb)) return "only birds can '" + verb + "'";
  if (doer == Doer::kVehicle && can_do(Doer::kTwoWheels, verb)) {
    return "only who rides on two wheels can '" + verb + "'";
  }
  if (doer == Doer::kTwoWheels && verb == "spin") {
    return "who rides on two wheels cannot 'spin', but 'fall'";
  }
  const Ability& own = ability_of(doer);
  std::string listed;
  for (const std::string& one : own.verbs) listed += (listed.empty() ? "" : ", ") + one;
  return std::string(own.one) + " cannot '" + verb + "'; " + own.all + " can " + listed;
}

}  // namespace oddroad::scenario
