// Pieces of the schema. Internal to it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/core/quantity.h"

namespace oddroad::scenario::schema {

using Json = nlohmann::ordered_json;  // objects keep the order in which editors offer keys
using Keys = std::vector<std::pair<std::string, Json>>;

// A reference to a part that stands under $defs.
Json part(const std::string& name);
// One of these.
Json any_of(std::vector<Json> parts);
// Text; with `says` as what editors show.
Json text(const std::string& says = {});
// One of these words, and nothing else.
Json fixed_word(const std::vector<std::string>& words);
// One of these words, or a parameter or distribution that gives one.
Json word(const std::vector<std::string>& words);
// A number of this dimension, a range, arithmetic with parameters, or a distribution.
Json number(core::Dimension dimension);
// Keys of one dimension.
Keys numbers(core::Dimension dimension, const std::vector<std::string>& keys);
// A whole number.
Json integer(std::int64_t least);
Json list(Json items);
Json map_of(Json values);
// A map of these keys and no others.
Json object(const Keys& keys, const std::vector<std::string>& required = {});
// `json` with what editors show beside it.
Json said(Json json, const std::string& says);

Keys joined(Keys a, const Keys& b);

// What stands under $defs.
void add_values(Json& defs);  // numbers, words, distributions, conditions
void add_actors(Json& defs);  // actor, placement, action
Json scenario();              // all of it

}  // namespace oddroad::scenario::schema
