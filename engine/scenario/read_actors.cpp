// actors:
#include <algorithm>
#include <set>

#include "engine/asset/catalog.h"
#include "engine/core/suggest.h"
#include "engine/scenario/doers.h"
#include "engine/scenario/sections.h"
#include "engine/scenario/value_keys.h"
#include "engine/scenario/vocabulary.h"

namespace oddroad::scenario {

namespace {

const std::vector<std::string> kNotYet = {"lights", "like",    "rides", "paint",
                                          "wears",  "carries", "drop",  "crowd"};

bool is_actor_name(const std::string& name) {
  return !name.empty() && std::isalpha(static_cast<unsigned char>(name[0])) != 0 &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
         });
}

struct PossibleType {
  std::string word;
  core::SourceLocation where;
};

// Every word the type can take, to look up in the catalog.
std::vector<PossibleType> possible_types(const Value& value, const Scenario& scenario) {
  std::vector<PossibleType> types;
  for (const Distribution::Option& option : listed_options(value)) {
    types.push_back({option.value.word, option.where});
  }
  if (value.kind != Value::Kind::kFixed || !types.empty()) return types;
  for (const Parameter& parameter : scenario.parameters) {
    if (parameter.name == value.fixed.name) return possible_types(parameter.value, scenario);
  }
  return types;
}

// What people call kinds of things that the catalog calls otherwise.
std::string catalog_word(const std::string& word) {
  static const std::map<std::string, std::string> words = {
      {"person", "pedestrian"}, {"people", "pedestrian"},    {"human", "pedestrian"},
      {"man", "pedestrian"},    {"woman", "pedestrian"},     {"walker", "pedestrian"},
      {"bike", "bicycle"},      {"motorbike", "motorcycle"}, {"lorry", "truck"},
      {"vehicle", "car"}};
  const auto found = words.find(word);
  return found == words.end() ? word : found->second;
}

// "car": there are car.coupe, car.estate, ...; "child": there is pedestrian.child.
std::string suggest_type(const std::string& written) {
  const std::string word = catalog_word(written);
  constexpr std::size_t kMostListed = 6;
  std::vector<std::string> related;
  for (const std::string& type : asset::catalog_types()) {
    if (type.starts_with(word + ".") || type.ends_with("." + written)) related.push_back(type);
  }
  if (related.empty()) return core::did_you_mean(word, asset::catalog_types());
  std::string out;
  for (std::size_t k = 0; k < std::min(related.size(), kMostListed); ++k) {
    out += (k == 0 ? "" : ", ") + related[k];
  }
  return "there are " + out + (related.size() > kMostListed ? ", ..." : "");
}

// Verbs that are not for what the actor may be.
void check_verbs(const ActorRule& actor, const Scenario& scenario, Names& names) {
  const std::vector<PossibleType> types = possible_types(*actor.type, scenario);
  for (const ActionRule& action : actor.actions) {
    for (const auto& [word, where] : types) {
      if (!asset::catalog_has(word)) continue;
      const std::string why = cannot_do(doer_of(word), action.verb);
      if (why.empty()) continue;
      names.diagnostics.error(action.where, "'" + actor.name + "' is a " + word + ": " + why);
      break;
    }
  }
}

// Types that the catalog lacks, and sizes that its models do not have.
void check_models(const ActorRule& actor, const Scenario& scenario, Names& names) {
  for (const auto& [word, where] : possible_types(*actor.type, scenario)) {
    if (!asset::catalog_has(word)) {
      names.diagnostics.error(where, "unknown type '" + word + "'", suggest_type(word));
      continue;
    }
    for (const auto& [name, value] : actor.size) {
      if (refers_to_parameters(value)) continue;
      for (const double number : known_numbers(value)) {
        const auto size = asset::model_size({word, 0, {{name, number}}});
        if (size) continue;
        for (const core::Diagnostic& problem : size.error().items()) {
          names.diagnostics.error(value.where, problem.message, problem.hint);
        }
        break;
      }
    }
  }
}

