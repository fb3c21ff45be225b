// randomize:
#include "engine/core/map_reader.h"
#include "engine/core/suggest.h"
#include "engine/scenario/clock_text.h"
#include "engine/scenario/distribution_read.h"
#include "engine/scenario/randomize.h"
#include "engine/scenario/vocabulary.h"

namespace oddroad::scenario {
namespace {

bool is_value(const core::YamlNode& node) {
  return !node.is_map() || is_distribution(node);
}

// The factor that a pin is for: "weather.rain", "camera.exposure", or "camera.front.exposure" of
// one sensor.
const Factor* factor_of(const std::string& path) {
  for (const Factor& factor : factors()) {
    if (path == factor.name) return &factor;
  }
  const std::size_t first = path.find('.'), last = path.rfind('.');
  if (first == last) return nullptr;
  const std::string without_sensor = path.substr(0, first) + path.substr(last);
  for (const Factor& factor : factors()) {
    if (factor.per_sensor && without_sensor == factor.name) return &factor;
  }
  return nullptr;
}

void read_pin(const core::YamlNode& node, const std::string& path, const core::SourceLocation& key,
              RandomizeRule& rule, Names& names) {
  const Factor* factor = factor_of(path);
  if (factor == nullptr) {
    std::vector<std::string> known;
    for (const Factor& one : factors()) known.emplace_back(one.name);
    names.diagnostics.error(key, "nothing called '" + path + "' is randomized",
                            core::did_you_mean(path, known));
    return;
  }
  const std::string full = "randomize.pin." + path;
  std::optional<Value> value;
  if (factor->law == Factor::Law::kWord) {
    value = read_word(node, full, words_of(*factor), names);
  } else {
    const std::string unit = *factor->unit == '\0' ? "1" : std::string("1 ") + factor->unit;
    const double one = core::parse_quantity(unit, factor->dimension, {}).value_or(1);
    value = read_number(with_times(node, names.diagnostics), full,
                        {factor->dimension, factor->lower * one, factor->upper * one}, names);
  }
  if (value && !rule.pins.emplace(path, std::move(*value)).second) {
    names.diagnostics.error(key, "'" + path + "' is pinned twice");
  }
}

// {weather: {rain: 5 mm/h}} and {weather.rain: 5 mm/h} say the same.
void read_pins(const core::YamlNode& node, const std::string& prefix, RandomizeRule& rule,
               Names& names) {
  for (const core::YamlEntry& entry : node.entries()) {
    const std::string path = prefix.empty() ? entry.key : prefix + "." + entry.key;
    if (is_value(entry.value)) {
      read_pin(entry.value, path, entry.where, rule, names);
    } else {
      read_pins(entry.value, path, rule, names);
    }
  }
}

void set_mode(const std::optional<std::string>& mode, RandomizeRule& rule) {
  for (std::size_t k = 0; k < randomize_modes().size(); ++k) {
    if (mode == randomize_modes()[k]) rule.mode = static_cast<RandomizeMode>(k);
  }
}

}  // namespace

void read_randomize(const core::YamlNode& node, RandomizeRule& rule, Names& names) {
  // `randomize: structured` is short for a map with the mode alone.
  const core::YamlNode whole =
      node.is_map() ? node
                    : core::YamlNode::map({{"mode", node.location(), node}}, node.location());
  core::MapReader reader(whole, "randomize", names.diagnostics);
  set_mode(reader.word("mode", randomize_modes()), rule);
  if (whole.find("mode") == nullptr) {
    names.diagnostics.error(node.location(), "randomize: key 'mode' is missing");
  }
  if (const core::YamlNode* pins = reader.optional("pin")) {
    if (!pins->is_map()) {
      names.diagnostics.error(pins->location(),
                              "pin: expected a map of factors, found " + pins->describe());
    }
    read_pins(*pins, "", rule, names);
  }
  reader.finish();
}

}  // namespace oddroad::scenario
