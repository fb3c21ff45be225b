#include "engine/capture/kinds.h"
#include "engine/scenario/outcomes.h"
#include "engine/scenario/randomize.h"
#include "engine/scenario/schema_parts.h"
#include "engine/scenario/vocabulary.h"

namespace oddroad::scenario::schema {
namespace {

using core::kAngle, core::kLength, core::kNumber, core::kRain, core::kRate, core::kSpeed,
    core::kTime;

Json requirement() {
  const auto sight = [](const char* target, const char* share) {
    return object({{target, text("an actor")},
                   {"from", text("the ego")},
                   {"until_ttc", number(kTime)},
                   {share, number(kNumber)}},
                  {target, "from", "until_ttc", share});
  };
  return any_of({text("a bound on parameters: '$v_ego * $ttc > 6 m'"), sight("hidden", "below"),
                 sight("visible", "above")});
}

Json site() {
  const Json lane = fixed_word(lanes_beside());
  Keys keys = {{"road_type", fixed_word(road_types())}, {"has_lane", any_of({lane, list(lane)})}};
  keys = joined(keys, numbers(kLength, {"straight_for", "length", "min_radius", "min_lane_width"}));
  return object(joined(keys, numbers(kNumber, {"min_lanes"})));
}

Json environment() {
  const Json patch = object(joined(numbers(kLength, {"from", "length", "width", "lateral"}),
                                   numbers(kNumber, {"friction"})),
                            {"from", "length", "friction"});
  const Json share_or_auto = any_of({fixed_word({"auto"}), number(kNumber)});
  Keys keys = {
      {"time", said(number(kTime), "\"23:30\", 06:00 .. 09:00, or seconds")},
      {"date", said(number(kNumber), "2026-06-21, or days since 1970-01-01")},
      {"utc_offset", number(kTime)},
      {"place", object(numbers(kAngle, {"latitude", "longitude"}), {"latitude", "longitude"})},
      {"sun", object(numbers(kAngle, {"elevation", "azimuth"}))},
      {"moon", any_of({fixed_word({"new", "half", "full"}), number(kNumber)})},
      {"clouds", word(cloud_words())},
      {"turbidity", number(kNumber)},
      {"street_lights", word(street_light_words())}};
  const Keys smoke = numbers(kLength, {"visibility", "from", "lateral", "radius"});
  const Keys air = {
      {"fog", number(kLength)},
      {"fog_height", number(kLength)},
      {"fog_banks", number(kNumber)},
      {"dust", number(kLength)},
      {"smoke", object(smoke, {"visibility", "from"})},
      {"wind", object({{"speed", number(kSpeed)}, {"from", number(kAngle)}}, {"speed"})},
      {"temperature", number(core::kTemperature)}};
  const Keys water = {{"rain", number(kRain)},
                      {"snow", number(kRain)},
                      {"snow_cover", number(kNumber)},
                      {"snow_depth", number(kLength)},
                      {"ice", number(kNumber)},
                      {"friction", number(kNumber)},
                      {"road", object({{"state", word(road_states())},
                                       {"wetness", share_or_auto},
                                       {"puddles", share_or_auto},
                                       {"snow", share_or_auto}})},
                      {"patches", list(patch)}};
  return object(joined(joined(keys, air), water));
}

Json traffic() {
  return object({{"density", number(kNumber)},
                 {"parked", number(kNumber)},
                 {"radius", number(kLength)},
                 {"sight", number(kLength)},
                 {"mix", object(numbers(kNumber, traffic_classes()))}});
}

Json pin_value(const Factor& factor) {
  return factor.law == Factor::Law::kWord ? word(words_of(factor)) : number(factor.dimension);
}

// {weather: {rain: 5 mm/h}}, {weather.rain: 5 mm/h}, and of sensors {camera: {front: {exposure:
// 0}}} or {camera.front.exposure: 0}.
Json pins() {
  Json properties = Json::object(), patterns = Json::object();
  for (const Factor& factor : factors()) {
    const std::string name = factor.name;
    const std::string group = name.substr(0, name.find('.'));
    const std::string rest = name.substr(group.size() + 1);
    properties[name] = pin_value(factor);
    if (!properties.contains(group)) {
      properties[group] = {{"type", "object"}, {"properties", Json::object()}};
      properties[group]["additionalProperties"] = factor.per_sensor;
    }
    properties[group]["properties"][rest] = pin_value(factor);
    if (factor.per_sensor) patterns["^" + group + "\\..+\\." + rest + "$"] = pin_value(factor);
  }
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"patternProperties", std::move(patterns)},
          {"additionalProperties", false}};
}