DriveRule read_drive(const core::YamlNode& node, const std::string& path, Names& names) {
  core::MapReader reader(node, "drive", names.diagnostics);
  ValueKeys keys(reader, path, names);
  DriveRule drive;
  drive.speed = keys.required_number("speed", {core::kSpeed, 0, 120});
  drive.model = reader.word("model", drive_models()).value_or("idm");
  drive.react = reader.word("react", react_words()).value_or("all") == "all";
  drive.sway = keys.number("sway", {core::kNumber, 0, 4});
  if (const core::YamlNode* route = reader.optional("route")) {
    drive.route = read_route(*route, names);
  }
  reader.not_supported({"ignore", "style", "headway", "follow", "accel"});
  reader.finish();
  return drive;
}

GroupRule read_group(const core::YamlNode& node, const std::string& path, Names& names) {
  core::MapReader reader(node, "group", names.diagnostics);
  ValueKeys keys(reader, path, names);
  GroupRule group;
  group.count = keys.required_number("count", {core::kNumber, 0, 200, true});
  group.spread = keys.number("spread", {core::kLength, 0, 100});
  group.last_behind = keys.number("last_behind", {core::kTime, 0, 60});
  reader.finish();
  return group;
}

// A prop from a file has no wheels, no legs and no driver.
void check_prop(const ActorRule& actor, const core::YamlNode& node, Names& names) {
  const std::pair<const char*, const char*> refused[] = {
      {"type", "an actor has a 'type' or a 'model', not both"},
      {"size", "a model from a file has a 'scale', no 'size'"},
      {"drive", "a model from a file stands still: it cannot have 'drive'"},
      {"do", "a model from a file stands still: it cannot have 'do'"}};
  for (const core::YamlEntry& entry : node.entries()) {
    for (const auto& [key, problem] : refused) {
      if (entry.key == key) names.diagnostics.error(entry.where, problem);
    }
    if (entry.key == "model" && actor.name == "ego") {
      names.diagnostics.error(entry.where, "the ego drives: it has a 'type', no 'model'");
    }
  }
}

// What is counted or chosen has no unit: storeys, whether a wheel stands, what a person carries. A
// sign's size is a length, a dog's the number of its breed.
NumberSpec size_spec(const core::YamlEntry& entry) {
  static const std::vector<std::string> plain = {
      "antlers", "backpack", "backplate", "beacon", "broken",    "carry",     "clothes",
      "crush",   "detached", "detail",    "load",   "occupants", "direction", "leaves",
      "lying",   "open",     "paint",     "pole",   "post",      "sex",       "skin",
      "species", "standing", "storeys",   "turned", "value"};
  const bool number =
      std::find(plain.begin(), plain.end(), entry.key) != plain.end() ||
      (entry.key == "size" && core::parse_quantity(entry.value.text(), core::kNumber, {}));
  return number ? NumberSpec{core::kNumber, -100, 200} : NumberSpec{core::kLength, 0, 100};
}

