#include "engine/verify/json_fields.h"

namespace oddroad::verify {
namespace {

const Json& item(const Json& list, std::size_t size, std::size_t index) {
  if (!list.is_array() || list.size() != size) {
    throw std::invalid_argument("no list of " + std::to_string(size) + ": " + list.dump());
  }
  return list[index];
}

}  // namespace

double number(const Json& json) {
  if (json.is_number()) return json.get<double>();
  if (json == "inf") return std::numeric_limits<double>::infinity();
  if (json == "-inf") return -std::numeric_limits<double>::infinity();
  if (json == "nan") return std::numeric_limits<double>::quiet_NaN();
  throw std::invalid_argument("no number: " + json.dump());
}

math::Vec3d vector(const Json& json) {
  return {number(item(json, 3, 0)), number(item(json, 3, 1)), number(item(json, 3, 2))};
}

glm::dquat quaternion(const Json& json) {
  return {number(item(json, 4, 0)), number(item(json, 4, 1)), number(item(json, 4, 2)),
          number(item(json, 4, 3))};
}

math::Pose pose(const Json& json) {
  return {quaternion(json.at("rotation_wxyz")), vector(json.at("translation"))};
}

math::Affine3d affine(const Json& json) {
  math::Affine3d a;
  for (std::size_t r = 0; r < 3; ++r) {
    const Json& row = item(json, 3, r);
    const int k = static_cast<int>(r);
    for (std::size_t c = 0; c < 3; ++c) a.linear[static_cast<int>(c)][k] = number(item(row, 4, c));
    a.translation[k] = number(item(row, 4, 3));
  }
  return a;
}

math::OrientedBox oriented_box(const Json& json) {
  return {{quaternion(json.at("rotation_wxyz")), vector(json.at("centre"))},
          vector(json.at("size_lwh"))};
}

math::Aabb aabb(const Json& json) {
  return {vector(json.at("lower")), vector(json.at("upper"))};
}

}  // namespace oddroad::verify
