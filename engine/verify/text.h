// Values as text, for messages.
#pragma once

#include <string>

#include "engine/capture/labels.h"
#include "engine/math/affine.h"
#include "engine/math/bounds.h"

namespace oddroad::verify {

// 9 significant digits: one more than a float32 has.
std::string to_text(double value);
std::string to_text(const math::Vec3d& v);      // "(1, 2, 3)"
std::string to_text(const capture::Box2& box);  // "[left, top, right, bottom]"
std::string to_text(const math::Pose& pose);    // "(1, 2, 3) wxyz (1, 0, 0, 0)"
std::string to_text(const math::OrientedBox& box);

}  // namespace oddroad::verify
