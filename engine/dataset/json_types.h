// JSON of the shared types. Internal to this module: the only header that shows nlohmann-json.
#pragma once

#include <array>
#include <string>

#include <nlohmann/json.hpp>

#include "engine/core/ids.h"
#include "engine/core/result.h"
#include "engine/math/affine.h"
#include "engine/math/bounds.h"

namespace oddroad::dataset {

using Json = nlohmann::ordered_json;

// Doubles survive the round trip bit by bit. JSON has no infinity: "inf", "-inf" and "nan" stand
// for themselves as strings.
Json number(double value);
double as_number(const Json& json);

Json vector_json(const math::Vec3d& v);  // [x, y, z]
math::Vec3d as_vector(const Json& json);
Json pose_json(const math::Pose& pose);  // {translation, rotation_wxyz}
math::Pose as_pose(const Json& json);
Json affine_json(const math::Affine3d& a);  // three rows of four
math::Affine3d as_affine(const Json& json);
Json box_json(const math::OrientedBox& box);  // {centre, size_lwh, rotation_wxyz}
Json aabb_json(const math::Aabb& box);        // {lower, upper}
math::Aabb as_aabb(const Json& json);

// Small integers and ids with a check of their range.
template <typename Integer>
Integer as_integer(const Json& json) {
  const auto wide = json.get<std::int64_t>();
  if (!json.is_number_integer() ||
      wide < static_cast<std::int64_t>(std::numeric_limits<Integer>::min()) ||
      (sizeof(Integer) < 8 &&
       wide > static_cast<std::int64_t>(std::numeric_limits<Integer>::max()))) {
    throw std::out_of_range("number out of range: " + json.dump());
  }
  return static_cast<Integer>(wide);
}

// One place where the library's exceptions end: runs parse(document) and turns what it throws into
// a diagnostic of that file.
template <typename T, typename Parse>
core::Result<T> decode_json(const std::string& text, const std::string& file, Parse&& parse) {
  try {
    return parse(Json::parse(text));
  } catch (const std::exception& error) {
    return core::fail_at({file}, std::string("not the JSON that was expected: ") + error.what());
  }
}

// The document as text: indented, newline at the end.
std::string dump_json(const Json& json);

}  // namespace oddroad::dataset
