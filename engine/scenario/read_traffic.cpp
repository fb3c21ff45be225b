// traffic:
#include "engine/scenario/sections.h"
#include "engine/scenario/value_keys.h"
#include "engine/scenario/vocabulary.h"

namespace oddroad::scenario {
namespace {

void read_mix(const core::YamlNode& node, TrafficRule& rule, Names& names) {
  core::MapReader reader(node, "mix", names.diagnostics);
  ValueKeys keys(reader, "traffic.mix", names);
  for (const std::string& name : traffic_classes()) {
    if (auto weight = keys.number(name, {core::kNumber, 0, 1e6})) rule.mix[name] = *weight;
  }
  reader.finish();
}

}  // namespace

void read_traffic(const core::YamlNode& node, Scenario& scenario, Names& names) {
  core::MapReader reader(node, "traffic", names.diagnostics);
  ValueKeys keys(reader, "traffic", names);
  TrafficRule& rule = scenario.traffic;
  // Cars that only stand need no density.
  rule.parked = keys.number("parked", {core::kNumber, 0, 1});
  const NumberSpec density{core::kNumber, 0, 200};
  rule.density =
      rule.parked ? keys.number("density", density) : keys.required_number("density", density);
  rule.radius = keys.number("radius", {core::kLength, 50, 5000});
  rule.sight = keys.number("sight", {core::kLength, 0, 2000});
  if (const core::YamlNode* mix = reader.optional("mix")) read_mix(*mix, rule, names);
  reader.not_supported({"replay", "people"});
  reader.finish();
}

}  // namespace oddroad::scenario
