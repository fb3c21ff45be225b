#include "engine/scenario/schema.h"

#include <algorithm>

#include "engine/scenario/schema_parts.h"

namespace oddroad::scenario {
namespace schema {

Json part(const std::string& name) {
  return {{"$ref", "#/$defs/" + name}};
}

Json any_of(std::vector<Json> parts) {
  return {{"anyOf", std::move(parts)}};
}

Json text(const std::string& says) {
  return said({{"type", "string"}}, says);
}

Json fixed_word(const std::vector<std::string>& words) {
  return {{"enum", words}};
}

Json word(const std::vector<std::string>& words) {
  return any_of({fixed_word(words), part("parameter"), part("distribution")});
}

Json integer(std::int64_t least) {
  return {{"type", "integer"}, {"minimum", least}};
}

Json list(Json items) {
  return {{"type", "array"}, {"items", std::move(items)}};
}

Json map_of(Json values) {
  return {{"type", "object"}, {"additionalProperties", std::move(values)}};
}

Json object(const Keys& keys, const std::vector<std::string>& required) {
  Json properties = Json::object();
  for (const auto& [key, value] : keys) properties[key] = value;
  Json out = {{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) out["required"] = required;
  out["additionalProperties"] = false;
  return out;
}

Json said(Json json, const std::string& says) {
  if (says.empty()) return json;
  if (json.contains("$ref")) json = any_of({std::move(json)});  // before 2019-09 it stands alone
  json["description"] = says;
  return json;
}

Keys numbers(core::Dimension dimension, const std::vector<std::string>& keys) {
  Keys out;
  for (const std::string& key : keys) out.emplace_back(key, number(dimension));
  return out;
}

Keys joined(Keys a, const Keys& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

}  // namespace schema

namespace {

using schema::Json;

Json has(const char* key) {
  return {{"required", Json::array({key})}};
}

bool is_list(const Json& part) {
  if (!part.contains("anyOf")) return part.value("type", Json()) == "array";
  return std::any_of(part["anyOf"].begin(), part["anyOf"].end(), is_list);
}

// The same for a file that changes others, or is a part of them: what is joined key by key may
// leave out any key, takes away with nothing, and adds to lists. Lists, placements, conditions and
// values are one thing each.
Json change_of(const Json& part) {
  Json out = part;
  if (part.is_array()) {
    for (Json& one : out) one = change_of(one);
    return out;
  }
  if (part == schema::part("actor")) return schema::part("actor_change");
  if (part.contains("anyOf")) out["anyOf"] = change_of(part["anyOf"]);
  out.erase("required");
  const auto or_nothing = [](const Json& value) {
    return schema::any_of({change_of(value), {{"type", "null"}}});
  };
  if (part.contains("properties")) {
    Json properties = Json::object();
    for (const auto& [key, value] : part["properties"].items()) {
      properties[key] = or_nothing(value);
      if (is_list(value)) properties["+" + key] = value;
    }
    out["properties"] = std::move(properties);
  }
  if (part.contains("additionalProperties") && part["additionalProperties"].is_object()) {
    out["additionalProperties"] = or_nothing(part["additionalProperties"]);
  }
  return out;
}

}  // namespace

std::string json_schema() {
  Json defs = Json::object();
  schema::add_values(defs);
  schema::add_actors(defs);
  defs["actor_change"] = change_of(defs["actor"]);
  defs["scenario"] = schema::scenario();
  defs["change"] = change_of(defs["scenario"]);
  const Json out = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                    {"title", "oddroad scenario, schema 1"},
                    {"if", schema::any_of({has("like"), has("use"), {{"not", has("name")}}})},
                    {"then", schema::part("change")},
                    {"else", schema::part("scenario")},
                    {"$defs", std::move(defs)}};
  return out.dump(1) + "\n";
}

}  // namespace oddroad::scenario