ActorRule read_actor(const core::YamlEntry& entry, Scenario& scenario, Names& names) {
  const std::string path = "actors." + entry.key;
  core::MapReader reader(entry.value, "actor '" + entry.key + "'", names.diagnostics);
  ValueKeys keys(reader, path, names);
  ActorRule actor;
  actor.name = entry.key;
  actor.where = entry.where;
  if (const core::YamlNode* model = reader.optional("model")) {
    actor.model = read_model(*model, path + ".model", names);
    check_prop(actor, entry.value, names);
    reader.optional("type");
  } else if (reader.required("type") != nullptr) {
    actor.type = keys.word("type");
  }
  if (const core::YamlNode* size = reader.optional("size")) {
    core::MapReader size_reader(*size, "size", names.diagnostics);
    ValueKeys size_keys(size_reader, path + ".size", names);
    for (const core::YamlEntry& one : size->entries()) {
      const auto value = size_keys.number(one.key, size_spec(one));
      if (value) actor.size.emplace(one.key, *value);
    }
  }
  if (actor.type) check_models(actor, scenario, names);
  actor.many = keys.number("many", {core::kNumber, 0, 200, true});
  if (const core::YamlNode* group = reader.optional("group")) {
    actor.group = read_group(*group, path + ".group", names);
    if (actor.many) {
      names.diagnostics.error(group->location(), "an actor has 'many' or 'group', not both");
    }
  }
  if (const core::YamlNode* at = reader.required("at")) {
    actor.at = read_placement(*at, path + ".at", names);
  }
  if (const core::YamlNode* drive = reader.optional("drive")) {
    actor.drive = read_drive(*drive, path + ".drive", names);
  }
  if (const core::YamlNode* todo = reader.optional("do")) {
    actor.actions = read_actions(*todo, path + ".do", names);
    if (actor.type) check_verbs(actor, scenario, names);
  }
  reader.not_supported(kNotYet);
  reader.called_otherwise({{"position", "at"},
                           {"speed", "drive: {speed: ...}"},
                           {"actions", "do"},
                           {"count", "many"},
                           {"class", "type"}});
  reader.finish();
  return actor;
}

}  // namespace

void declare_actors(const core::YamlNode& node, Names& names) {
  for (const core::YamlEntry& entry : node.entries()) {
    const bool many = entry.value.find("many") != nullptr || entry.value.find("group") != nullptr;
    const bool pieces = many && entry.key != "ego";  // told in read_actors
    const core::YamlNode* todo = entry.value.find("do");
    names.actors.push_back(
        {entry.key, pieces, todo == nullptr ? std::vector<std::string>{} : declared_verbs(*todo)});
  }
  // That it is missing is told once, not wherever it is named.
  if (node.find("ego") == nullptr) names.actors.push_back({"ego", false});
}

void read_actors(const core::YamlNode& node, Scenario& scenario, Names& names) {
  if (!node.is_map()) {
    names.diagnostics.error(node.location(), "actors: expected a map, found " + node.describe());
    return;
  }
  for (const core::YamlEntry& entry : node.entries()) {
    if (!is_actor_name(entry.key)) {
      names.diagnostics.error(
          entry.where, "an actor's name has letters, digits and '_' only: '" + entry.key + "'");
    }
    scenario.actors.push_back(read_actor(entry, scenario, names));
  }
  const core::YamlNode* ego = node.find("ego");
  if (ego == nullptr) {
    names.diagnostics.error(node.location(), "actors: 'ego' is missing",
                            "the car that carries the sensors has that name");
  } else if (ego->find("many") != nullptr || ego->find("group") != nullptr) {
    const char* key = ego->find("many") != nullptr ? "many" : "group";
    names.diagnostics.error(ego->find(key)->location(), "there is one ego");
  }
  check_placement_order(scenario, names);
}

void check_placement_order(const Scenario& scenario, Names& names) {
  const auto rule_of = [&](const std::string& name) -> const ActorRule* {
    const std::string base = name.substr(0, name.find('.'));
    for (const ActorRule& actor : scenario.actors) {
      if (actor.name == base) return &actor;
    }
    return nullptr;
  };
  for (const ActorRule& actor : scenario.actors) {
    std::set<std::string> seen;
    std::string chain = actor.name;
    const ActorRule* next = &actor;
    while (next != nullptr && !next->at.other.empty() && seen.insert(next->name).second) {
      next = rule_of(next->at.other);
      if (next != nullptr) chain += " -> " + next->name;
      if (next != &actor) continue;
      names.diagnostics.error(actor.at.where, "placement goes round in a circle: " + chain);
      break;
    }
  }
}

}  // namespace oddroad::scenario
