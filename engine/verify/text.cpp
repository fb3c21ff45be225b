#include "engine/verify/text.h"

#include <cstdio>

namespace oddroad::verify {

std::string to_text(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", value);
  return text;
}

std::string to_text(const math::Vec3d& v) {
  return "(" + to_text(v.x) + ", " + to_text(v.y) + ", " + to_text(v.z) + ")";
}

std::string to_text(const capture::Box2& b) {
  return "[" + to_text(b.left) + ", " + to_text(b.top) + ", " + to_text(b.right) + ", " +
         to_text(b.bottom) + "]";
}

std::string to_text(const math::Pose& p) {
  const glm::dquat& q = p.rotation;
  return to_text(p.translation) + " wxyz (" + to_text(q.w) + ", " + to_text(q.x) + ", " +
         to_text(q.y) + ", " + to_text(q.z) + ")";
}

std::string to_text(const math::OrientedBox& box) {
  return to_text(box.pose) + " lwh " + to_text(box.size_m);
}

}  // namespace oddroad::verify
