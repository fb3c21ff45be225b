#include "engine/dataset/parsed_json.h"

#include <limits>

namespace oddroad::dataset {
namespace {

constexpr std::size_t kShown = 80;  // of a value that is refused

// Of a JSON type that simdjson knows.
template <typename T>
T as(Parsed json, const char* expected) {
  T value{};
  if (json.get(value)) refuse(json, expected);
  return value;
}

glm::dquat as_quaternion(Parsed json) {
  const auto [w, x, y, z] = as_numbers<4>(json);
  return {w, x, y, z};
}

}  // namespace

void refuse(Parsed json, const std::string& expected) {
  std::string found = simdjson::minify(json);
  if (found.size() > kShown) found = found.substr(0, kShown) + "...";
  throw std::invalid_argument("expected " + expected + ", found " + found);
}

std::optional<Parsed> find(Parsed object, std::string_view key) {
  Parsed value;
  const auto error = object.at_key(key).get(value);
  if (!error) return value;
  if (error != simdjson::NO_SUCH_FIELD) refuse(object, "an object");
  return std::nullopt;
}

Parsed at(Parsed object, std::string_view key) {
  if (const auto value = find(object, key)) return *value;
  throw std::invalid_argument("there is no '" + std::string(key) + "'");
}

simdjson::dom::array as_array(Parsed json) {
  return as<simdjson::dom::array>(json, "a list");
}

simdjson::dom::object as_object(Parsed json) {
  return as<simdjson::dom::object>(json, "an object");
}

std::string as_text(Parsed json) {
  return std::string(as<std::string_view>(json, "text"));
}

bool as_bool(Parsed json) {
  return as<bool>(json, "true or false");
}

double as_number(Parsed json) {
  double value = 0;
  if (!json.get(value)) return value;
  std::string_view text;
  if (!json.get(text)) {
    if (text == "inf") return std::numeric_limits<double>::infinity();
    if (text == "-inf") return -std::numeric_limits<double>::infinity();
    if (text == "nan") return std::numeric_limits<double>::quiet_NaN();
  }
  refuse(json, "a number");
}

math::Vec3d as_vector(Parsed json) {
  const auto [x, y, z] = as_numbers<3>(json);
  return {x, y, z};
}

math::Pose as_pose(Parsed json) {
  return {as_quaternion(at(json, "rotation_wxyz")), as_vector(at(json, "translation"))};
}

math::OrientedBox as_box(Parsed json) {
  return {{as_quaternion(at(json, "rotation_wxyz")), as_vector(at(json, "centre"))},
          as_vector(at(json, "size_lwh"))};
}

}  // namespace oddroad::dataset
