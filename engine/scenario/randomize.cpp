#include "engine/scenario/randomize.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <sstream>

#include "engine/core/check.h"
#include "engine/core/map_reader.h"
#include "engine/core/random.h"

namespace oddroad::scenario {
namespace {

using Law = Factor::Law;

const Factor& find_factor(std::string_view name) {
  for (const Factor& factor : factors()) {
    if (name == factor.name) return factor;
  }
  ODDROAD_CHECK(false);
  return factors().front();
}

// "clear 55 overcast 20" by a uniform number.
std::string pick(const char* words, double uniform) {
  std::istringstream in(words);
  std::vector<std::pair<std::string, double>> options;
  std::string word, weight;
  double total = 0, reached = 0;
  while (in >> word >> weight) {
    options.emplace_back(word, std::stod(weight));
    total += options.back().second;
  }
  for (const auto& [option, share] : options) {
    reached += share;
    if (uniform * total < reached) return option;
  }
  return options.back().first;
}

double draw_law(const Factor& f, double uniform) {
  switch (f.law) {
    case Law::kUniform:
      return f.a + (f.b - f.a) * uniform;
    case Law::kLogUniform:
      return f.a * std::pow(f.b / f.a, uniform);
    case Law::kNormal:
      return f.a + f.b * core::inverse_normal_cdf(uniform);
    case Law::kLogNormal:
      return f.a * std::exp(f.b * core::inverse_normal_cdf(uniform));
    case Law::kChance:
      return uniform < f.a ? f.b * uniform / f.a : 0;
    case Law::kWord:
      break;
  }
  ODDROAD_CHECK(false);
  return 0;
}

std::string written(const Factor& factor, double in_unit) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f%s%s", factor.decimals, in_unit,
                *factor.unit == '\0' ? "" : " ", factor.unit);
  return std::string(text).starts_with("-0 ") ? std::string(text + 1) : text;
}

double read_back(const Factor& factor, const std::string& text) {
  const auto value = core::parse_quantity(text, factor.dimension, {});
  ODDROAD_CHECK(value.has_value());
  return *value;
}

}  // namespace

const Value* Randomizer::pin(const std::string& path, std::string_view name) const {
  const auto own = rule_.pins.find(path);
  if (own != rule_.pins.end()) return &own->second;
  const auto all = rule_.pins.find(std::string(name));
  return all == rule_.pins.end() ? nullptr : &all->second;
}

// A number counts as it is written down, so that what is read again is the same to the last bit.
double Randomizer::keep(const Factor& factor, const std::string& path, double in_unit) {
  const std::string text = written(factor, std::clamp(in_unit, factor.lower, factor.upper));
  const double value = read_back(factor, text);
  texts_["randomize." + path] = text;
  numbers_["randomize." + path] = value;
  return value;
}

double Randomizer::drawn(const Factor& factor, const std::string& path) {
  const double uniform = sampler_.uniform("randomize." + path);
  if (const Value* pinned = pin(path, factor.name)) {
    const auto value = check_limits(*pinned, draw_value(*pinned, uniform, draws_).number);
    if (!value) problems_.append(value.error());
    // Units are linear: the unit's size by reading one of it.
    const double one = read_back(factor, written(factor, 1));
    return keep(factor, path, value.value_or(0) / one);
  }
  return keep(factor, path, draw_law(factor, uniform));
}

double Randomizer::number(std::string_view name, const std::string& sensor) {
  const Factor& factor = find_factor(name);
  ODDROAD_CHECK(factor.per_sensor == !sensor.empty());
  return drawn(factor, factor.per_sensor ? sensor_path(name, sensor) : std::string(name));
}

double Randomizer::number_if(bool is_drawn, std::string_view name, double fallback) {
  const Factor& factor = find_factor(name);
  if (is_drawn || pin(std::string(name), name) != nullptr) return number(name);
  return keep(factor, std::string(name), fallback);
}

std::string Randomizer::word(std::string_view name) {
  const Factor& factor = find_factor(name);
  const double uniform = sampler_.uniform("randomize." + std::string(name));
  const Value* pinned = pin(std::string(name), name);
  const std::string out =
      pinned ? draw_value(*pinned, uniform, draws_).word : pick(factor.words, uniform);
  texts_["randomize." + std::string(name)] = out;
  return out;
}

}  // namespace oddroad::scenario