Json record() {
  const Json kind = fixed_word(capture::all_kinds());
  return object({{"rate", number(kRate)},
                 {"from", number(kTime)},
                 {"duration", number(kTime)},
                 {"kinds", any_of({fixed_word({"all"}), kind, list(kind)})},
                 {"triangles", integer(1)}});
}

Json about() {
  return object({{"entry", text("of a catalogue")},
                 {"anchors", list(text())},
                 {"level", fixed_word(corner_case_levels())},
                 {"key", text("what makes it this scenario: 'child.run'")},
                 {"look_alike", text("a harmless scenario that looks like it")}});
}

Json sample() {
  const Json names = list(text("a parameter"));
  Json ways = integer(1);
  ways["maximum"] = 6;
  const Json forbidden = any_of(
      {text("a condition on parameters"), map_of({{"type", {"string", "number", "boolean"}}})});
  return object({{"method", fixed_word(sample_methods())},
                 {"count", integer(1)},
                 {"seed", integer(0)},
                 {"first", names},
                 {"cover", any_of({fixed_word({"all"}), names})},
                 {"ways", ways},
                 {"levels", map_of(integer(2))},
                 {"balance", map_of(any_of({fixed_word({"even"}), map_of({{"type", "number"}})}))},
                 {"forbid", list(forbidden)}});
}

Json rare() {
  const Json tilt = object({{"shift", {{"type", "number"}}}, {"spread", {{"type", "number"}}}});
  return object({{"event", part("condition")},
                 {"over", list(text("a parameter that is drawn"))},
                 {"natural", number(kNumber)},
                 {"tilt", map_of(tilt)}},
                {"event"});
}

Json outcomes() {
  Json cover = Json::object();
  for (const OutcomeQuantity& quantity : outcome_quantities()) {
    cover[quantity.name] = map_of(integer(1));
  }
  return object(
      {{"of", text("whom the ego meets: an actor")},
       {"cover", {{"type", "object"}, {"properties", cover}, {"additionalProperties", false}}}});
}

}  // namespace

Json scenario() {
  const Json correlated =
      object({{"of", list(text("a parameter"))}, {"rho", {{"type", "number"}}}}, {"of", "rho"});
  const Json randomize =
      any_of({fixed_word(randomize_modes()),
              object({{"mode", fixed_word(randomize_modes())}, {"pin", pins()}}, {"mode"})});
  return object({{"schema", {{"const", 1}}},
                 {"name", {{"type", "string"}, {"pattern", "^[A-Za-z0-9_-]{1,100}$"}}},
                 {"summary", text()},
                 {"tags", list({{"type", {"string", "number"}}})},
                 {"about", about()},
                 {"like", text("another scenario that this one changes")},
                 {"use", any_of({text("files of shared parts"), list(text())})},
                 {"rig", text("the sensors: a file")},
                 {"map", text("an OpenDRIVE file")},
                 {"params", map_of(part("value"))},
                 {"correlate", list(correlated)},
                 {"require", list(requirement())},
                 {"site", site()},
                 {"environment", environment()},
                 {"traffic", traffic()},
                 {"randomize", randomize},
                 {"actors", map_of(part("actor"))},
                 {"end", part("condition")},
                 {"record", record()},
                 {"sample", sample()},
                 {"rare", rare()},
                 {"outcomes", outcomes()}},
                {"schema", "name", "rig", "map", "actors"});
}

}  // namespace oddroad::scenario::schema
