#include "engine/asset/catalog.h"
#include "engine/scenario/schema_parts.h"
#include "engine/scenario/verbs.h"
#include "engine/scenario/vocabulary.h"

namespace oddroad::scenario::schema {
namespace {

using core::kAngle, core::kLength, core::kNumber, core::kSpeed, core::kTime;

const std::string kActor = "an actor; of many one of its pieces: 'parked.1'";

Json route() {
  return said(list(text()), "left, straight, right at junctions, or ids of roads");
}

// One form of `at`: its own keys first, then those that go with it.
Json form(const Keys& keys, const std::vector<std::string>& required, const Keys& more) {
  const Keys all = {{"facing", fixed_word(facing_words())},
                    {"lateral", number(kLength)},
                    {"yaw", number(kAngle)}};
  return object(joined(joined(keys, more), all), required);
}

Json placement() {
  const Json other = text(kActor);
  const Keys lane = {{"lane", fixed_word(lane_words())}};
  const Keys in_lane = joined(lane, {{"side_gap", number(kLength)}});
  const Json site = text("'start' or 'start + 150 m'");
  const Keys by = {{"by", number(kLength)}, {"from", fixed_word(measured_from_words())}};
  return any_of({
      form({{"site", site}}, {"site"}, lane),
      form(joined({{"ahead_of", other}}, by), {"ahead_of", "by"}, in_lane),
      form(joined({{"behind", other}}, by), {"behind", "by"}, in_lane),
      form({{"beside", other}, {"gap", number(kLength)}, {"end", fixed_word(end_words())}},
           {"beside", "gap"}, lane),
      form({{"along", other}, {"gaps", number(kLength)}}, {"along", "gaps"}, in_lane),
      form({{"road", {{"type", {"string", "integer"}}}},
            {"s", number(kLength)},
            {"lane", {{"type", "integer"}}}},
           {"road", "s", "lane"}, {}),
      form({{"on", other},
            {"place", fixed_word(deck_words())},
            {"height", number(kLength)},
            {"ahead", number(kLength)}},
           {"on"}, {}),
  });
}

Json verb_schema(const Verb& verb, Keys keys) {
  std::vector<std::string> required;
  for (const NumberKey& key : verb.numbers) {
    keys.emplace_back(key.name, number(key.spec.dimension));
    if (key.required) required.emplace_back(key.name);
  }
  for (const WordKey& key : verb.words) {
    keys.emplace_back(key.name, fixed_word(key.words));
    if (key.required) required.emplace_back(key.name);
  }
  for (const char* key : verb.actors) keys.emplace_back(key, text(kActor));
  for (const char* key : verb.needs) required.emplace_back(key);
  if (verb.crosses) {
    keys.emplace_back("across", text("whose lane: 'ego.lane'"));
  }
  if (verb.crosses || std::string(verb.name) == "meet") {
    keys.emplace_back("aim", number(kNumber));
  }
  if (verb.walks) {
    keys.emplace_back("path", list(object(numbers(kLength, {"along", "left"}))));
  }
  if (std::string(verb.name) == "route") {
    keys.emplace_back("via", route());
    required.emplace_back("via");
  }
  return object(keys, required);
}

// {verb: {keys}}, one verb, each with `more` keys.
Json one_of_verbs(const Keys& more, const Keys& others = {}) {
  Keys all = others;
  for (const Verb& verb : verbs()) all.emplace_back(verb.name, verb_schema(verb, more));
  Json out = object(all);
  out["minProperties"] = 1;
  out["maxProperties"] = 1;
  return out;
}

Json action() {
  const Json several = list(part("member"));
  const Keys when = {{"when", part("condition")}};
  const Json together = any_of({several, object(joined(when, {{"do", several}}), {"do"})});
  return one_of_verbs(
      when, {{"together", said(together, "entries that start at one moment, side by side")}});
}

Json actor() {
  const Json drive = object({{"speed", number(kSpeed)},
                             {"model", fixed_word(drive_models())},
                             {"react", fixed_word(react_words())},
                             {"sway", number(kNumber)},
                             {"route", route()}},
                            {"speed"});
  const Json group = object(
      {{"count", number(kNumber)}, {"spread", number(kLength)}, {"last_behind", number(kTime)}},
      {"count"});
  const Json model = object({{"file", text("a glTF, an OBJ, or a description of one")},
                             {"scale", number(kNumber)},
                             {"reflectance", number(kNumber)},
                             {"up", fixed_word(up_axes())},
                             {"class", text("of assets/ontology.yaml")}},
                            {"file"});
  return object({{"type", word(asset::catalog_types())},
                 {"model", model},
                 {"size", map_of(part("value"))},
                 {"many", number(kNumber)},
                 {"group", group},
                 {"at", part("placement")},
                 {"drive", drive},
                 {"do", list(part("action"))}},
                {"at"});
}

}  // namespace

void add_actors(Json& defs) {
  defs["placement"] = placement();
  defs["action"] = action();
  defs["member"] = one_of_verbs({});  // of a `together`
  defs["actor"] = actor();
}

}  // namespace oddroad::scenario::schema
