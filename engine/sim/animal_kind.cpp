// How fast animals are, and how they turn.
#include "engine/sim/animal_mover.h"

namespace oddroad::sim {

AnimalKind animal_kind(const std::string& type) {
  struct Named {
    const char* word;
    AnimalKind kind;
  };
  static const Named kKinds[] = {
      {"deer", {1.3, 3.3, 13, 7, 2.5, false, false}},
      {"moose", {1.5, 3.5, 11, 4, 1.8, false, false}},
      {"boar", {1.2, 3.0, 9, 5, 2.5, false, false}},
      {"dog", {1.2, 2.8, 10, 6, 4.0, true, false}},
      {"fox", {1.0, 2.6, 10, 6, 4.0, true, false}},
      {"cat", {0.8, 2.2, 9, 7, 5.0, true, false}},
      {"cow", {1.2, 2.5, 6, 2, 1.5, false, false}},
      {"horse", {1.6, 3.7, 13, 4, 1.8, false, false}},
      {"sheep", {1.0, 2.2, 6, 3, 2.5, false, false}},
      {"pigeon", {0.4, 0.8, 12, 6, 4.0, false, true}},
      {"crow", {0.5, 1.0, 12, 6, 4.0, false, true}},
      {"gull", {0.5, 1.0, 12, 6, 3.0, false, true}},
      {"goose", {0.6, 1.2, 14, 4, 2.0, false, true}},
      {"bird", {0.4, 0.8, 12, 6, 4.0, false, true}},
  };
  for (const Named& named : kKinds) {
    if (type.find(named.word) != std::string::npos) return named.kind;
  }
  return {};
}

}  // namespace oddroad::sim
