// Typed fields of JSON documents. Internal to this folder: the only header that shows
// nlohmann-json. Everything here throws; read_json() turns what is thrown into a diagnostic.
#pragma once

#include <filesystem>
#include <limits>
#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>

#include "engine/math/bounds.h"
#include "engine/verify/files.h"

namespace oddroad::verify {

using Json = nlohmann::ordered_json;

template <typename T, typename Parse>
core::Result<T> read_json(const std::filesystem::path& file, const Parse& parse) {
  const auto text = read_bytes(file);
  if (!text) return core::forward_error(text);
  try {
    return parse(Json::parse(*text));
  } catch (const std::exception& error) {
    return core::fail_at({file.string()}, std::string("is malformed: ") + error.what());
  }
}

double number(const Json& json);  // "inf", "-inf" and "nan" are numbers too
math::Vec3d vector(const Json& json);
glm::dquat quaternion(const Json& json);
math::Pose pose(const Json& json);
math::Affine3d affine(const Json& json);
math::OrientedBox oriented_box(const Json& json);
math::Aabb aabb(const Json& json);

template <typename Integer>
Integer whole(const Json& json) {
  if (!json.is_number_integer()) throw std::invalid_argument("no whole number: " + json.dump());
  const bool huge = json.is_number_unsigned() &&
                    json.get<std::uint64_t>() > std::uint64_t{std::numeric_limits<Integer>::max()};
  const bool low = !json.is_number_unsigned() &&
                   json.get<std::int64_t>() < std::int64_t(std::numeric_limits<Integer>::min());
  if (huge || low) throw std::out_of_range("out of range: " + json.dump());
  return json.get<Integer>();
}

inline std::string text(const Json& json) {
  return json.get<std::string>();
}

}  // namespace oddroad::verify
