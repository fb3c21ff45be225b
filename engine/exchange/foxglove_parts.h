// What messages are made of (foxglove_messages.h, motion_messages.h). ROS has the same vectors and
// quaternions.
#pragma once

#include <cstdint>
#include <string>

#include "engine/exchange/protobuf.h"
#include "engine/math/affine.h"

namespace oddroad::exchange::foxglove {

// google.protobuf.Timestamp and Duration
inline Protobuf time(std::int64_t ns) {
  constexpr std::int64_t kSecondNs = 1'000'000'000;
  return std::move(Protobuf()
                       .varint(1, static_cast<std::uint64_t>(ns / kSecondNs))
                       .varint(2, static_cast<std::uint64_t>(ns % kSecondNs)));
}
inline Protobuf vector(const math::Vec3d& v) {
  return std::move(Protobuf().number(1, v.x).number(2, v.y).number(3, v.z));
}
inline Protobuf quaternion(const glm::dquat& q) {
  return std::move(Protobuf().number(1, q.x).number(2, q.y).number(3, q.z).number(4, q.w));
}
inline Protobuf pose(const math::Pose& p) {
  return std::move(Protobuf().message(1, vector(p.translation)).message(2, quaternion(p.rotation)));
}
// KeyValuePair
inline Protobuf pair(const std::string& key, const std::string& value) {
  return std::move(Protobuf().text(1, key).text(2, value));
}

}  // namespace oddroad::exchange::foxglove
