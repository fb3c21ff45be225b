#include "engine/exchange/boxes.h"

namespace oddroad::exchange {

math::OrientedBox united(const math::OrientedBox& along, const math::OrientedBox& other) {
  math::Aabb local;
  const math::Pose inverse = along.pose.inverse();
  for (const auto& corner : along.corners()) local.include(inverse * corner);
  for (const auto& corner : other.corners()) local.include(inverse * corner);
  return {{along.pose.rotation, along.pose * local.centre()}, local.size()};
}

}  // namespace oddroad::exchange
