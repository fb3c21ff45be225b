#include "engine/dataset/json_types.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace oddroad::dataset {
namespace {

const Json& item(const Json& array, std::size_t count, std::size_t index) {
  if (!array.is_array() || array.size() != count) {
    throw std::invalid_argument("expected " + std::to_string(count) + " numbers");
  }
  return array[index];
}

Json quaternion_json(const glm::dquat& q) {
  return Json::array({number(q.w), number(q.x), number(q.y), number(q.z)});
}

glm::dquat as_quaternion(const Json& json) {
  return {as_number(item(json, 4, 0)), as_number(item(json, 4, 1)), as_number(item(json, 4, 2)),
          as_number(item(json, 4, 3))};
}

// Indented by one, but what holds only plain values stands on one line.
void append(const Json& json, std::size_t depth, std::string& text) {
  const bool nested = json.is_structured() && std::any_of(json.begin(), json.end(), [](auto& item) {
                        return item.is_structured();
                      });
  if (!nested) {
    text += json.dump();
    return;
  }
  text += json.is_array() ? '[' : '{';
  const char* separator = "\n";
  for (const auto& [key, value] : json.items()) {
    text.append(separator).append(depth + 1, ' ');
    if (json.is_object()) text.append(Json(key).dump()).append(": ");
    append(value, depth + 1, text);
    separator = ",\n";
  }
  text.append("\n").append(depth, ' ') += json.is_array() ? ']' : '}';
}

}  // namespace

Json number(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value;
}

double as_number(const Json& json) {
  if (json.is_number()) return json.get<double>();
  const auto text = json.get<std::string>();
  if (text == "inf") return std::numeric_limits<double>::infinity();
  if (text == "-inf") return -std::numeric_limits<double>::infinity();
  if (text == "nan") return std::numeric_limits<double>::quiet_NaN();
  throw std::invalid_argument("expected a number, found \"" + text + "\"");
}

Json vector_json(const math::Vec3d& v) {
  return Json::array({number(v.x), number(v.y), number(v.z)});
}

math::Vec3d as_vector(const Json& json) {
  return {as_number(item(json, 3, 0)), as_number(item(json, 3, 1)), as_number(item(json, 3, 2))};
}

Json pose_json(const math::Pose& pose) {
  return {{"translation", vector_json(pose.translation)},
          {"rotation_wxyz", quaternion_json(pose.rotation)}};
}

math::Pose as_pose(const Json& json) {
  return {as_quaternion(json.at("rotation_wxyz")), as_vector(json.at("translation"))};
}

Json affine_json(const math::Affine3d& a) {
  Json rows = Json::array();
  for (int r = 0; r < 3; ++r) {
    rows.push_back(Json::array({number(a.linear[0][r]), number(a.linear[1][r]),
                                number(a.linear[2][r]), number(a.translation[r])}));
  }
  return rows;
}

math::Affine3d as_affine(const Json& json) {
  math::Affine3d a;
  for (int r = 0; r < 3; ++r) {
    const Json& row = item(json, 3, static_cast<std::size_t>(r));
    for (int c = 0; c < 3; ++c) {
      a.linear[c][r] = as_number(item(row, 4, static_cast<std::size_t>(c)));
    }
    a.translation[r] = as_number(item(row, 4, 3));
  }
  return a;
}

Json box_json(const math::OrientedBox& box) {
  return {{"centre", vector_json(box.pose.translation)},
          {"size_lwh", vector_json(box.size_m)},
          {"rotation_wxyz", quaternion_json(box.pose.rotation)}};
}

Json aabb_json(const math::Aabb& box) {
  return {{"lower", vector_json(box.lower)}, {"upper", vector_json(box.upper)}};
}

math::Aabb as_aabb(const Json& json) {
  return {as_vector(json.at("lower")), as_vector(json.at("upper"))};
}

std::string dump_json(const Json& json) {
  std::string text;
  append(json, 0, text);
  return text + "\n";
}

}  // namespace oddroad::dataset
