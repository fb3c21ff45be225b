// do:
#include <algorithm>

#include "engine/core/suggest.h"
#include "engine/scenario/sections.h"
#include "engine/scenario/value_keys.h"

namespace oddroad::scenario {

namespace {

const std::vector<std::string> kVerbs = {"run", "walk", "go", "stop", "change_lane"};
const std::vector<std::string> kPlannedVerbs = {
    "accelerate", "follow",    "keep",   "offset",  "swerve", "overtake", "turn",
    "park",       "reverse",   "path",   "route",   "meet",   "wait",     "fall",
    "drop",       "open_door", "lights", "gesture", "appear", "vanish",   "set"};

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

void read_walk(core::MapReader& reader, ValueKeys& keys, ActionRule& action, Names& names) {
  action.speed = keys.required_number("speed", {core::kSpeed, 0, 12});
  action.across = read_across(reader, names);
  action.aim = keys.number("aim", {core::kNumber, 0, 1});
  if (action.aim && action.across.empty()) {
    names.diagnostics.error(action.aim->where, "'aim' needs 'across'");
  }
}

ActionRule read_action(const core::YamlEntry& entry, const std::string& path, Names& names) {
  core::MapReader reader(entry.value, entry.key, names.diagnostics);
  ValueKeys keys(reader, path, names);
  ActionRule action;
  action.verb = entry.key;
  action.where = entry.where;
  if (const core::YamlNode* when = reader.optional("when")) {
    action.when = read_condition(*when, names);
  }
  if (action.verb == "run" || action.verb == "walk") {
    read_walk(reader, keys, action, names);
  } else if (action.verb == "go") {
    action.speed = keys.required_number("speed", {core::kSpeed, 0, 120});
  } else if (action.verb == "change_lane") {
    const bool given = reader.required("to") != nullptr;
    if (given) action.target_lane = reader.word("to", {"left", "right"}).value_or("");
    action.duration = keys.number("within", {core::kTime, 0.5, 60});
  }
  if (action.verb != "change_lane") {
    action.accel = keys.number("accel", {core::kAcceleration, 0.01, 20});
  }
  if (action.verb == "run" || action.verb == "walk") {
    action.duration = keys.number("duration", {core::kTime, 0, 600});
  }
  reader.not_supported({"as", "until", "gait", "look", "path"});
  reader.finish();
  return action;
}

}  // namespace

std::vector<ActionRule> read_actions(const core::YamlNode& node, const std::string& path,
                                     Names& names) {
  std::vector<ActionRule> actions;
  if (!node.is_sequence()) {
    names.diagnostics.error(node.location(), "do: expected a list, found " + node.describe());
    return actions;
  }
  for (std::size_t i = 0; i < node.items().size(); ++i) {
    const core::YamlNode& item = node.items()[i];
    if (!item.is_map() || item.entries().size() != 1) {
      names.diagnostics.error(item.location(), "expected one verb like '- walk: {speed: 1.4 m/s}'");
      continue;
    }
    const core::YamlEntry& entry = item.entries().front();
    if (contains(kPlannedVerbs, entry.key)) {
      names.diagnostics.error(entry.where, "verb '" + entry.key + "' is not supported yet");
    } else if (!contains(kVerbs, entry.key)) {
      names.diagnostics.error(entry.where, "unknown verb '" + entry.key + "'",
                              core::did_you_mean(entry.key, kVerbs));
    } else if (entry.value.is_null()) {
      names.diagnostics.error(entry.where, "key '" + entry.key + "' has no value",
                              "write '" + entry.key + ": {}' if it needs none");
    } else {
      actions.push_back(read_action(entry, path + "." + std::to_string(i), names));
    }
  }
  return actions;
}

}  // namespace oddroad::scenario
