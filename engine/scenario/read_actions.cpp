// do:
#include <algorithm>

#include "engine/core/suggest.h"
#include "engine/scenario/sections.h"
#include "engine/scenario/together.h"
#include "engine/scenario/value_keys.h"
#include "engine/scenario/verbs.h"

namespace oddroad::scenario {

namespace {

const std::vector<std::string> kPlannedVerbs = {"accelerate", "follow", "park", "gesture",
                                                "appear",     "vanish", "set"};

constexpr const char* kTogether = "together";

bool contains(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// "ego" or "ego.lane".
std::string read_across(core::MapReader& reader, Names& names) {
  const core::YamlNode* node = reader.optional("across");
  if (node == nullptr) return {};
  std::string name = node->text();
  const std::string suffix = ".lane";
  if (name.size() > suffix.size() && name.ends_with(suffix)) {
    name.resize(name.size() - suffix.size());
  }
  if (!node->is_scalar()) {
    names.diagnostics.error(node->location(),
                            "expected an actor's lane like 'ego.lane', found " + node->describe());
    return {};
  }
  return names.check_actor(name, node->location()) ? name : std::string();
}

// path: [{along: 5 m, left: -2 m}, ...]
void read_path(const core::YamlNode& node, const std::string& path, ActionRule& action,
               Names& names) {
  if (!node.is_sequence() || node.items().empty()) {
    names.diagnostics.error(
        node.location(),
        "path: expected a list like [{along: 5 m, left: -2 m}], found " + node.describe());
    return;
  }
  for (std::size_t i = 0; i < node.items().size(); ++i) {
    core::MapReader reader(node.items()[i], "path", names.diagnostics);
    ValueKeys keys(reader, path + "." + std::to_string(i), names);
    WaypointRule point;
    point.along = keys.number("along", {core::kLength, -1000, 1000});
    point.left = keys.number("left", {core::kLength, -1000, 1000});
    reader.finish();
    action.path.push_back(std::move(point));
  }
}

void read_keys(const Verb& verb, core::MapReader& reader, ValueKeys& keys, ActionRule& action,
               Names& names) {
  for (const NumberKey& key : verb.numbers) {
    auto value =
        key.required ? keys.required_number(key.name, key.spec) : keys.number(key.name, key.spec);
    if (value) action.numbers.emplace(key.name, std::move(*value));
  }
  for (const WordKey& key : verb.words) {
    if (key.required && reader.required(key.name) == nullptr) continue;
    if (const auto word = reader.word(key.name, key.words)) action.words[key.name] = *word;
  }
  for (const char* key : verb.actors) {
    const bool needed = std::find(verb.needs.begin(), verb.needs.end(), key) != verb.needs.end();
    const core::YamlNode* node = needed ? reader.required(key) : reader.optional(key);
    if (node == nullptr) continue;
    if (names.check_actor(node->text(), node->location())) action.actors[key] = node->text();
  }
  if (verb.crosses) {
    action.across = read_across(reader, names);
    if (action.across.empty() && action.verb == "cross") action.across = "ego";
    action.aim = keys.number("aim", {core::kNumber, 0, 1});
    if (action.aim && action.across.empty() && reader.optional("across") == nullptr) {
      names.diagnostics.error(action.aim->where, "'aim' needs 'across'",
                              "say whose way is crossed: 'across: ego.lane'");
    }
  }
}

// Of a `together`: it starts with the others and so has no `when`.
enum class Stands { kAlone, kBeside };

ActionRule read_action(const Verb& verb, const core::YamlEntry& entry, const std::string& path,
                       Stands stands, Names& names) {
  ActionRule action;
  action.verb = entry.key;
  action.where = entry.where;
  core::MapReader reader(entry.value, entry.key, names.diagnostics);
  ValueKeys keys(reader, path, names);
  if (stands == Stands::kBeside) {
    reader.called_otherwise({{"when", "together: {when: ..., do: [...]}"}});
  } else if (const core::YamlNode* when = reader.optional("when")) {
    action.when = read_condition(*when, names);
  }
  read_keys(verb, reader, keys, action, names);
  if (action.verb == "meet") {  // crosses that lane, at the moment that fits
    action.across = action.actors["with"];
    action.aim = keys.number("aim", {core::kNumber, 0, 1});
  }
  if (verb.walks) {
    if (const core::YamlNode* node = reader.optional("path")) {
      read_path(*node, path + ".path", action, names);
    }
  }
  if (action.verb == "route") {
    if (const core::YamlNode* via = reader.required("via")) action.route = read_route(*via, names);
  }
  if (action.verb == "turn" && action.words.count("to") > 0) action.route = {action.words["to"]};
  reader.not_supported({"as", "until", "gait", "look"});
  reader.called_otherwise({{"if", "when"}, {"trigger", "when"}, {"condition", "when"}});
  reader.finish();
  return action;
}

// The one entry of a list's item; null where there is not just one, which is reported.
const core::YamlEntry* only_entry(const core::YamlNode& item, Names& names) {
  if (item.is_map() && item.entries().size() == 1) return &item.entries().front();
  names.diagnostics.error(
      item.location(), "expected one verb like '- walk: {speed: 1.4 m/s}'",
      item.find("when") != nullptr ? "'when' stands inside: '- walk: {when: time > 2 s}'" : "");
  return nullptr;
}

void read_entry(const core::YamlEntry& entry, const std::string& path, Stands stands,
                std::vector<ActionRule>& actions, Names& names) {
  const Verb* verb = find_verb(entry.key);
  std::vector<std::string> known = verb_names();
  if (stands == Stands::kAlone) known.emplace_back(kTogether);
  if (contains(kPlannedVerbs, entry.key)) {
    names.diagnostics.error(entry.where, "verb '" + entry.key + "' is not supported yet");
  } else if (verb == nullptr) {
    names.diagnostics.error(entry.where, "unknown verb '" + entry.key + "'",
                            core::did_you_mean(entry.key, known));
  } else if (entry.value.is_null()) {
    names.diagnostics.error(entry.where, "key '" + entry.key + "' has no value",
                            "write '" + entry.key + ": {}' if it needs none");
  } else if (entry.value.is_scalar()) {
    names.diagnostics.error(entry.value.location(),
                            entry.key + ": expected a map, found " + entry.value.describe(),
                            core::parse_quantity(entry.value.text(), core::kSpeed, {})
                                ? "write '- " + entry.key + ": {speed: " + entry.value.text() + "}'"
                                : "write '- " + entry.key + ": {}' if it needs nothing");
  } else {
    actions.push_back(read_action(*verb, entry, path, stands, names));
  }
}

// The list of a `together`, with or without a condition for all of it.
const core::YamlNode* list_of(const core::YamlNode& together) {
  return together.is_map() ? together.find("do") : &together;
}

void check_side_by_side(const std::vector<ActionRule>& group, Names& names) {
  for (std::size_t i = 0; i < group.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      const std::string matter = both_settle(group[k].verb, group[i].verb);
      if (matter.empty()) continue;
      names.diagnostics.error(group[i].where, "'" + group[k].verb + "' and '" + group[i].verb +
                                                  "' cannot go together: both settle " + matter);
      break;
    }
  }
}

// together: [{brake: {...}}, {lights: {...}}], or {when: ..., do: [...]}
void read_together(const core::YamlNode& node, const std::string& path,
                   std::vector<ActionRule>& actions, Names& names) {
  std::optional<Formula> when;
  if (node.is_map()) {
    core::MapReader reader(node, kTogether, names.diagnostics);
    if (const core::YamlNode* condition = reader.optional("when")) {
      when = read_condition(*condition, names);
    }
    const bool listed = reader.required("do") != nullptr;
    reader.finish();
    if (!listed) return;
  }
  const core::YamlNode& list = *list_of(node);
  if (!list.is_sequence() || list.items().size() < 2) {
    names.diagnostics.error(
        list.location(),
        "together: expected a list of two entries or more, found " +
            (list.is_sequence() ? std::to_string(list.items().size()) : list.describe()),
        "write 'together: [{brake: {}}, {lights: {indicator: hazard}}]'");
    return;
  }
  std::vector<ActionRule> group;
  for (std::size_t k = 0; k < list.items().size(); ++k) {
    const core::YamlEntry* entry = only_entry(list.items()[k], names);
    if (entry == nullptr) continue;
    read_entry(*entry, path + "." + std::to_string(k), Stands::kBeside, group, names);
  }
  check_side_by_side(group, names);
  if (group.empty()) return;
  for (ActionRule& action : group) action.with_last = true;
  group.front().with_last = false;
  group.front().when = std::move(when);
  actions.insert(actions.end(), group.begin(), group.end());
}

}  // namespace

std::vector<std::string> read_route(const core::YamlNode& node, Names& names) {
  std::vector<std::string> out;
  if (!node.is_sequence() || node.items().empty()) {
    names.diagnostics.error(
        node.location(),
        "route: expected a list like [left, straight, '12'], found " + node.describe(),
        "left, right and straight at junctions, or ids of roads");
    return out;
  }
  for (const core::YamlNode& item : node.items()) {
    const auto word = item.as_string();
    if (word) {
      out.push_back(*word);
    } else {
      names.diagnostics.append(word.error());
    }
  }
  return out;
}

std::vector<std::string> declared_verbs(const core::YamlNode& todo) {
  std::vector<std::string> out;
  for (const core::YamlNode& item : todo.items()) {
    if (item.entries().empty()) continue;
    const core::YamlEntry& entry = item.entries().front();
    const core::YamlNode* list = entry.key == kTogether ? list_of(entry.value) : nullptr;
    if (list == nullptr) {
      out.push_back(entry.key);
    } else {
      for (const std::string& verb : declared_verbs(*list)) out.push_back(verb);
    }
  }
  return out;
}

std::vector<ActionRule> read_actions(const core::YamlNode& node, const std::string& path,
                                     Names& names) {
  std::vector<ActionRule> actions;
  if (!node.is_sequence()) {
    names.diagnostics.error(node.location(), "do: expected a list, found " + node.describe(),
                            "each verb begins with '- '");
    return actions;
  }
  for (std::size_t i = 0; i < node.items().size(); ++i) {
    const core::YamlEntry* entry = only_entry(node.items()[i], names);
    if (entry == nullptr) continue;
    const std::string here = path + "." + std::to_string(i);
    if (entry->key == kTogether) {
      read_together(entry->value, here + "." + kTogether, actions, names);
    } else {
      read_entry(*entry, here, Stands::kAlone, actions, names);
    }
  }
  return actions;
}

}  // namespace oddroad::scenario
