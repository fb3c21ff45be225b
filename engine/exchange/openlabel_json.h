// Pieces of OpenLABEL's JSON.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "engine/math/affine.h"

namespace oddroad::exchange::openlabel {

using Json = nlohmann::ordered_json;

inline constexpr const char* kWorld = "world";
inline constexpr const char* kVehicle = "vehicle-iso8855";

// An element of object_data, event_data, ...: {"name", "val"}.
inline Json named(const std::string& name, Json value) {
  return {{"name", name}, {"val", std::move(value)}};
}

// transform_data: x y z w.
inline Json transform(const math::Pose& pose) {
  const auto& q = pose.rotation;
  const auto& t = pose.translation;
  return {{"quaternion", {q.x, q.y, q.z, q.w}}, {"translation", {t.x, t.y, t.z}}};
}

}  // namespace oddroad::exchange::openlabel
