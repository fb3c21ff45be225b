// What actors can do, and what each verb must and may be told. `when` and `label` go with all.
#pragma once

#include <string>
#include <vector>

#include "engine/scenario/value.h"

namespace oddroad::scenario {

struct NumberKey {
  const char* name;
  NumberSpec spec;
  bool required = false;
};

struct WordKey {
  const char* name;
  std::vector<std::string> words;
  bool required = false;
};

struct Verb {
  const char* name;
  std::vector<NumberKey> numbers;
  std::vector<WordKey> words;
  std::vector<const char*> actors;  // keys that name an actor
  std::vector<const char*> needs;   // of those, the ones that must be there
  bool crosses = false;             // has `across` and `aim`
  bool walks = false;               // may have `path`
};

// In the order of the language reference.
const std::vector<Verb>& verbs();
const Verb* find_verb(const std::string& name);
std::vector<std::string> verb_names();

}  // namespace oddroad::scenario
