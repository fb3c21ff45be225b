// Reading JSON several times as quickly as json_types.h does: for labels and manifests, which are
// most of the JSON of a dataset. Internal to this module.
#pragma once

#include <array>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <simdjson.h>

#include "engine/core/result.h"
#include "engine/math/affine.h"
#include "engine/math/bounds.h"

namespace oddroad::dataset {

// A value of a document that its parser holds. What is below throws where a value is not as it
// should be.
using Parsed = simdjson::dom::element;

std::optional<Parsed> find(Parsed object, std::string_view key);
Parsed at(Parsed object, std::string_view key);
simdjson::dom::array as_array(Parsed json);
simdjson::dom::object as_object(Parsed json);
std::string as_text(Parsed json);
bool as_bool(Parsed json);
// As json_types.h writes them: "inf", "-inf" and "nan" are strings.
double as_number(Parsed json);
math::Vec3d as_vector(Parsed json);
math::Pose as_pose(Parsed json);
math::OrientedBox as_box(Parsed json);

[[noreturn]] void refuse(Parsed json, const std::string& expected);

template <typename Integer>
Integer as_integer(Parsed json) {
  std::int64_t wide = 0;
  if (json.get(wide) || !std::in_range<Integer>(wide)) {
    refuse(json, "a whole number of " + std::to_string(8 * sizeof(Integer)) + " bits");
  }
  return static_cast<Integer>(wide);
}

template <std::size_t kCount>
std::array<double, kCount> as_numbers(Parsed json) {
  std::array<double, kCount> out{};
  std::size_t count = 0;
  for (const Parsed value : as_array(json)) {
    if (count < kCount) out[count] = as_number(value);
    ++count;
  }
  if (count != kCount) refuse(json, std::to_string(kCount) + " numbers");
  return out;
}

// Runs read(document) and turns what is thrown into a diagnostic of that file.
template <typename T, typename Read>
core::Result<T> read_json(const std::string& text, const std::string& file, Read&& read) {
  try {
    simdjson::dom::parser parser;
    return read(parser.parse(text).value());
  } catch (const std::exception& error) {
    return core::fail_at({file}, std::string("not the JSON that was expected: ") + error.what());
  }
}

}  // namespace oddroad::dataset
