// params:, require:
#include <algorithm>

#include "engine/scenario/sections.h"
#include "engine/scenario/value_keys.h"

namespace oddroad::scenario {

namespace {

// What '$' may be followed by.
bool is_parameter_name(const std::string& name) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !name.empty() && letter(name[0]) && std::all_of(name.begin(), name.end(), [&](char c) {
    return letter(c) || (c >= '0' && c <= '9');
  });
}

std::optional<std::string> read_sight_actor(core::MapReader& reader, const char* key,
                                            Names& names) {
  const core::YamlNode* node = reader.required(key);
  if (node == nullptr) return std::nullopt;
  if (!node->is_scalar()) {
    names.diagnostics.error(node->location(), "expected an actor, found " + node->describe());
    return std::nullopt;
  }
  if (!names.check_actor(node->text(), node->location())) return std::nullopt;
  return node->text();
}

void read_sight(const core::YamlNode& node, const std::string& path, Scenario& scenario,
                Names& names) {
  core::MapReader reader(node, "require", names.diagnostics);
  ValueKeys keys(reader, path, names);
  SightRule rule;
  rule.where = node.location();
  rule.must_be_visible = node.find("visible") != nullptr;
  const auto target = read_sight_actor(reader, rule.must_be_visible ? "visible" : "hidden", names);
  const auto from = read_sight_actor(reader, "from", names);
  const auto until_ttc = keys.required_number("until_ttc", {core::kTime, 0});
  const char* share_key = rule.must_be_visible ? "above" : "below";
  const auto share = keys.required_number(share_key, {core::kNumber, 0, 1});
  reader.finish();
  if (!target || !from || !until_ttc || !share) return;
  rule.target = *target;
  rule.from = *from;
  rule.until_ttc = *until_ttc;
  rule.share = *share;
  scenario.sights.push_back(std::move(rule));
}

}  // namespace

void read_parameters(const core::YamlNode& node, Scenario& scenario, Names& names) {
  if (!node.is_map()) {
    names.diagnostics.error(node.location(), "params: expected a map, found " + node.describe());
    return;
  }
  for (const core::YamlEntry& entry : node.entries()) names.declared_parameters.insert(entry.key);
  for (const core::YamlEntry& entry : node.entries()) {
    if (!is_parameter_name(entry.key)) {
      names.diagnostics.error(
          entry.where, "a parameter's name has letters, digits and '_' only: '" + entry.key + "'");
      continue;
    }
    std::optional<Value> value;
    if (entry.value.is_null()) {
      names.diagnostics.error(entry.where, "key '" + entry.key + "' has no value");
    } else {
      value = read_value(entry.value, "params." + entry.key, names);
    }
    if (!value) {
      names.broken_parameters.insert(entry.key);
      continue;
    }
    names.parameters.emplace(entry.key, value->type);
    names.values.emplace(entry.key, std::make_shared<const Value>(*value));
    scenario.parameters.push_back({entry.key, std::move(*value)});
  }
}

void read_requirements(const core::YamlNode& node, Scenario& scenario, Names& names) {
  if (!node.is_sequence()) {
    names.diagnostics.error(node.location(), "require: expected a list, found " + node.describe());
    return;
  }
  for (std::size_t i = 0; i < node.items().size(); ++i) {
    const core::YamlNode& item = node.items()[i];
    if (item.is_map()) {
      read_sight(item, "require." + std::to_string(i), scenario, names);
    } else if (std::optional<Formula> bound = read_bound(item, names)) {
      scenario.bounds.push_back({std::move(*bound), item.text()});
    }
  }
}

}  // namespace oddroad::scenario
