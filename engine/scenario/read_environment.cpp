// environment:
#include "engine/scenario/clock_text.h"
#include "engine/scenario/sections.h"
#include "engine/scenario/value_keys.h"
#include "engine/scenario/vocabulary.h"

namespace oddroad::scenario {

namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kDayS = 86'400;
const NumberSpec kShare{core::kNumber, 0, 1};
const NumberSpec kVisibility{core::kLength, 5, 100e3};

// patches: [{from: 60 m, length: 20 m, friction: 0.15}, ...]
void read_patches(const core::YamlNode& node, EnvironmentRule& rule, Names& names) {
  if (!node.is_sequence()) {
    names.diagnostics.error(node.location(), "patches: expected a list, found " + node.describe());
    return;
  }
  for (std::size_t i = 0; i < node.items().size(); ++i) {
    core::MapReader reader(node.items()[i], "patch", names.diagnostics);
    ValueKeys keys(reader, "environment.patches." + std::to_string(i), names);
    PatchRule patch;
    patch.from = keys.required_number("from", {core::kLength, -10e3, 10e3});
    patch.length = keys.required_number("length", {core::kLength, 0.1, 10e3});
    patch.width = keys.number("width", {core::kLength, 0.1, 100});
    patch.lateral = keys.number("lateral", {core::kLength, -50, 50});
    patch.friction = keys.required_number("friction", {core::kNumber, 0.02, 1.5});
    reader.finish();
    rule.patches.push_back(std::move(patch));
  }
}

bool is_word(const core::YamlNode& node, std::string_view word) {
  return node.is_scalar() && node.text() == word;
}

class EnvironmentReader {
 public:
  EnvironmentReader(const core::YamlNode& node, EnvironmentRule& rule, Names& names)
      : node_(node),
        rule_(rule),
        names_(names),
        reader_(node, "environment", names.diagnostics),
        keys_(reader_, "environment", names) {}

  void run() {
    clock();
    sun();
    if (const core::YamlNode* moon = reader_.optional("moon")) {
      rule_.moon = read_number(with_moon_phases(*moon), keys_.path_of("moon"), kShare, names_);
    }
    rule_.clouds = keys_.word("clouds", cloud_words());
    rule_.turbidity = keys_.number("turbidity", {core::kNumber, 1, 10});
    rule_.street_lights = keys_.word("street_lights", street_light_words());
    air();
    water();
    reader_.finish();
  }

 private:
  // The reader of a map that is one of the keys; nothing where it is absent.
  template <typename Read>
  void section(const char* name, const Read& read) {
    const core::YamlNode* node = reader_.optional(name);
    if (node == nullptr) return;
    core::MapReader reader(*node, name, names_.diagnostics);
    ValueKeys keys(reader, keys_.path_of(name), names_);
    read(reader, keys);
    reader.finish();
  }

  void clock() {
    if (const core::YamlNode* time = reader_.optional("time")) {
      rule_.time = read_number(with_times(*time, names_.diagnostics), keys_.path_of("time"),
                               {core::kTime, 0, kDayS}, names_);
    }
    if (const core::YamlNode* date = reader_.optional("date")) {
      rule_.date = read_number(with_dates(*date, names_.diagnostics), keys_.path_of("date"),
                               {core::kNumber, -25'567, 84'005}, names_);
    }
    rule_.utc_offset = keys_.number("utc_offset", {core::kTime, -12 * 3600, 14 * 3600});
    section("place", [&](core::MapReader&, ValueKeys& keys) {
      rule_.latitude = keys.required_number("latitude", {core::kAngle, -kPi / 2, kPi / 2});
      rule_.longitude = keys.required_number("longitude", {core::kAngle, -kPi, kPi});
    });
    for (const char* key : {"date", "place", "utc_offset"}) {
      const core::YamlNode* node = node_.find(key);
      if (node == nullptr || node_.find("time") != nullptr) continue;
      names_.diagnostics.error(node->location(), std::string(key) + ": says nothing without a time",
                               "add time: \"14:00\"");
    }
  }

  void sun() {
    section("sun", [&](core::MapReader&, ValueKeys& keys) {
      rule_.sun_elevation = keys.number("elevation", {core::kAngle, -kPi / 2, kPi / 2});
      rule_.sun_azimuth = keys.number("azimuth", {core::kAngle, -2 * kPi, 2 * kPi});
    });
  }

  void air() {
    rule_.fog = keys_.number("fog", {core::kLength, 0, 100e3});
    rule_.fog_height = keys_.number("fog_height", {core::kLength, 0.5, 1000});
    rule_.fog_banks = keys_.number("fog_banks", kShare);
    needs("fog_height", "fog");
    needs("fog_banks", "fog");
    rule_.dust = keys_.number("dust", kVisibility);
    section("smoke", [&](core::MapReader&, ValueKeys& keys) {
      rule_.smoke = SmokeRule{};
      rule_.smoke->visibility = keys.required_number("visibility", {core::kLength, 1, 1000});
      rule_.smoke->from = keys.required_number("from", {core::kLength, -10e3, 10e3});
      rule_.smoke->lateral = keys.number("lateral", {core::kLength, -200, 200});
      rule_.smoke->radius = keys.number("radius", {core::kLength, 0.5, 100});
    });
    section("wind", [&](core::MapReader&, ValueKeys& keys) {
      rule_.wind_speed = keys.required_number("speed", {core::kSpeed, 0, 60});
      rule_.wind_from = keys.number("from", {core::kAngle, -2 * kPi, 2 * kPi});
    });
    rule_.temperature = keys_.number("temperature", {core::kTemperature, -60, 60});
  }

  void water() {
    rule_.rain = keys_.number("rain", {core::kRain, 0, 300});
    rule_.snow = keys_.number("snow", {core::kRain, 0, 50});
    rule_.snow_cover = keys_.number("snow_cover", kShare);
    rule_.snow_depth = keys_.number("snow_depth", {core::kLength, 0, 2});
    rule_.ice = keys_.number("ice", kShare);
    rule_.friction = keys_.number("friction", {core::kNumber, 0.02, 1.5});
    section("road", [&](core::MapReader& reader, ValueKeys& keys) {
      rule_.road_state = keys.word("state", road_states());
      rule_.wetness = share_or_auto(reader, keys, "wetness");
      rule_.puddles = share_or_auto(reader, keys, "puddles");
      rule_.snow_on_road = share_or_auto(reader, keys, "snow");
      if (rule_.road_state && rule_.wetness) {
        names_.diagnostics.error(rule_.wetness->where, "road: has a state and a wetness",
                                 "leave one of them out");
      }
    });
    if (const core::YamlNode* patches = reader_.optional("patches")) {
      read_patches(*patches, rule_, names_);
    }
  }

  std::optional<Value> share_or_auto(core::MapReader& reader, ValueKeys& keys, const char* key) {
    const core::YamlNode* node = reader.optional(key);
    if (node == nullptr || is_word(*node, "auto")) return std::nullopt;
    return keys.number(key, kShare);
  }

  void needs(const char* key, const char* other) {
    const core::YamlNode* node = node_.find(key);
    if (node == nullptr || node_.find(other) != nullptr) return;
    names_.diagnostics.error(node->location(),
                             std::string(key) + ": says nothing without " + other);
  }

  const core::YamlNode& node_;
  EnvironmentRule& rule_;
  Names& names_;
  core::MapReader reader_;
  ValueKeys keys_;
};

}  // namespace

void read_environment(const core::YamlNode& node, Scenario& scenario, Names& names) {
  EnvironmentReader(node, scenario.environment, names).run();
}

}  // namespace oddroad::scenario
